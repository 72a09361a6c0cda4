// Those of Go's unicode.IsSpace: JavaScript's own trim takes U+FEFF too, and leaves U+0085.
const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING = new RegExp(`^${SPACE}+`);
const ONE = new RegExp(SPACE);

/** Without the blanks before it, as Go's `strings.TrimLeftFunc` with `unicode.IsSpace`. */
export function trimStart(text: string): string {
  return text.replace(LEADING, '');
}

/** Without the blanks around it, as Go's `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && ONE.test(text.charAt(end - 1))) end--;
  return trimStart(text.slice(0, end));
}
