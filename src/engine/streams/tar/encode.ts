import { BLOCK, paddingOf, type EntryType, type TarEntry } from './entry';
import { encodeName } from './names';
import { writeOctal } from './numbers';
import { encodePax, type PaxRecords } from './pax';

/** What a header is made of; what is left out is empty or 0. */
export type NewEntry = Pick<TarEntry, 'name' | 'type' | 'mode'> & Partial<TarEntry>;

/** Two blocks of zeros: the end of an archive. */
export const END_OF_ARCHIVE = Buffer.alloc(2 * BLOCK);

const FLAGS: Readonly<Record<Exclude<EntryType, 'unknown'>, string>> = {
  file: '0',
  link: '1',
  symlink: '2',
  character: '3',
  block: '4',
  directory: '5',
  fifo: '6',
};

/**
 * The header blocks of an entry (ustar; with a PAX header in front where ustar has no room: names over 100 bytes or
 * not ASCII, ids from 2^21, sizes from 8 GiB, times before 1970 or with a fraction, extended attributes).
 * The body follows, filled up to a whole block (`paddingOf`).
 */
export function encodeHeader(entry: NewEntry): Buffer {
  const { size = 0, uid = 0, gid = 0, mtime = 0, linkname = '', devmajor = 0, devminor = 0 } = entry;
  if (entry.type === 'unknown') throw new TypeError('an entry of unknown type cannot be written');
  const records: PaxRecords = new Map();
  // Out of Node's pool, which `alloc` is not: a memory of its own for every small file costs more than the file.
  const block = Buffer.allocUnsafe(BLOCK).fill(0);

  writeName(block, 0, entry.name, 'path', records);
  writeOctal(block, 100, 7, entry.mode & 0o7777);
  writeNumber(block, 108, 7, uid, 'uid', records);
  writeNumber(block, 116, 7, gid, 'gid', records);
  writeNumber(block, 124, 11, size, 'size', records);
  writeNumber(block, 136, 11, mtime, 'mtime', records);
  writeName(block, 157, linkname, 'linkpath', records);
  if (entry.type === 'character' || entry.type === 'block') {
    writeOctal(block, 329, 7, devmajor);
    writeOctal(block, 337, 7, devminor);
  }
  for (const [key, value] of entry.xattrs ?? []) records.set(`SCHILY.xattr.${key}`, value);
  finish(block, FLAGS[entry.type]);
  return records.size === 0 ? block : Buffer.concat([extendedHeader(records), block]);
}

function extendedHeader(records: PaxRecords): Buffer {
  const body = encodePax(records);
  const block = Buffer.alloc(BLOCK);
  block.write('PaxHeaders.0/entry', 0, 'latin1');
  writeOctal(block, 100, 7, 0o644);
  writeOctal(block, 108, 7, 0);
  writeOctal(block, 116, 7, 0);
  writeOctal(block, 124, 11, body.length);
  writeOctal(block, 136, 11, 0);
  finish(block, 'x');
  return Buffer.concat([block, body, Buffer.alloc(paddingOf(body.length))]);
}

function writeName(block: Buffer, at: number, name: string, key: string, records: PaxRecords): void {
  if (name === '') return;
  const bytes = encodeName(name);
  bytes.copy(block, at, 0, 100);
  if (bytes.length > 100 || bytes.length !== name.length) records.set(key, bytes);
}

function writeNumber(
  block: Buffer,
  at: number,
  digits: number,
  value: number,
  key: string,
  records: PaxRecords,
): void {
  if (writeOctal(block, at, digits, value)) return;
  writeOctal(block, at, digits, 0);
  records.set(key, Buffer.from(Number.isInteger(value) ? String(value) : value.toFixed(9)));
}

function finish(block: Buffer, flag: string): void {
  block.write(flag, 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.fill(0x20, 148, 156);
  let sum = 0;
  for (const byte of block) sum += byte;
  writeOctal(block, 148, 6, sum);
  block[154] = 0;
}
