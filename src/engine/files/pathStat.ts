import type { IncomingHttpHeaders } from 'node:http';
import { EngineError, sentence } from '../errors';
import { number, record, text } from '../wire/read';

export type FileType =
  'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'character' | 'block' | 'unknown';

/** One path in a container. */
export interface PathStat {
  readonly name: string;
  readonly type: FileType;
  /** Bytes; of a directory whatever the file system counts. */
  readonly size: number;
  /** The lower twelve bits of POSIX: permissions, sticky, setgid, setuid. */
  readonly mode: number;
  /** Milliseconds since 1970. */
  readonly mtime: number;
  /** Where a symlink leads in the end, absolute, resolved by the engine; empty for what is none. */
  readonly linkTarget: string;
}

// Go's io/fs FileMode: what a file is stands in the high bits, and setuid and its kin are not where POSIX has them.
const GO = {
  directory: 2 ** 31,
  symlink: 2 ** 27,
  device: 2 ** 26,
  fifo: 2 ** 25,
  socket: 2 ** 24,
  setuid: 2 ** 23,
  setgid: 2 ** 22,
  character: 2 ** 21,
  sticky: 2 ** 20,
  irregular: 2 ** 19,
} as const;

/** A Go `FileMode` taken apart (`io/fs/fs.go` of Go). */
export function fromGoMode(mode: number): { type: FileType; mode: number } {
  // Bit by bit by division: the directory's is the sign of JavaScript's own bit operators.
  const has = (bit: keyof typeof GO): boolean => Math.floor(mode / GO[bit]) % 2 === 1;
  const special = (has('setuid') ? 0o4000 : 0) | (has('setgid') ? 0o2000 : 0) | (has('sticky') ? 0o1000 : 0);
  return { type: typeOf(has), mode: (mode % 0o1000) | special };
}

function typeOf(has: (bit: keyof typeof GO) => boolean): FileType {
  if (has('directory')) return 'directory';
  if (has('symlink')) return 'symlink';
  if (has('device')) return has('character') ? 'character' : 'block';
  if (has('fifo')) return 'fifo';
  if (has('socket')) return 'socket';
  return has('irregular') ? 'unknown' : 'file';
}

/** The header `X-Docker-Container-Path-Stat`: JSON in base64 (moby `api/swagger.yaml`, `ContainerArchiveInfo`). Throws `protocol`. */
export function parsePathStat(headers: IncomingHttpHeaders): PathStat {
  const value = headers['x-docker-container-path-stat'];
  try {
    if (typeof value !== 'string') throw new Error('the header is missing');
    const said = record(JSON.parse(Buffer.from(value, 'base64').toString('utf8')));
    if (typeof said['mode'] !== 'number') throw new Error('the header tells no mode');
    return {
      name: text(said['name']),
      ...fromGoMode(said['mode']),
      size: number(said['size']),
      mtime: Date.parse(text(said['mtime'])) || 0,
      linkTarget: text(said['linkTarget']),
    };
  } catch (cause) {
    throw new EngineError(
      'protocol',
      sentence(
        'The engine’s answer about a file could not be read. Check that the address is a Docker engine.',
      ),
      { cause },
    );
  }
}
