import { invalid } from './invalid';
import { parseDecimal } from './numbers';
import { cut } from './pairs';

/** One of `HostConfig.Ulimits`; -1 is unlimited. */
export interface Ulimit {
  readonly Name: string;
  readonly Hard: number;
  readonly Soft: number;
}

const NAMES =
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
    ' ',
  );

/** Parse `--ulimit nofile=1024:2048` (`go-units: ParseUlimit`). Throws an `EngineError` of kind `invalid`. */
export function parseUlimit(text: string): Ulimit {
  const [name, limits] = cut(text);
  const [soft = '', hard = soft, ...more] = limits?.split(':') ?? [];
  if (
    limits === undefined ||
    more.length > 0 ||
    ![soft, hard].every((limit) => /^[+-]?\d{1,16}$/.test(limit))
  ) {
    throw invalid(
      '"{0}" is not a limit. Write it like nofile=1024 or nofile=1024:2048; -1 is unlimited.',
      text,
    );
  }
  if (!NAMES.includes(name)) {
    throw invalid('"{0}" is not the name of a limit. Use one of {1}.', name, NAMES.join(', '));
  }
  const [softest, hardest] = [parseDecimal(soft), parseDecimal(hard)];
  if (hardest !== -1 && (softest === -1 || softest > hardest)) {
    throw invalid('The soft limit in "{0}" is above the hard one. Write the lower number first.', text);
  }
  return { Name: name, Soft: softest, Hard: hardest };
}

/** Sorted by name, the last of each name: what the CLI sends. */
export function parseUlimits(texts: readonly string[]): Ulimit[] {
  const byName = new Map(texts.map(parseUlimit).map((limit) => [limit.Name, limit]));
  return [...byName.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1));
}
