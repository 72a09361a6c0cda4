import type { Edit, Finding } from './finding';

/** The edits of every safe fix, the first of a place before later ones; none touches what another changes. */
export function fixAll(findings: readonly Finding[]): Edit[] {
  const taken: Edit[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find(({ safe }) => safe);
    if (!fix || fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))) continue;
    taken.push(...fix.edits);
  }
  return taken.sort((a, b) => a.start - b.start);
}

const overlap = (one: Edit, other: Edit): boolean =>
  (one.start < other.end && other.start < one.end) || one.start === other.start;

/** The text after these edits, which do not overlap. */
export function apply(text: string, edits: readonly Edit[]): string {
  let out = '';
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    out += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return out + text.slice(from);
}
