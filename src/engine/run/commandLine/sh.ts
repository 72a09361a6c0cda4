import { dollarEnd, refuseSecondCommand, unclosed, WordList, type Word } from './words';

const NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9?!#@*$-]/y;
const HOME = /~[A-Za-z0-9_.-]*(?=[/\s]|$)/y;
// A line end after any shell's continuation character: lines are pasted from everywhere.
const CONTINUATION = /[\\`^]\r?\n/y;
/** What `$'…'` says byte by byte; several bytes may be one character. */
const ANSI_BYTES = /(?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}))+/y;
const ANSI_ESCAPE = /\\(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|c([@-[\]^_a-z?])|([^]))/y;
const ANSI_LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
};

/** Words of a POSIX shell's command, from `from` on. Throws a `LineError`. */
export function shWords(line: string, from: number): Word[] {
  const list = new WordList(line);
  let at = from;
  while (at < line.length) {
    const char = line.charAt(at);
    if (matchesAt(CONTINUATION, line, at)) at = CONTINUATION.lastIndex;
    else if (char === ' ' || char === '\t' || char === '\r') list.finish(at++);
    else if (/[\n;|&<>()]/.test(char) || (char === '#' && !list.isInWord)) break;
    else if (char === "'") at = single(line, at, list);
    else if (char === '"') at = double(line, at, list);
    else if (char === '$') at = dollar(line, at, list);
    else if (char === '`') at = backticks(line, at, list);
    else if (char === '\\') {
      // At the very end it continues into nothing.
      if (at + 1 < line.length) list.add(line.charAt(at + 1), at);
      at += 2;
    } else if (char === '~' && !list.isInWord && matchesAt(HOME, line, at)) {
      list.addExpansion('home', at, HOME.lastIndex);
      at = HOME.lastIndex;
    } else list.add(char, at++);
  }
  list.finish(Math.min(at, line.length));
  refuseSecondCommand(line, at);
  return list.words;
}

function single(line: string, at: number, list: WordList): number {
  const end = line.indexOf("'", at + 1);
  if (end < 0) throw unclosed("'", at, line.length);
  list.add(line.slice(at + 1, end), at);
  return end + 1;
}

function double(line: string, start: number, list: WordList): number {
  list.begin(start);
  let at = start + 1;
  while (at < line.length) {
    const char = line.charAt(at);
    const next = line.charAt(at + 1);
    if (char === '"') return at + 1;
    if (char === '\\' && /[$`"\\]/.test(next)) {
      list.add(next, at);
      at += 2;
    } else if (matchesAt(CONTINUATION, line, at) && char === '\\') at = CONTINUATION.lastIndex;
    else if (char === '$') at = variable(line, at, list);
    else if (char === '`') at = backticks(line, at, list);
    else list.add(char, at++);
  }
  throw unclosed('"', start, line.length);
}

/** A dollar outside quotes, where `$'…'` and `$"…"` are quotes too. */
function dollar(line: string, at: number, list: WordList): number {
  const next = line[at + 1];
  if (next === '"') return double(line, at + 1, list);
  return next === "'" ? ansi(line, at, list) : variable(line, at, list);
}

function variable(line: string, at: number, list: WordList): number {
  const found = dollarEnd(line, at, NAME);
  if (!found) list.add('$', at);
  else list.addExpansion(found.kind, at, found.end);
  return found?.end ?? at + 1;
}

function ansi(line: string, start: number, list: WordList): number {
  list.begin(start);
  let at = start + 2;
  while (at < line.length) {
    const char = line.charAt(at);
    if (char === "'") return at + 1;
    if (matchesAt(ANSI_BYTES, line, at)) {
      list.add(bytesText(line.slice(at, ANSI_BYTES.lastIndex)), at);
      at = ANSI_BYTES.lastIndex;
      continue;
    }
    if (char !== '\\' || !matchesAt(ANSI_ESCAPE, line, at)) {
      list.add(char, at++);
      continue;
    }
    ANSI_ESCAPE.lastIndex = at;
    const [, short, long, control, letter = ''] = ANSI_ESCAPE.exec(line) ?? [];
    const code = short ?? long;
    if (code !== undefined) list.add(character(parseInt(code, 16)), at);
    else if (control !== undefined) list.add(controlCharacter(control), at);
    else list.add(ANSI_LETTERS[letter] ?? (/[\\'"?]/.test(letter) ? letter : `\\${letter}`), at);
    at = ANSI_ESCAPE.lastIndex;
  }
  throw unclosed("$'", start, line.length);
}

function bytesText(escapes: string): string {
  const bytes = escapes
    .split('\\')
    .slice(1)
    .map((digits) => (digits.startsWith('x') ? parseInt(digits.slice(1), 16) : parseInt(digits, 8)));
  return Buffer.from(bytes).toString();
}

/** Beyond the last one there is none, and something has to stand for it. */
function character(code: number): string {
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

/** Of a letter or a sign, as on a keyboard; `?` stands for delete. */
function controlCharacter(key: string): string {
  return key === '?' ? '\x7f' : String.fromCharCode(key.charCodeAt(0) & 31);
}

function backticks(line: string, start: number, list: WordList): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '`') {
      list.addExpansion('command', start, at + 1);
      return at + 1;
    }
  }
  throw unclosed('`', start, line.length);
}

function matchesAt(pattern: RegExp, line: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(line);
}
