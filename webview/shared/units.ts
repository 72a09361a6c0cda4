/** Numbers as `docker stats` writes them (go-units `BytesSize` and `HumanSizeWithPrecision`). */

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

function scaled(bytes: number, base: number, units: readonly string[], digits: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  return `${Number(value.toPrecision(digits))}${units[unit] ?? ''}`;
}

/** Memory: `12.5MiB`. */
export function binarySize(bytes: number): string {
  return scaled(bytes, 1024, BINARY, 4);
}

/** Network and disk: `1.23kB`. */
export function decimalSize(bytes: number): string {
  return scaled(bytes, 1000, DECIMAL, 3);
}

/** Disk, as `docker system df` and `docker images` write it (`HumanSize`): `1.234kB`. */
export function diskSize(bytes: number): string {
  return scaled(bytes, 1000, DECIMAL, 4);
}

/** Bytes per second: `1.23kB/s`. */
export function rate(bytesPerSecond: number): string {
  return `${decimalSize(bytesPerSecond)}/s`;
}

/** `12.34%`. */
export function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}
