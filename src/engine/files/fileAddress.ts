import { FILE_SCHEMES, type FileOwner } from './fileSchemes';
import { decodeName, encodeName } from '../streams/tar/names';

/** A file as a URI names it: of which engine, of what on it, and where in that. */
export interface FileAddress {
  readonly kind: FileOwner;
  /** The engine's name. */
  readonly engine: string;
  /** Full id of the container or image, or name of the volume. */
  readonly id: string;
  /** Absolute. */
  readonly path: string;
}

/** The parts of a URI that carry an address. */
export interface AddressParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/** Stands before two hexadecimal digits, for a byte of a name that a URI or a row could not hold unharmed. */
const MARK = '\u241b';

/**
 * What cannot be seen but changes what is, what an address would lose, and the mark itself: controls, line ends,
 * direction marks, spaces without a width, half characters (bytes that are no UTF-8), a backslash (another slash on
 * Windows).
 */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u200b\u2060\ufeff\\\u241b]/gu;

/** An address as the parts of a URI; `parseFileAddress` gives the very same address back, whatever the names hold. */
export function fileAddress({ kind, engine, id, path }: FileAddress): AddressParts {
  return {
    scheme: FILE_SCHEMES[kind],
    authority: `${encodeHost(id)}.${encodeHost(engine)}`,
    path: encodePath(path),
  };
}

/** `undefined` for what is no address of ours. */
export function parseFileAddress({ scheme, authority, path }: AddressParts): FileAddress | undefined {
  const kind = (Object.keys(FILE_SCHEMES) as FileOwner[]).find((owner) => FILE_SCHEMES[owner] === scheme);
  const hosts = /^([a-z0-9_-]+)\.([a-z0-9_-]+)$/.exec(authority.toLowerCase());
  if (!kind || !hosts) return undefined;
  const [, id = '', engine = ''] = hosts;
  return { kind, engine: decodeHost(engine), id: decodeHost(id), path: decodePath(path) };
}

/** The editor compares and prints this part of a URI in lower case, so it has only what survives that. */
function encodeHost(name: string): string {
  return Buffer.from(name)
    .toString('latin1')
    .replace(/[^a-z0-9-]/g, (byte) => `_${hex(byte.charCodeAt(0))}`);
}

function decodeHost(host: string): string {
  const bytes = host.replace(/_([0-9a-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function encodePath(path: string): string {
  const shown = path.replace(UNFIT, (character) =>
    [...encodeName(character)].map((byte) => MARK + hex(byte).toUpperCase()).join(''),
  );
  // `/C:` would be taken for a drive, whose letter is printed small.
  return shown.replace(/^(\/[A-Za-z]):/, `$1${MARK}3A`);
}

function decodePath(path: string): string {
  const parts = path.split(/((?:\u241b[0-9A-Fa-f]{2})+)/);
  const bytes = parts.map((part, index) =>
    index % 2 === 0 ? encodeName(part) : Buffer.from(part.replaceAll(MARK, ''), 'hex'),
  );
  const decoded = decodeName(Buffer.concat(bytes));
  return decoded.startsWith('/') ? decoded : `/${decoded}`;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
