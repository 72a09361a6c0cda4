import { posix } from 'node:path';
import type { Changes } from '../../engine/files/changeMemory';
import type { Change } from '../../engine/files/changes';
import type { ListedFile } from '../../engine/files/listing';
import type { FileType } from '../../engine/files/pathStat';
import { compare } from '../grouping';
import type { FileRole } from '../nodes';

/** One name in a directory, with what is shown of it. */
export interface FileRow {
  readonly name: string;
  readonly path: string;
  readonly as: FileRole;
  /** Absent for what only the image has. */
  readonly file?: ListedFile;
  readonly change: Change['kind'] | undefined;
}

/** The rows of a directory: directories first, then by name; what was deleted from the image stands where it was. */
export function fileRows(
  directory: string,
  files: readonly ListedFile[],
  targets: ReadonlyMap<string, FileType>,
  changes: Changes,
): FileRow[] {
  const rows = files.map((file): FileRow => {
    const path = posix.join(directory, file.name);
    const type = file.type === 'symlink' ? targets.get(file.name) : file.type;
    const as = type === 'directory' || type === 'file' ? type : 'special';
    return { name: file.name, path, as, file, change: changes.get(path) };
  });
  const there = new Set(files.map(({ name }) => name));
  for (const [path, change] of changes) {
    const name = posix.basename(path);
    if (change === 'D' && posix.dirname(path) === directory && !there.has(name))
      rows.push({ name, path, as: 'deleted', change });
  }
  return rows.sort(
    (a, b) => Number(b.as === 'directory') - Number(a.as === 'directory') || compare(a.name, b.name),
  );
}

const SPECIAL: Partial<Record<FileType, string>> = {
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  socket: 's',
  character: 'c',
  block: 'b',
};

/** Type and permissions as `ls -l` writes them: `-rw-r--r--`. */
export function modeText(type: FileType, mode: number): string {
  const bits = (shift: number, special: number, letter: string): string => {
    const has = (bit: number): boolean => ((mode >> shift) & bit) !== 0;
    const run = (mode & special) === 0 ? (has(1) ? 'x' : '-') : has(1) ? letter : letter.toUpperCase();
    return (has(4) ? 'r' : '-') + (has(2) ? 'w' : '-') + run;
  };
  return (SPECIAL[type] ?? '-') + bits(6, 0o4000, 's') + bits(3, 0o2000, 's') + bits(0, 0o1000, 't');
}
