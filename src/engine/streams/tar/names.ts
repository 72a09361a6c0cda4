const REPLACEMENT = '\ufffd';
const ESCAPE = 0xdc00;
const ESCAPED = /[\udc80-\udcff]/u;

/**
 * A file name as a string, from bytes that need not be UTF-8: a byte that is part of no character becomes the lone
 * surrogate U+DC80…U+DCFF (as Python's `surrogateescape`), so `encodeName` gives the very same bytes back.
 */
export function decodeName(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes(REPLACEMENT)) return text;
  let name = '';
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    if (length === 0) name += String.fromCharCode(ESCAPE + (bytes[at] ?? 0));
    else name += bytes.toString('utf8', at, at + length);
    at += length || 1;
  }
  return name;
}

/** The bytes of a name that `decodeName` made, or of any other string. */
export function encodeName(name: string): Buffer {
  if (!ESCAPED.test(name)) return Buffer.from(name);
  const parts: Buffer[] = [];
  for (const character of name) {
    const code = character.charCodeAt(0);
    // Iteration gives whole characters, so a single unit in this range stands alone.
    const escaped = character.length === 1 && code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff;
    parts.push(escaped ? Buffer.of(code - ESCAPE) : Buffer.from(character));
  }
  return Buffer.concat(parts);
}

/** What `node:fs` takes for a path made of such names: a string wherever that is exact, and faster. */
export function fsPath(path: string): string | Buffer {
  return ESCAPED.test(path) ? encodeName(path) : path;
}

/** Bytes of the UTF-8 character at `at`, 0 when there is none. */
function characterLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const text = bytes.toString('utf8', at, at + length);
  return Buffer.from(text).equals(bytes.subarray(at, at + length)) ? length : 0;
}
