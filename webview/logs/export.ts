import { parseAnsi } from './ansi';
import { sourceOf } from './meta';
import type { LogStore } from './store';
import { stamp, type Timestamps } from './when';

export interface Written {
  readonly timestamps: Timestamps;
  /** In front of each line; none for a single container. */
  readonly names: readonly string[];
}

/** Rows as text, as they are shown, without escape sequences; `from` and `to` count rows. */
export function textOf(store: LogStore, from: number, to: number, { timestamps, names }: Written): string {
  const width = Math.max(0, ...names.map(({ length }) => length));
  let text = '';
  for (let row = from; row < to; row++) {
    const place = store.at(row);
    if (!place) break;
    const { chunk, line } = place;
    if (timestamps !== 'off') text += `${stamp(chunk.time(line), timestamps)} `;
    const name = names[sourceOf(chunk.meta(line))];
    if (name !== undefined) text += `${name.padEnd(width)} | `;
    text += `${parseAnsi(chunk.text(line)).plain}\n`;
  }
  return text;
}
