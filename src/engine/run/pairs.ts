/** `key=value` cut at its first `=`; without one, the value is undefined. */
export function cut(text: string, separator = '='): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** `key=value` pairs as a record; a key alone stands for an empty value, and a later pair replaces an earlier one. */
export function pairs(texts: readonly string[], separator = '='): Record<string, string> {
  // Not by assignment: a key such as __proto__ has to become a key like any other.
  return Object.fromEntries(
    texts.map((text) => cut(text, separator)).map(([key, value = '']) => [key, value]),
  );
}
