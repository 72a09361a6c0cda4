import { invalid } from './invalid';

const INTEGER = /^[+-]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const TRUE = /^(?:1|t|T|TRUE|true|True)$/;
const FALSE = /^(?:0|f|F|FALSE|false|False)$/;

/** A whole number as the CLI's flags take it: decimal, `0x…`, `0b…`, `0o…`, and octal after a leading zero. */
export function parseInteger(text: string, least = -Infinity, most = Infinity): number {
  const digits = text.replace(/^[+-]/, '');
  const octal = /^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = INTEGER.test(text) && text.length < 80 ? Number(octal) : NaN;
  const signed = text.startsWith('-') && value !== 0 ? -value : value;
  if (!Number.isSafeInteger(signed)) throw invalid('"{0}" is not a whole number.', text);
  if (signed < least || signed > most) {
    throw most === Infinity
      ? invalid('{0} is too small. The least is {1}.', text, least)
      : invalid('{0} is outside the range {1} to {2}.', text, least, most);
  }
  return signed;
}

/** A whole number in which leading zeros mean nothing, as inside of values (Go's `strconv.Atoi`). */
export function parseDecimal(text: string, least?: number, most?: number): number {
  if (!/^[+-]?\d+$/.test(text)) throw invalid('"{0}" is not a whole number.', text);
  return parseInteger(text.replace(/^([+-]?)0+(?=\d)/, '$1'), least, most);
}

/** `true`, `false` and Go's other spellings of them (`strconv.ParseBool`). */
export function parseBoolean(text: string): boolean {
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  throw invalid('"{0}" is neither true nor false.', text);
}
