import { resolve } from 'node:path';
import { invalid } from './invalid';

/** One value of `--volume`. Without a source it is an anonymous volume at `target`. */
export interface Volume {
  readonly source?: string;
  readonly target: string;
  /** Such as `ro`, `z`, `nocopy`, `rshared`. */
  readonly options: readonly string[];
  /** The source is a path of the host, not the name of a volume. */
  readonly isBind: boolean;
}

/**
 * Parse `/host:/container:ro`, `name:/container`, `/container`, `C:\host:C:\container`. Follows
 * `docker/cli: compose/loader/volume.go`. Throws an `EngineError` of kind `invalid`.
 */
export function parseVolume(text: string): Volume {
  if (text === '') throw invalid('Give a volume such as ./data:/data or data:/data.');
  const parts = splitColons(text);
  if (parts.includes('')) {
    throw invalid('A part between the colons of "{0}" is empty. Write it like ./data:/data:ro.', text);
  }
  if (parts.length > 3) {
    throw invalid('"{0}" has too many colons. Write source:target or source:target:options.', text);
  }
  const [first = '', target, options] = parts;
  if (target === undefined) return { target: first, options: [], isBind: false };
  return { source: first, target, options: options?.split(',') ?? [], isBind: isPath(first) };
}

/**
 * The `Binds` and `Volumes` of a container with these volumes. A host path that begins with a dot is made absolute against
 * `cwd`, where there is one: the engine takes absolute paths only.
 */
export function volumesBody(
  texts: readonly string[],
  cwd?: string,
): { binds: string[]; volumes: Record<string, Record<string, never>> } {
  const binds = new Set<string>();
  const volumes = new Map<string, Record<string, never>>();
  for (const text of texts) {
    const { source } = parseVolume(text);
    if (source === undefined) volumes.set(text, {});
    else binds.add(absolute(source, cwd) + text.slice(source.length));
  }
  return { binds: [...binds], volumes: Object.fromEntries(volumes) };
}

/** A path that begins with a dot, made absolute; any other unchanged. */
export function absolute(path: string, cwd: string | undefined): string {
  return cwd !== undefined && path.startsWith('.') ? resolve(cwd, path) : path;
}

/** At each colon, but not at the one of a drive letter. */
function splitColons(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    if (at - start === 1 && /\p{L}/u.test(text.charAt(start)) && text.length > 2) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  return [...parts, text.slice(start)];
}

function isPath(source: string): boolean {
  return /^(?:[./~]|\\\\|\p{L}:)/u.test(source);
}
