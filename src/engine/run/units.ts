import { invalid } from './invalid';

const KIB = 1024;
const MULTIPLES = 'kmgtp';
const SIZE = /^(\d+\.?\d*|\.\d+) ?([kmgtp])?i?b?$/i;

/**
 * Bytes of a size as people write it for memory: `512m`, `1.5g`, `64 KiB`. Units are binary, a fraction of a byte is dropped
 * (`go-units: RAMInBytes`). Throws an `EngineError` of kind `invalid`; so do sizes beyond 8 PiB, which no number here holds.
 */
export function parseSize(text: string): number {
  const match = SIZE.exec(text);
  const power = match?.[2] === undefined ? 0 : MULTIPLES.indexOf(match[2].toLowerCase()) + 1;
  const bytes = match ? Math.trunc(Number(match[1]) * KIB ** power) : NaN;
  if (!Number.isSafeInteger(bytes)) {
    throw invalid('"{0}" is not a size. Write a number with b, k, m or g, such as 512m or 1.5g.', text);
  }
  return bytes;
}

/** As `parseSize`; `-1` stands for "no limit" (`--memory-swap`). */
export function parseSizeOrUnlimited(text: string): number {
  return text === '-1' ? -1 : parseSize(text);
}

/** A number of bytes in the shortest form that `parseSize` reads back unchanged: 536870912 is `512m`. */
export function exactSize(bytes: number): string {
  let power = 0;
  while (power < MULTIPLES.length && bytes > 0 && bytes % KIB ** (power + 1) === 0) power++;
  return `${bytes / KIB ** power}${power === 0 ? '' : MULTIPLES.charAt(power - 1)}`;
}

/** A size in decimal units and four digits, as `docker images` shows it: `1.23MB` (`go-units: HumanSize`). */
export function humanSize(bytes: number): string {
  return scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']);
}

/** A size in binary units and four digits, as `docker stats` shows memory: `1.172MiB` (`go-units: BytesSize`). */
export function bytesSize(bytes: number): string {
  return scaled(bytes, KIB, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']);
}

function scaled(bytes: number, base: number, units: readonly string[]): string {
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  return `${fourDigits(value)}${units[unit] ?? ''}`;
}

/** Go's `%.4g` for 0-1024: four significant digits, an exact half goes to the even digit, no zeros at the end. */
function fourDigits(value: number): number {
  const [digits = '', exponent = '0'] = value.toExponential(60).split('e');
  const isTie = /^\d\.\d{2}[02468]50*$/.test(digits);
  return isTie ? Number(`${digits.slice(0, 5)}e${exponent}`) : Number(value.toPrecision(4));
}

/**
 * `--cpus` as the engine's `NanoCpus` (10⁻⁹ of a CPU), exactly: `1.5`, `.25`, `1/3` is refused as too precise
 * (`docker/cli: opts.ParseCPUs`). Throws an `EngineError` of kind `invalid`.
 */
export function parseCpus(text: string): number {
  const match = /^\+?(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,2})|\/(\d+))?$/i.exec(text);
  const [whole = '', fraction = '', exponent = '0', divisor] = match?.slice(1) ?? [];
  if (
    !match ||
    whole + fraction === '' ||
    (divisor !== undefined && text.includes('.')) ||
    text.length > 40
  ) {
    throw invalid('"{0}" is not a number of CPUs. Write a number such as 0.5 or 2.', text);
  }
  let numerator = BigInt(whole + fraction) * 10n ** 9n;
  let denominator = BigInt(divisor ?? 1) * 10n ** BigInt(fraction.length);
  if (exponent.startsWith('-')) denominator *= 10n ** BigInt(exponent.slice(1));
  else numerator *= 10n ** BigInt(exponent.replace('+', ''));
  if (denominator === 0n || numerator % denominator !== 0n) {
    throw invalid('"{0}" CPUs is too precise. Use at most nine digits after the point.', text);
  }
  const nano = Number(numerator / denominator);
  if (!Number.isSafeInteger(nano)) {
    throw invalid('"{0}" is more CPUs than any machine has. Write a number such as 0.5 or 2.', text);
  }
  return nano;
}

/** `NanoCpus` back as `--cpus` takes it: 1500000000 is `1.5`. */
export function exactCpus(nanoCpus: number): string {
  const digits = String(nanoCpus).padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
}

const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  '\u00b5s': 1e3,
  '\u03bcs': 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/**
 * Nanoseconds of a duration as Go writes it: `1m30s`, `1.5h`, `300ms`, `0` (`time.ParseDuration`). Throws an `EngineError`
 * of kind `invalid`, also for more than about 104 days, which no number here holds.
 */
export function parseDuration(text: string): number {
  const [, sign, parts = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (parts === '0') return 0;
  let total = parts === '' || parts.length > 200 ? NaN : 0;
  const part = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;
  while (part.lastIndex < parts.length && !Number.isNaN(total)) {
    const [, whole = '', fraction = '', unit = ''] = part.exec(parts) ?? [];
    const scale = whole + fraction === '' ? NaN : (NANOSECONDS[unit] ?? NaN);
    const digits = fraction.slice(0, 18);
    // The order of the operations is Go's, so that the last digit is too.
    total += Number(whole) * scale + Math.trunc(Number(digits) * (scale / 10 ** digits.length));
  }
  if (!Number.isSafeInteger(total)) {
    throw invalid('"{0}" is not a duration. Write numbers with h, m, s or ms, such as 30s or 1m30s.', text);
  }
  return sign === '-' && total !== 0 ? -total : total;
}

/** Nanoseconds in the form that `parseDuration` reads back unchanged: 90000000000 is `1m30s`. */
export function exactDuration(nanoseconds: number): string {
  let rest = nanoseconds;
  let text = '';
  for (const unit of ['h', 'm', 's', 'ms', 'us', 'ns']) {
    const scale = NANOSECONDS[unit] ?? 1;
    const count = Math.floor(rest / scale);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * scale;
  }
  return text === '' ? '0s' : text;
}
