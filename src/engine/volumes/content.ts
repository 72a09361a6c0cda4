import { Readable } from 'node:stream';
import type { Engine } from '../engine';
import { entryPath } from '../files/entryPath';
import { retopped } from '../files/retop';
import type { Tally } from '../files/tally';
import type { TarEntry } from '../streams/tar/entry';
import { TarReader } from '../streams/tar/reader';
import { list, record, text } from '../wire/read';
import { PLACE } from './helper';

const TOP = PLACE.slice(1);

/** What the names in an archive become: everything from `./` on. */
type Naming = (name: string, entry: TarEntry) => string;

/** Of an archive that begins anywhere. */
function fromRoot(): Naming {
  return (name, { type }) => named(entryPath(name, 'linux'), type);
}

/** Of an engine's archive of a volume, which begins with the volume's place or, with Podman, with its root. */
function fromEngine(): Naming {
  let top: boolean | undefined;
  return (name, { type }) => {
    const path = entryPath(name, 'linux');
    top ??= path.length === 1 && path[0] === TOP;
    return named(top ? path.slice(1) : path, type);
  };
}

function named(path: readonly string[], type: TarEntry['type']): string {
  const end = type === 'directory' && path.length > 0 ? '/' : '';
  return `./${path.join('/')}${end}`;
}

/** All that is in the volume of a helper, as an archive from `./` on. */
export async function* contentOf(
  engine: Engine,
  helper: string,
  tally: Tally,
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const { body } = await engine.files.archive(helper, PLACE, signal);
  try {
    yield* retopped(new TarReader(body as AsyncIterable<Buffer>, signal), fromEngine(), tally);
  } finally {
    body.destroy();
  }
}

/** An archive into the volume of a helper, which was made to be written to. */
export async function fill(
  engine: Engine,
  helper: string,
  reader: TarReader,
  tally: Tally,
  signal?: AbortSignal,
): Promise<void> {
  const naming = fromRoot();
  // From the root of the helper on: Docker passes over the entry for the very directory it unpacks into, and refuses
  // links that lead out of it. Podman unpacks into a volume only where it is named.
  const above = !(await isPodman(engine, signal));
  const archive = retopped(
    reader,
    (name, entry) => (above ? `${TOP}${naming(name, entry).slice(1)}` : naming(name, entry)),
    tally,
  );
  const upload = Readable.from(archive, { objectMode: false });
  await engine.files.unpack(helper, upload, above ? '/' : PLACE, {}, signal);
}

async function isPodman(engine: Engine, signal?: AbortSignal): Promise<boolean> {
  const { Components } = await engine.system.version(signal);
  return list(Components).some((one) => text(record(one)['Name']).startsWith('Podman'));
}
