import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Engine } from '../engine';
import { cancelled } from '../errors';
import { writeFileFrom } from '../files/hostFile';
import { Tally, type Copied, type OnProgress } from '../files/tally';
import { checkArchive, openArchive } from './archiveFile';
import { contentOf, fill } from './content';
import { withVolume } from './helper';

/**
 * All files of a volume as a tar file of this computer, names from `./` on, as `tar -C <volume> -c .` makes it; gzip when
 * the file's name ends in `.gz` or `.tgz`. Owners, modes, times, links and capabilities are kept. Of other extended
 * attributes it has what the engine's archive has: Docker's leaves `user.*` out (`ReadSecurityXattrToTarHeader` of moby),
 * so such a backup, a clone or a copy is without them. The file appears under its name when it is complete. What writes
 * to the volume meanwhile is not stopped.
 */
export function backupVolume(
  engine: Engine,
  volume: string,
  to: string,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Copied> {
  const tally = new Tally(onProgress);
  const work = async (helper: string): Promise<Copied> => {
    const plain = contentOf(engine, helper, tally, signal);
    const parts = /\.t?gz$/i.test(to) ? compressed(plain) : plain;
    try {
      await writeFileFrom(
        to,
        async () => {
          if (signal?.aborted === true) throw cancelled(signal.reason);
          const { value, done } = await parts.next();
          return done === true ? undefined : value;
        },
        { mode: 0o600, mtime: Math.floor(Date.now() / 1000) },
      );
    } finally {
      await parts.return();
    }
    return tally.copied;
  };
  return withVolume(engine, volume, {}, work, signal);
}

async function* compressed(plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  for await (const part of pipeline(
    Readable.from(plain, { objectMode: false }),
    createGzip(),
    () => undefined,
  ))
    yield part as Buffer;
}

/**
 * The files of a tar file, plain or gzip, into a volume that is there; files of the same names are replaced, others stay.
 * The root's owner and mode come from the archive where it has them, and so do extended attributes, `user.*` too. The
 * archive is read to its end before anything is
 * written: `invalid` for one that is damaged, or that leads outside.
 */
export async function restoreVolume(
  engine: Engine,
  volume: string,
  from: string,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Copied> {
  const tally = new Tally(onProgress);
  tally.total = await checkArchive(from, signal);
  const work = async (helper: string): Promise<Copied> => {
    await fill(engine, helper, await openArchive(from, signal), tally, signal);
    return tally.copied;
  };
  return withVolume(engine, volume, { write: true }, work, signal);
}
