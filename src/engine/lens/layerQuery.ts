const MARK = 'layer=';

/** The query of the address of a file in an image, when one layer of it is meant, by its name in the image's archive. */
export function layerQuery(blob: string): string {
  return `${MARK}${blob}`;
}

/** The layer that a query means; `undefined` for none. */
export function parseLayerQuery(query: string): string | undefined {
  return query.startsWith(MARK) ? query.slice(MARK.length) : undefined;
}
