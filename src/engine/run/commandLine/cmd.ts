import { refuseSecondCommand, unclosed, WordList, type Word } from './words';

const VARIABLE = /%[A-Za-z_][^%\r\n=]*%/y;
const CONTINUATION = /[\^\\`]\r?\n/y;

/** What is left of a line when cmd is done with it: single characters, or a variable it would replace. */
interface Unit {
  readonly text: string;
  readonly at: number;
}

/**
 * Words of a command for Windows' cmd, from `from` on: first what cmd makes of carets, then the rules by which a program splits
 * what it is given (`CommandLineToArgvW`). Two walks, for the two count quotes differently. Throws a `LineError`.
 */
export function cmdWords(line: string, from: number): Word[] {
  const { units, end } = withoutCarets(line, from);
  const list = new WordList(line);
  let quote = -1;
  for (let index = 0; index < units.length; index++) {
    const { text, at } = units[index] ?? { text: '', at: end };
    if (text === '\\') {
      let count = 1;
      while (units[index + count]?.text === '\\') count++;
      // Before a quote two of them stand for one, and an odd one makes the quote a character.
      const isBeforeQuote = units[index + count]?.text === '"';
      list.add('\\'.repeat(isBeforeQuote ? count >> 1 : count), at);
      index += count - 1;
      if (isBeforeQuote && count % 2 === 1) list.add('"', units[++index]?.at ?? at);
    } else if (text === '"') {
      list.begin(at);
      if (quote >= 0 && units[index + 1]?.text === '"') list.add('"', units[++index]?.at ?? at);
      else quote = quote < 0 ? at : -1;
    } else if (quote < 0 && /^[ \t\r]$/.test(text)) list.finish(at);
    else if (text.length > 1) list.addExpansion('variable', at, at + text.length);
    else list.add(text, at);
  }
  if (quote >= 0) throw unclosed('"', quote, line.length);
  list.finish(end);
  refuseSecondCommand(line, end);
  return list.words;
}

function withoutCarets(line: string, from: number): { units: Unit[]; end: number } {
  const units: Unit[] = [];
  let isQuoted = false;
  let at = from;
  while (at < line.length) {
    const char = line.charAt(at);
    if (char === '"') isQuoted = !isQuoted;
    if (!isQuoted && matchesAt(CONTINUATION, line, at)) at = CONTINUATION.lastIndex;
    else if (!isQuoted && char === '^') {
      units.push({ text: line.charAt(at + 1), at });
      at += 2;
    } else if (char === '\n' || (!isQuoted && /[|&<>]/.test(char))) break;
    else if (matchesAt(VARIABLE, line, at)) {
      units.push({ text: line.slice(at, VARIABLE.lastIndex), at });
      at = VARIABLE.lastIndex;
    } else units.push({ text: char, at: at++ });
  }
  return { units, end: Math.min(at, line.length) };
}

function matchesAt(pattern: RegExp, line: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(line);
}
