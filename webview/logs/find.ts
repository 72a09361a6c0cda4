import type { LogStore, Place } from './store';

/** How many of the lines that are seen the search has found, and the how manieth `place` is; 0 when it is none. */
export function countFound(
  store: LogStore,
  place?: Place,
): { readonly count: number; readonly index: number } {
  let count = 0;
  let index = 0;
  for (const chunk of store.chunks) {
    const { found } = chunk;
    if (found.length === 0) continue;
    for (let row = 0; row < chunk.rowCount; row++) {
      const line = chunk.lineAt(row);
      if (found[line] !== 1) continue;
      count++;
      if (place?.chunk === chunk && place.line === line) index = count;
    }
  }
  return { count, index };
}

/** The next row from `row` on that the search has found, once around; `undefined` when there is none. */
export function nextFound(store: LogStore, row: number, step: 1 | -1): Place | undefined {
  const rows = store.rowCount;
  for (let i = 0; i < rows; i++) {
    const place = store.at((((row + i * step) % rows) + rows) % rows);
    if (place && place.chunk.found[place.line] === 1) return place;
  }
  return undefined;
}
