import { crc32 } from 'node:zlib';
import { EngineError, sentence } from '../errors';
import type { TarEntry } from '../streams/tar/entry';
import type { TarReader } from '../streams/tar/reader';
import { LayerFiles } from './layerFiles';
import type { Paths } from './paths';

/** Of one layer; an archive that claims more is not worth the memory. */
const MOST_FILES = 2_000_000;

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
/** What AUFS keeps for itself. */
const META = '.wh..wh.';
const NO_NAMES: ReadonlySet<string> = new Set(['', '.', '..']);

/**
 * The files of a layer, their content only looked at as it passes. Whiteouts are those of the OCI image specification
 * (`layer.md`): `.wh.<name>` and `.wh..wh..opq`. Rejects as `TarReader` does, and with `invalid` for too many files.
 */
export async function readLayer(reader: TarReader, paths: Paths): Promise<LayerFiles> {
  const files = new LayerFiles();
  for (let entry = await reader.next(); entry; entry = await reader.next()) {
    const path = paths.of(entry.name);
    const name = paths.name(path);
    if (name.startsWith(WHITEOUT)) {
      const hidden = name.slice(WHITEOUT.length);
      if (name === OPAQUE) files.opaque.add(paths.parent(path));
      else if (!name.startsWith(META) && !NO_NAMES.has(hidden))
        files.gone.add(paths.child(paths.parent(path), hidden));
      continue;
    }
    files.add(path, entry, await sumOf(reader, entry));
    if (files.count > MOST_FILES) {
      await reader.close();
      throw new EngineError(
        'invalid',
        sentence('It has more than {0} files, too many to be shown here.', MOST_FILES.toLocaleString('en')),
      );
    }
  }
  return files;
}

async function sumOf(reader: TarReader, { type, size }: TarEntry): Promise<number> {
  if (type !== 'file' || size === 0) return 0;
  const whole = reader.buffered();
  if (whole) return crc32(whole);
  let sum = 0;
  for (;;) {
    const next = reader.chunk();
    const part = next instanceof Promise ? await next : next;
    if (!part) return sum;
    sum = crc32(part, sum);
  }
}
