import { damaged } from './damage';

/** Extended header records: key to value, values as bytes because names and attributes need not be text. */
export type PaxRecords = Map<string, Buffer>;

const SPACE = 0x20;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;
/** Digits of a record's length; more than any body this reader accepts needs. */
const LONGEST_LENGTH = 8;

/** The records of an extended header body: `<length> <key>=<value>\n`, length counting all of it. Throws `protocol`. */
export function parsePax(body: Buffer, into: PaxRecords = new Map()): PaxRecords {
  let at = 0;
  while (at < body.length) {
    const space = body.indexOf(SPACE, at);
    if (space <= at || space - at > LONGEST_LENGTH) throw damaged();
    const digits = body.toString('latin1', at, space);
    const end = at + Number(digits);
    if (!/^\d+$/.test(digits) || end > body.length || end <= space + 1 || body[end - 1] !== NEWLINE)
      throw damaged();
    const equals = body.indexOf(EQUALS, space + 1);
    if (equals <= space + 1 || equals >= end) throw damaged();
    into.set(body.toString('utf8', space + 1, equals), body.subarray(equals + 1, end - 1));
    at = end;
  }
  return into;
}

/** The body that `parsePax` reads back as `records`. */
export function encodePax(records: PaxRecords): Buffer {
  const parts: Buffer[] = [];
  for (const [key, value] of records) {
    const rest = Buffer.byteLength(key) + value.length + 3;
    // The length counts its own digits, so adding them may add one more.
    let length = rest + String(rest).length;
    if (String(length).length !== String(rest).length) length = rest + String(length).length;
    parts.push(Buffer.from(`${length} ${key}=`), value, Buffer.of(NEWLINE));
  }
  return Buffer.concat(parts);
}
