import { damaged } from './damage';

const ZERO = 0x30;

/** A numeric field: octal text, or GNU's big-endian two's complement with the first bit set. Throws `protocol`. */
export function readNumber(block: Buffer, at: number, length: number): number {
  const first = block[at] ?? 0;
  return first < 0x80 ? readOctal(block, at, length) : readBinary(block, at, length);
}

/** Octal digits with blanks and NULs around them; an empty field is 0. */
export function readOctal(block: Buffer, at: number, length: number): number {
  const end = at + length;
  let value = 0;
  let index = at;
  while (index < end && isBlank(block[index])) index++;
  for (; index < end; index++) {
    const digit = (block[index] ?? 0) - ZERO;
    if (digit < 0 || digit > 7) break;
    value = value * 8 + digit;
  }
  // After the digits only a blank may follow: anything else is not a header.
  if (index < end && !isBlank(block[index])) throw damaged();
  return value;
}

/** `digits` octal digits and a NUL, into a field of zeros; false when the value does not fit. */
export function writeOctal(block: Buffer, at: number, digits: number, value: number): boolean {
  if (!Number.isInteger(value) || value < 0 || value >= 8 ** digits) return false;
  let rest = value;
  for (let index = at + digits - 1; index >= at; index--) {
    block[index] = ZERO + (rest % 8);
    rest = Math.floor(rest / 8);
  }
  return true;
}

function readBinary(block: Buffer, at: number, length: number): number {
  const first = block[at] ?? 0;
  let value = (first & 0x40) === 0 ? first & 0x7f : first - 0x100;
  for (let index = 1; index < length; index++) value = value * 256 + (block[at + index] ?? 0);
  if (!Number.isSafeInteger(value)) throw damaged();
  return value;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0;
}
