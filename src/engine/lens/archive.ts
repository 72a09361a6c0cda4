import { EngineError, sentence } from '../errors';
import { TarReader } from '../streams/tar/reader';
import type { LayerFiles } from './layerFiles';
import type { Paths } from './paths';
import { readLayer } from './readLayer';
import { packingOf, TELLING, unpacked } from './unpacked';

/** What a blob that looks like a layer holds, or why it cannot be read. */
export type LayerContent = { readonly files: LayerFiles } | { readonly error: EngineError };

/** What `docker save` has written: which blob belongs to which image only its manifests say, which may come last. */
export interface Archive {
  /** By the name in the archive. */
  readonly layers: ReadonlyMap<string, LayerContent>;
  /** Manifests, configurations and whatever else is JSON, by name. */
  readonly documents: ReadonlyMap<string, unknown>;
  /** Names that stand for others: a layer that is there twice is stored once. */
  readonly links: ReadonlyMap<string, string>;
}

/** Bytes; a manifest or configuration is far smaller, and what is larger is of no use here. */
const LARGEST_DOCUMENT = 4 * 1024 * 1024;
const MOST_DOCUMENTS = 32 * 1024 * 1024;

/**
 * Reads an archive of images once, from its first byte to its last, in the layout of `docker save` of any age or in that
 * of the OCI image specification. Damage to one layer is kept with that layer; damage to the archive itself rejects.
 */
export async function readArchive(reader: TarReader, paths: Paths): Promise<Archive> {
  const layers = new Map<string, LayerContent>();
  const documents = new Map<string, unknown>();
  const links = new Map<string, string>();
  let budget = MOST_DOCUMENTS;
  for (let entry = await reader.next(); entry; entry = await reader.next()) {
    const name = plainName(entry.name);
    if (entry.type === 'symlink') links.set(name, plainName(`${parentOf(name)}/${entry.linkname}`));
    else if (entry.type === 'link') links.set(name, plainName(entry.linkname));
    if (entry.type !== 'file') continue;
    const head = await headOf(reader);
    const packing = packingOf(head);
    if (packing === 'json') {
      if (entry.size > Math.min(LARGEST_DOCUMENT, budget)) continue;
      budget -= entry.size;
      documents.set(name, parsed(await rest(reader, head)));
    } else if (packing !== 'unknown') layers.set(name, await contentOf(reader, head, packing, paths));
  }
  return { layers, documents, links };
}

/** A name in the archive without what may stand before or within it and says nothing. */
export function plainName(name: string): string {
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The first bytes of the body that `reader` is at. */
export async function headOf(reader: TarReader): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < TELLING) {
    const part = await reader.chunk();
    if (!part) break;
    head = head.length === 0 ? part : Buffer.concat([head, part]);
  }
  return head;
}

/** The body that `head` was taken of, from its start; an error of the archive itself is noted in `outer`. */
export async function* wholeBody(
  reader: TarReader,
  head: Buffer,
  outer: { error?: Error },
): AsyncGenerator<Buffer, void, undefined> {
  if (head.length > 0) yield head;
  try {
    for (let part = await reader.chunk(); part; part = await reader.chunk()) yield part;
  } catch (error) {
    outer.error = error as Error;
    throw error;
  }
}

async function contentOf(
  reader: TarReader,
  head: Buffer,
  packing: 'tar' | 'gzip' | 'zstd',
  paths: Paths,
): Promise<LayerContent> {
  const outer: { error?: Error } = {};
  const inner = new TarReader(unpacked(wholeBody(reader, head, outer), packing));
  try {
    return { files: await readLayer(inner, paths) };
  } catch (error) {
    if (outer.error) throw outer.error;
    if (!(error instanceof EngineError)) throw error;
    return { error: error.kind === 'invalid' ? error : unreadable(error) };
  } finally {
    await inner.close();
  }
}

function unreadable(cause: EngineError): EngineError {
  return new EngineError('protocol', sentence('It is damaged. Pull or build the image again.'), { cause });
}

async function rest(reader: TarReader, head: Buffer): Promise<string> {
  const parts = [head];
  for await (const part of reader.body()) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

/** What only looks like JSON is nobody's manifest. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}
