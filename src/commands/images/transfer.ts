import type { Progress } from '../../engine/streams/progress';

/** Bytes of the layers of one transfer; remembers those that are through, of which the engine tells no size any more. */
export class TransferSizes {
  readonly #layers = new Map<string, { moved: number; total: number }>();

  /** Undefined while no size is known. */
  of({ layers }: Progress): { moved: number; total: number } | undefined {
    for (const { id, status, current = 0, total } of layers) {
      const moving = status === 'Downloading' || status === 'Pushing';
      const known = this.#layers.get(id);
      if (moving && total !== undefined) this.#layers.set(id, { moved: Math.min(current, total), total });
      else if (!moving && known) known.moved = known.total;
    }
    if (this.#layers.size === 0) return undefined;
    const sum = { moved: 0, total: 0 };
    for (const { moved, total } of this.#layers.values()) {
      sum.moved += moved;
      sum.total += total;
    }
    return sum;
  }
}

/** A size that changes while one reads it: three digits, decimal units as the engine's. */
export function roughSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}
