import { cutOff, damaged } from './damage';
import { BLOCK, type EntryType, type TarEntry } from './entry';
import { decodeName } from './names';
import { readNumber, readOctal } from './numbers';
import type { PaxRecords } from './pax';
import { EngineError, sentence } from '../../errors';

/** A header block as it stands, before extended headers are laid over it. */
export interface RawHeader extends TarEntry {
  /** The type character: `0`, `x`, `L`… */
  readonly flag: string;
  /** The size field, whatever the type: bytes that follow in the archive. */
  readonly stored: number;
}

const TYPES: Readonly<Record<string, EntryType>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'character',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
};

const CHECKSUM = 148;
const PREFIX = 345;

/**
 * The header in `block` (POSIX.1-1988 and GNU layouts), `undefined` for a block of zeros.
 * Throws `protocol` when the checksum or a number is wrong.
 */
export function parseHeader(block: Buffer): RawHeader | undefined {
  if (!checksumHolds(block)) return undefined;
  const flag = String.fromCharCode(block[156] ?? 0);
  const magic = block.toString('latin1', 257, 265);
  const posix = magic === 'ustar\x0000';
  let name = text(block, 0, 100);
  if (posix && block[PREFIX] !== 0) {
    // The `star` layout, known by its mark at the end, has a shorter prefix and times behind it.
    const prefix = text(block, PREFIX, block.toString('latin1', 508, 512) === 'tar\0' ? 131 : 155);
    if (prefix !== '') name = `${prefix}/${name}`;
  }
  const type = TYPES[flag] ?? 'unknown';
  const device = type === 'character' || type === 'block';
  const stored = readNumber(block, 124, 12);
  if (stored < 0) throw damaged();
  return {
    flag,
    stored,
    name,
    type,
    size: hasBody(type) ? stored : 0,
    mode: readNumber(block, 100, 8) & 0o7777,
    uid: readNumber(block, 108, 8),
    gid: readNumber(block, 116, 8),
    mtime: readNumber(block, 136, 12),
    linkname: type === 'link' || type === 'symlink' ? text(block, 157, 100) : '',
    devmajor: device ? readNumber(block, 329, 8) : 0,
    devminor: device ? readNumber(block, 337, 8) : 0,
  };
}

/** What extended headers say of one entry, laid over its header. */
export function withRecords(header: RawHeader, records: PaxRecords, long: LongNames): RawHeader {
  if (header.flag === 'S' || [...records.keys()].some((key) => key.startsWith('GNU.sparse.')))
    throw new EngineError(
      'invalid',
      sentence(
        'The archive holds the sparse file "{0}", which cannot be unpacked. Pack it again without sparse files.',
        long.name ?? header.name,
      ),
    );
  const name = textOf(records.get('path')) ?? long.name ?? header.name;
  const type = header.type === 'file' && name.endsWith('/') ? 'directory' : header.type;
  const stored = numberOf(records.get('size')) ?? header.stored;
  if (!Number.isSafeInteger(stored) || stored < 0) throw damaged();
  const linkname = textOf(records.get('linkpath')) ?? long.linkname ?? header.linkname;
  const xattrs = xattrsOf(records);
  return {
    ...header,
    name,
    type,
    stored: hasBody(header.type) ? stored : 0,
    size: hasBody(type) ? stored : 0,
    uid: numberOf(records.get('uid')) ?? header.uid,
    gid: numberOf(records.get('gid')) ?? header.gid,
    mtime: numberOf(records.get('mtime')) ?? header.mtime,
    linkname: type === 'link' || type === 'symlink' ? linkname : '',
    ...(xattrs ? { xattrs } : {}),
  };
}

/** Names from GNU's `L` and `K` entries. */
export interface LongNames {
  name?: string | undefined;
  linkname?: string | undefined;
}

/** A name stored with NULs behind it. */
export function text(block: Buffer, at: number, length: number): string {
  const nul = block.indexOf(0, at);
  const end = nul === -1 || nul > at + length ? at + length : nul;
  return decodeName(block.subarray(at, end));
}

const XATTR = 'SCHILY.xattr.';

function xattrsOf(records: PaxRecords): Map<string, Buffer> | undefined {
  let found: Map<string, Buffer> | undefined;
  for (const [key, value] of records) {
    if (!key.startsWith(XATTR)) continue;
    found ??= new Map();
    found.set(key.slice(XATTR.length), Buffer.from(value));
  }
  return found;
}

function textOf(value: Buffer | undefined): string | undefined {
  if (!value || value.length === 0) return undefined;
  // A name with a NUL in it can be no file's; Go's reader refuses it too.
  if (value.includes(0)) throw damaged();
  return decodeName(value);
}

function numberOf(value: Buffer | undefined): number | undefined {
  if (!value || value.length === 0) return undefined;
  const digits = value.toString('latin1');
  const number = /^-?\d+(\.\d*)?$/.test(digits) ? Number(digits) : Infinity;
  if (!Number.isFinite(number)) throw damaged();
  return number;
}

/** The types whose size is followed by bytes; for the others the field says nothing (hard links of some archivers). */
function hasBody(type: EntryType): boolean {
  return type === 'file' || type === 'unknown';
}

/** False for a block of zeros. Old archivers summed signed bytes, so either sum will do. */
function checksumHolds(block: Buffer): boolean {
  if (block.length < BLOCK) throw cutOff();
  let unsigned = 8 * 0x20;
  let high = 0;
  for (let index = 0; index < BLOCK; index++) {
    if (index === CHECKSUM) index += 8;
    const byte = block[index] ?? 0;
    unsigned += byte;
    if (byte > 0x7f) high++;
  }
  const stored = readOctal(block, CHECKSUM, 8);
  if (unsigned === 8 * 0x20 && stored === 0) return false;
  if (stored !== unsigned && stored !== unsigned - high * 256) throw damaged();
  return true;
}
