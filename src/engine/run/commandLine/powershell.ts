import { dollarEnd, refuseSecondCommand, unclosed, WordList, type Word } from './words';

const NAME = /(?:[A-Za-z]+:)?[A-Za-z0-9_]+|[$?^]/y;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  0: '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
};

/** Words of a PowerShell command, from `from` on. Throws a `LineError`. */
export function powershellWords(line: string, from: number): Word[] {
  const list = new WordList(line);
  let at = from;
  while (at < line.length) {
    const char = line.charAt(at);
    const lineEnd = /^\r?\n/.exec(line.slice(at + 1, at + 3))?.[0];
    if ((char === '`' || char === '\\') && lineEnd !== undefined) at += 1 + lineEnd.length;
    else if (char === ' ' || char === '\t' || char === '\r') list.finish(at++);
    else if (/[\n;|&<>(){}]/.test(char) || (char === '#' && !list.isInWord)) break;
    else if (char === "'") at = single(line, at, list);
    else if (char === '"') at = double(line, at, list);
    else if (char === '$') at = variable(line, at, list);
    else if (char === '`') {
      const escaped = line.charAt(at + 1);
      list.add(ESCAPES[escaped] ?? escaped, at);
      at += 2;
    } else if (char === '~' && !list.isInWord && /^~(?:[/\\\s]|$)/.test(line.slice(at, at + 2))) {
      list.addExpansion('home', at, ++at);
    } else list.add(char, at++);
  }
  list.finish(Math.min(at, line.length));
  refuseSecondCommand(line, at);
  return list.words;
}

function single(line: string, start: number, list: WordList): number {
  list.begin(start);
  let at = start + 1;
  for (;;) {
    const end = line.indexOf("'", at);
    if (end < 0) throw unclosed("'", start, line.length);
    list.add(line.slice(at, end), at);
    if (line[end + 1] !== "'") return end + 1;
    list.add("'", end);
    at = end + 2;
  }
}

function double(line: string, start: number, list: WordList): number {
  list.begin(start);
  let at = start + 1;
  while (at < line.length) {
    const char = line.charAt(at);
    const next = line.charAt(at + 1);
    if (char === '"' && next !== '"') return at + 1;
    if (char === '$') at = variable(line, at, list);
    else if (char === '"' || char === '`') {
      list.add(char === '"' ? next : (ESCAPES[next] ?? next), at);
      at += 2;
    } else list.add(char, at++);
  }
  throw unclosed('"', start, line.length);
}

function variable(line: string, at: number, list: WordList): number {
  const found = dollarEnd(line, at, NAME);
  if (!found) list.add('$', at);
  else list.addExpansion(found.kind, at, found.end);
  return found?.end ?? at + 1;
}
