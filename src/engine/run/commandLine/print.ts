import type { Flag } from '../flag';
import { FLAGS } from '../flags';
import type { RunSpec } from '../spec';
import { quote } from './quote';
import { maskValue, maskWords } from './secrets';
import type { Shell } from './words';

/** Flags that people write with their letter. */
const SHORT = 'ditpPveuw';

export interface PrintOptions {
  /** Put `***` in place of values that look secret. */
  readonly maskSecrets?: boolean;
}

export interface LineOptions extends PrintOptions {
  /** Default `sh`. */
  readonly shell?: Shell;
  /** Default `docker`. */
  readonly program?: string;
}

/**
 * The arguments after `docker run` that run this spec: options, image, command. `parseRunLine` reads them back as the same
 * spec. An entrypoint of several words keeps its first; the others go before the command, as the CLI has no other way.
 */
export function runArguments(spec: RunSpec, { maskSecrets = false }: PrintOptions = {}): string[] {
  const command = [...(spec.entrypoint ?? []).slice(1), ...(spec.command ?? [])];
  return [
    ...FLAGS.flatMap((flag) =>
      flagArguments(flag, spec, maskSecrets ? maskValue : (_name, value) => value),
    ).reduce(joinLetters, []),
    spec.image,
    ...(maskSecrets ? maskWords(command) : command),
  ];
}

/**
 * The command line that runs this spec, quoted for a shell. Throws an `EngineError` of kind `invalid` where that shell has no
 * way to write it.
 */
export function runLine(spec: RunSpec, options: LineOptions = {}): string {
  const { shell = 'sh', program = 'docker' } = options;
  const words = [program, 'run', ...runArguments(spec, options)];
  return words.map((word) => quote(word, shell)).join(' ');
}

function flagArguments(flag: Flag, spec: RunSpec, shown: (name: string, value: string) => string): string[] {
  const name = flag.short !== undefined && SHORT.includes(flag.short) ? `-${flag.short}` : `--${flag.name}`;
  const each = (values: readonly string[] = []) => values.flatMap((value) => [name, shown('', value)]);
  const record = (values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).flatMap(([key, value]) => [name, `${key}=${shown(key, value)}`]);

  switch (flag.kind) {
    case 'boolean': {
      const value = spec[flag.field];
      if (value === undefined || value === flag.unset) return [];
      return [value ? name : `--${flag.name}=false`];
    }
    case 'text': {
      const value = spec[flag.field];
      const further = flag.further === undefined ? [] : spec[flag.further];
      return [...each(value === undefined ? [] : [value]), ...each(further)];
    }
    case 'number': {
      const value = spec[flag.field];
      return value === undefined ? [] : [name, String(value)];
    }
    case 'list':
      return each(spec[flag.field]);
    case 'word': {
      const words = spec[flag.field];
      return words === undefined ? [] : [name, words[0] ?? ''];
    }
    case 'record':
      return record(spec[flag.field]);
    case 'env':
      return [...record(spec[flag.field]), ...(spec.passEnv ?? []).flatMap((key) => [name, key])];
  }
}

/** `-i`, `-t` as `-it`. Only boolean flags stand at the beginning, so a single letter there is never a value. */
function joinLetters(joined: string[], argument: string): string[] {
  const last = joined.at(-1) ?? '';
  if (joined.length === 1 && /^-[dit]+$/.test(last) && /^-[dit]$/.test(argument)) {
    joined[0] = last + argument.slice(1);
  } else joined.push(argument);
  return joined;
}
