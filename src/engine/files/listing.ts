import { randomBytes } from 'node:crypto';
import { decodeName } from '../streams/tar/names';
import type { FileType } from './pathStat';

/** One name in a directory of a container. */
export interface ListedFile {
  readonly name: string;
  readonly type: FileType;
  readonly size: number;
  /** The lower twelve bits of POSIX. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Milliseconds since 1970. */
  readonly mtime: number;
  /** Where a symlink points, as it is written; empty for what is none. */
  readonly linkTarget: string;
}

/** A way to list a directory with what the container has. */
export interface ListCommand {
  readonly command: readonly string[];
  /** `undefined` when this is not what the command prints. */
  readonly parse: (stdout: Buffer) => ListedFile[] | undefined;
}

/** The ways, best first. `directory` is absolute and without a slash at its end, but for the root. */
export function listCommands(directory: string): readonly ListCommand[] {
  return [gnuFind(directory), findAndStat(directory), shellAndStat(directory)];
}

const LETTERS: Readonly<Record<string, FileType>> = {
  f: 'file',
  d: 'directory',
  l: 'symlink',
  p: 'fifo',
  s: 'socket',
  c: 'character',
  b: 'block',
};

const FIELDS = ['%f', '%y', '%s', '%m', '%U', '%G', '%T@', '%l'];

/** GNU find: every field ends with a NUL, which no name can hold. */
function gnuFind(directory: string): ListCommand {
  return {
    command: [
      'find',
      below(directory),
      '-mindepth',
      '1',
      '-maxdepth',
      '1',
      '-printf',
      FIELDS.join('\\0') + '\\0',
    ],
    parse: (stdout) => {
      const fields = splitAt(stdout, Buffer.of(0)).map(decodeName);
      if (fields.pop() !== '' || fields.length % FIELDS.length !== 0) return undefined;
      const files: ListedFile[] = [];
      for (let at = 0; at < fields.length; at += FIELDS.length) {
        const [name = '', letter = '', size, mode = '', uid, gid, mtime, linkTarget = ''] = fields.slice(at);
        files.push({
          name,
          type: LETTERS[letter] ?? 'unknown',
          size: Number(size),
          mode: parseInt(mode, 8),
          uid: Number(uid),
          gid: Number(gid),
          mtime: Math.round(Number(mtime) * 1000),
          linkTarget,
        });
      }
      return files;
    },
  };
}

/** busybox, toybox and whoever else has `find` and `stat`. */
function findAndStat(directory: string): ListCommand {
  const { format, parse } = statFormat(below(directory));
  const inside = ['find', below(directory), '-mindepth', '1', '-maxdepth', '1'];
  return { command: [...inside, '-exec', 'stat', '-c', format, '{}', '+'], parse };
}

// `stat` fails for a pattern that matches nothing, which is no failure; 127 says that there is no `stat`.
const SCRIPT =
  'command -v stat >/dev/null || exit 127; cd -- "$1" || exit 1; stat -c "$2" -- .* * 2>/dev/null; [ $? -lt 126 ] || exit 127';

/** A shell and `stat`, where there is no `find`. */
function shellAndStat(directory: string): ListCommand {
  const { format, parse } = statFormat('');
  return { command: ['sh', '-c', SCRIPT, 'sh', below(directory), format], parse };
}

/** Names can hold anything, line ends too, so the records are told apart by a mark nobody can have guessed. */
function statFormat(prefix: string): { format: string; parse: (stdout: Buffer) => ListedFile[] } {
  const mark = randomBytes(8).toString('hex');
  return {
    format: `${mark} %f %s %u %g %Y ${mark}%n${mark}%N${mark}`,
    parse: (stdout) => {
      const parts = splitAt(stdout, Buffer.from(mark)).map(decodeName);
      const files: ListedFile[] = [];
      // A line end stands between two records, so they are four parts apart.
      for (let at = 1; at + 2 < parts.length; at += 4) {
        const [numbers = '', path = '', shown = ''] = parts.slice(at);
        const name = path.slice(prefix.length);
        if (name !== '.' && name !== '..') files.push(fromStat(numbers, name, path, shown));
      }
      return files;
    },
  };
}

const TYPES: Readonly<Record<number, FileType>> = {
  0o10: 'file',
  0o04: 'directory',
  0o12: 'symlink',
  0o01: 'fifo',
  0o14: 'socket',
  0o02: 'character',
  0o06: 'block',
};

function fromStat(numbers: string, name: string, path: string, shown: string): ListedFile {
  const [mode = '', size, uid, gid, seconds] = numbers.trim().split(' ');
  const bits = parseInt(mode, 16);
  const type = TYPES[bits >> 12] ?? 'unknown';
  return {
    name,
    type,
    size: Number(size),
    mode: bits & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
    mtime: Number(seconds) * 1000,
    linkTarget: type === 'symlink' ? targetIn(shown, path) : '',
  };
}

/** The target in `'path' -> 'target'` (or without quotes), where the path is known. */
function targetIn(shown: string, path: string): string {
  const quoted = `'${path}' -> '`;
  if (shown.startsWith(quoted)) return shown.slice(quoted.length, -1);
  const plain = `${path} -> `;
  return shown.startsWith(plain) ? shown.slice(plain.length) : '';
}

/** With a slash behind it, so that a link to a directory is followed. */
function below(directory: string): string {
  return directory.endsWith('/') ? directory : `${directory}/`;
}

function splitAt(bytes: Buffer, mark: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  for (let end = bytes.indexOf(mark); end !== -1; end = bytes.indexOf(mark, at)) {
    parts.push(bytes.subarray(at, end));
    at = end + mark.length;
  }
  parts.push(bytes.subarray(at));
  return parts;
}
