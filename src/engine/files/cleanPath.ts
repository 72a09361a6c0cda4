import { posix, win32 } from 'node:path';

/**
 * Paths the way `docker cp` reads them, after Go's `path/filepath` and moby's `pkg/archive/copy.go`, all with forward
 * slashes: the last `/` or `/.` of a path says something, so it outlives the cleaning.
 */

/** As short as it can be, without a slash at the end; `.` for nothing at all. */
export function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

/** The last part: `.` for `a/.`, `/` for the root. */
export function base(path: string): string {
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  if (name !== '') return name;
  return path.startsWith('/') ? '/' : '.';
}

/** `dir/.` or `.`: the contents, not the directory. */
export function meansContents(path: string): boolean {
  // A slash behind the dot does not change what it means.
  return base(path) === '.';
}

/** Whether the path says that there is a directory: by a slash or `/.` at its end. */
export function meansDirectory(path: string): boolean {
  return path.endsWith('/') || meansContents(path);
}

/** `cleaned` with the `/` or `/.` that `original` had at its end. */
export function keepEnding(cleaned: string, original: string): string {
  let path = cleaned;
  if (!meansContents(path) && meansContents(original)) path += path.endsWith('/') ? '.' : '/.';
  if (!path.endsWith('/') && original.endsWith('/')) path += '/';
  return path;
}

/** The directory and the entry in it: `/a` and `b` for `/a/b/`, `/a/b` and `.` for `/a/b/.`. */
export function splitEntry(path: string): { directory: string; name: string } {
  const cleaned = clean(path);
  if (meansContents(path)) return { directory: cleaned, name: '.' };
  return { directory: clean(posix.dirname(cleaned)), name: base(cleaned) };
}

/** A path of this computer, absolute, with forward slashes and the ending it was given. */
export function hostPath(given: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return keepEnding(posix.resolve(given), given);
  return keepEnding(win32.resolve(given).replaceAll('\\', '/'), given.replaceAll('\\', '/'));
}
