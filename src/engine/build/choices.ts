import { scanDockerfile, type Instruction } from './dockerfile';

/** A build argument that a Dockerfile declares. */
export interface DeclaredArg {
  readonly name: string;
  /** As written, without its quotes; variables in it are not replaced. */
  readonly value?: string;
}

/** What a Dockerfile leaves open to whoever builds it. */
export interface BuildChoices {
  readonly args: readonly DeclaredArg[];
  /** Names of its stages, in their order; the last may have none. */
  readonly stages: readonly string[];
  /** Whether the last stage, which is built when none is named, has a name. */
  readonly lastIsNamed: boolean;
}

/** Given by the builder or by the client's proxies, wherever they are declared (`platformArgs` and `proxyArgs` of BuildKit). */
const GIVEN =
  /^(?:(?:BUILD|TARGET)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)|TARGETSTAGE|(?:HTTPS?|FTP|NO|ALL)_PROXY)$/i;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const WORD = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g;

/** The arguments and stages of a Dockerfile's text. */
export function choicesOf(text: string): BuildChoices {
  const instructions = scanDockerfile(text, { heredocs: true });
  const args = new Map<string, DeclaredArg>();
  for (const declared of instructions.flatMap(argsOf)) {
    const known = args.get(declared.name);
    // A stage repeats the name without a value to get that from above.
    if (known?.value === undefined) args.set(declared.name, { ...known, ...declared });
  }
  const names = instructions
    .filter(({ keyword }) => keyword === 'FROM')
    .map((from) => /\sAS\s+(\S+)\s*$/i.exec(from.text)?.[1]);
  return {
    args: [...args.values()],
    stages: names.filter((name) => name !== undefined),
    lastIsNamed: names.at(-1) !== undefined,
  };
}

function argsOf({ keyword, text }: Instruction): DeclaredArg[] {
  if (keyword !== 'ARG') return [];
  return (text.replace(/^\S+\s*/, '').match(WORD) ?? []).flatMap((word) => {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (!NAME.test(name) || GIVEN.test(name)) return [];
    return equals < 0 ? [{ name }] : [{ name, value: unquoted(word.slice(equals + 1)) }];
  });
}

function unquoted(value: string): string {
  return value.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double?: string, single?: string) =>
    double === undefined ? (single ?? '') : double.replace(/\\(["\\])/g, '$1'),
  );
}
