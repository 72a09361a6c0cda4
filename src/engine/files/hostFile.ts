import {
  closeSync,
  constants,
  fchmodSync,
  futimesSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  unlinkSync,
  write,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EngineError, sentence } from '../errors';
import { fsPath } from '../streams/tar/names';
import { hostFailure, isMissing, shown } from './hostFailure';

/** A file as it is to be: permission bits and seconds since 1970. */
export interface FileAttributes {
  readonly mode: number;
  readonly mtime: number;
}

/** What large files are written from, by turns: the parts of a body need not stay what they are until they are written. */
export type Buffers = readonly [Buffer, Buffer];

/** Bytes of one write: enough that the disk, not the number of writes, sets the pace. */
const BATCH = 512 * 1024;

export function newBuffers(): Buffers {
  return [Buffer.allocUnsafeSlow(BATCH), Buffer.allocUnsafeSlow(BATCH)];
}

// Never through a link, never into a file that is there already.
const CREATE = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW;

const writeAsync = promisify(write);

/** Go's `Chtimes` of moby's `pkg/system`: a time that a disk cannot hold becomes 1970. */
export function diskTime(mtime: number): number {
  return mtime < 0 || mtime > 9223372036 ? 0 : mtime;
}

/** A small file, written at once; one that is there is replaced whole. */
export function writeFileNow(path: string, data: Buffer, attributes: FileAttributes): void {
  place(path, (at) => create(at, data, attributes));
}

/** Content part by part, `undefined` behind its end. */
export type Parts = () => Buffer | undefined | Promise<Buffer | undefined>;

/** A file of any size, under a name of its own until it is complete. */
export async function writeFileFrom(
  path: string,
  body: Parts,
  attributes: FileAttributes,
  buffers: Buffers = newBuffers(),
): Promise<void> {
  refuseDirectory(path);
  const temporary = besides(path);
  try {
    const file = openSync(fsPath(temporary), CREATE, 0o600);
    try {
      await writeBody(file, body, buffers);
      finish(file, attributes);
    } finally {
      closeSync(file);
    }
    renameSync(fsPath(temporary), fsPath(path));
  } catch (error) {
    rmSync(fsPath(temporary), { force: true });
    throw hostFailure(error, path);
  }
}

/** Make something that is no directory with `make`; what has the name already gives way in one step. */
export function place(path: string, make: (path: string) => void): void {
  try {
    make(path);
    return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw hostFailure(error, path);
  }
  refuseDirectory(path);
  replace(path, make);
}

function replace(path: string, make: (temporary: string) => void): void {
  const temporary = besides(path);
  try {
    make(temporary);
    renameSync(fsPath(temporary), fsPath(path));
    // Two names of the same file: then the rename did nothing.
    unlinkIfThere(temporary);
  } catch (error) {
    unlinkIfThere(temporary);
    throw hostFailure(error, path);
  }
}

/** Throws `conflict` when a directory stands where a file is to be, as with `noOverwriteDirNonDir`. */
export function refuseDirectory(path: string): void {
  try {
    if (!lstatSync(fsPath(path)).isDirectory()) return;
  } catch (error) {
    if (isMissing(error)) return;
    throw hostFailure(error, path);
  }
  throw new EngineError(
    'conflict',
    sentence(
      '"{0}" is a directory, but what is copied there is not. Remove it first, or choose another place.',
      shown(path),
    ),
  );
}

function create(path: string, data: Buffer, attributes: FileAttributes): void {
  const file = openSync(fsPath(path), CREATE, 0o600);
  try {
    for (let done = 0; done < data.length;) done += writeSync(file, data, done);
    finish(file, attributes);
  } catch (error) {
    unlinkIfThere(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

async function writeBody(file: number, body: Parts, [first, second]: Buffers): Promise<void> {
  let [filling, sending] = [first, second];
  let used = 0;
  let writing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    // The next one is filled while this one goes to the disk.
    await writing;
    writing = writeAll(file, filling.subarray(0, used));
    // Its failure is met at the next await; until then nobody may call it unhandled.
    writing.catch(() => undefined);
    [filling, sending] = [sending, filling];
    used = 0;
  };
  try {
    for (let part = await body(); part; part = await body()) {
      for (let done = 0; done < part.length;) {
        if (used === filling.length) await flush();
        const copied = part.copy(filling, used, done);
        used += copied;
        done += copied;
      }
    }
    await flush();
  } finally {
    // Whatever happened: while it is written the file must stay open, and the buffer as it is.
    await writing;
  }
}

async function writeAll(file: number, data: Buffer): Promise<void> {
  for (let done = 0; done < data.length;) done += (await writeAsync(file, data, done)).bytesWritten;
}

function finish(file: number, { mode, mtime }: FileAttributes): void {
  fchmodSync(file, mode);
  futimesSync(file, diskTime(mtime), diskTime(mtime));
}

function besides(path: string): string {
  return join(dirname(path), `.quayside-${randomBytes(6).toString('hex')}`);
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(fsPath(path));
  } catch (error) {
    if (!isMissing(error)) throw hostFailure(error, path);
  }
}
