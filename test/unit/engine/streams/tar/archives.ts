import { TarReader } from '../../../../../src/engine/streams/tar/reader';
import type { TarEntry } from '../../../../../src/engine/streams/tar/entry';

/** A header block, field by field, with a checksum that holds: what an archiver that means harm would write. */
export function header(fields: {
  name?: string | Buffer;
  flag?: string;
  size?: number | Buffer;
  mode?: number;
  uid?: number | Buffer;
  gid?: number;
  mtime?: number | Buffer;
  linkname?: string;
  magic?: string;
  prefix?: string;
  devmajor?: number;
  devminor?: number;
}): Buffer {
  const block = Buffer.alloc(512);
  const put = (at: number, length: number, value: number | Buffer): void => {
    if (Buffer.isBuffer(value)) value.copy(block, at);
    else block.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
  };
  Buffer.from(fields.name ?? 'file').copy(block, 0, 0, 100);
  put(100, 8, fields.mode ?? 0o644);
  put(108, 8, fields.uid ?? 0);
  put(116, 8, fields.gid ?? 0);
  put(124, 12, fields.size ?? 0);
  put(136, 12, fields.mtime ?? 0);
  block.write(fields.flag ?? '0', 156, 'latin1');
  block.write(fields.linkname ?? '', 157, 100);
  block.write(fields.magic ?? 'ustar\x0000', 257, 'latin1');
  put(329, 8, fields.devmajor ?? 0);
  put(337, 8, fields.devminor ?? 0);
  block.write(fields.prefix ?? '', 345, 155);
  return sealed(block);
}

/** The block with its checksum. */
export function sealed(block: Buffer): Buffer {
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** Content filled up to whole blocks. */
export function filled(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** An entry with its content. */
export function member(fields: Parameters<typeof header>[0], content: string | Buffer = ''): Buffer {
  return Buffer.concat([header({ size: Buffer.byteLength(content), ...fields }), filled(content)]);
}

/** A PAX header with these records, of type `x` or `g`. */
export function pax(records: Readonly<Record<string, string | Buffer>>, flag = 'x'): Buffer {
  const body = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
    let length = rest.length;
    while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
    return Buffer.concat([Buffer.from(String(length)), rest]);
  });
  return member({ name: 'PaxHeaders/x', flag }, Buffer.concat(body));
}

export const END = Buffer.alloc(1024);

/** Bytes as a source, in pieces of this size. */
export async function* inPieces(
  bytes: Buffer,
  size = bytes.length || 1,
): AsyncGenerator<Buffer, void, undefined> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Every entry with its content. */
export async function readAll(
  bytes: Buffer,
  piece?: number,
): Promise<(Partial<TarEntry> & { content: string })[]> {
  const reader = new TarReader(inPieces(bytes, piece));
  const found = [];
  for await (const entry of reader) {
    const parts: Buffer[] = [];
    for await (const part of reader.body()) parts.push(part);
    found.push({ ...entry, content: Buffer.concat(parts).toString('latin1') });
  }
  return found;
}
