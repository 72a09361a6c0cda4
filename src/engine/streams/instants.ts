const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** Reads the engine's timestamps (RFC 3339 with nanoseconds) of a log, most of which share their second with the one before. */
export class Instants {
  #second = '';
  #secondTime = 0n;

  /** ns since 1970; `undefined` when it is no timestamp. */
  parse(said: string): bigint | undefined {
    if (said.length === 30 && said.endsWith('Z') && said.startsWith(this.#second) && this.#second !== '') {
      const fraction = Number(said.slice(20, 29));
      if (Number.isInteger(fraction)) return this.#secondTime + BigInt(fraction);
    }
    const match = INSTANT.exec(said);
    if (!match) return undefined;
    const [, second = '', fraction = '', zone = 'Z'] = match;
    const ms = Date.parse(second + zone);
    if (Number.isNaN(ms)) return undefined;
    const time = BigInt(ms) * 1_000_000n;
    if (zone === 'Z') {
      this.#second = `${second}.`;
      this.#secondTime = time;
    }
    return time + BigInt(fraction.padEnd(9, '0'));
  }
}

/** As the engine's `since` and `until` want it: seconds with nine decimals. A number would lose nanoseconds. */
export function seconds(time: bigint): string {
  const digits = String(time).padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
