/** Characters; a history may hold megabytes. */
const LONGEST = 5000;

/** The words of an instruction as they stand in a Dockerfile: without what the builders put around them. */
export function instructionText(createdBy: string): string {
  const plain = createdBy
    .slice(0, LONGEST)
    .replace(/\s+# buildkit$/, '')
    .trim();
  const nop = /^\S+ (?:-o \S+ )?-c #\(nop\)\s+/.exec(plain);
  if (nop) return plain.slice(nop[0].length);
  // The arguments of the build stand in front: `|2 A=1 B=2 /bin/sh -c make`.
  const run =
    /^(?:RUN )?(?:\|\d+ (?:\S+=.*? )?)?(?:\/\S+|cmd|powershell) (?:-o \S+ )?(?:-c|\/S \/C|-Command) (.*)$/s.exec(
      plain,
    );
  return run ? `RUN ${(run[1] ?? '').trim()}` : plain;
}
