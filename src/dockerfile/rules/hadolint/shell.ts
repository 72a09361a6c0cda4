/** A word of a command, without its quotes, and where it stands in the text. */
export interface ShellWord {
  readonly text: string;
  readonly at: number;
  readonly to: number;
}

/** A simple command: what is run, with its arguments; assignments in front and redirections left aside. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** Its output goes to the next one through `|`. */
  readonly piped: boolean;
  /** Where it ends, before what separates it from the next. */
  readonly to: number;
}

/** Words that open or close what is around commands. */
const reserved = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'while',
  'until',
  '{',
  '}',
  '!',
  'esac',
  'time',
]);
const assignment = /^[A-Za-z_]\w*\+?=/;
const deepest = 10;

/** The commands of a shell's text, those in `$(...)` and in parentheses included, in one pass. */
export function parseShell(text: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  read(text, 0, text.length, commands, 0);
  return commands;
}

function read(text: string, from: number, to: number, commands: ShellCommand[], depth: number): void {
  let words: ShellWord[] = [];
  /** How many `case` are open, and whether what comes next is a pattern of one: its `|` is no pipe. */
  let cases = 0;
  let pattern = false;
  const finish = (at: number, piped: boolean): void => {
    let first = 0;
    while (
      first < words.length &&
      (reserved.has(words[first]?.text ?? '') || assignment.test(words[first]?.text ?? ''))
    )
      first += 1;
    if (first < words.length) commands.push({ words: words.slice(first), piped, to: words.at(-1)?.to ?? at });
    words = [];
  };
  let at = from;
  while (at < to) {
    const char = text.charAt(at);
    if (char === ' ' || char === '\t' || char === '\r') at += 1;
    else if (char === '\\' && /[\r\n]/.test(text.charAt(at + 1))) at += 2;
    else if (char === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? to : end;
    } else if (pattern && !text.startsWith('esac', at)) {
      while (at < to && text.charAt(at) !== ')')
        at = Math.max(readWord(text, at, to, [], deepest).to, at + 1);
      pattern = false;
      at += 1;
    } else if (char === '\n' || char === ';' || char === '(' || char === ')') {
      finish(at, false);
      pattern = cases > 0 && text.startsWith(';;', at);
      at += pattern ? 2 : 1;
    } else if (char === '&' || char === '|') {
      const twice = text.charAt(at + 1) === char;
      finish(at, char === '|' && !twice);
      at += twice || text.charAt(at + 1) === '&' ? 2 : 1;
    } else if (char === '<' || char === '>' || (/\d/.test(char) && /^\d+[<>]/.test(text.slice(at, at + 4)))) {
      while (at < to && /[\d<>&|-]/.test(text.charAt(at))) at += 1;
      while (at < to && /[ \t]/.test(text.charAt(at))) at += 1;
      if (!/[\n;|&)]/.test(text.charAt(at))) at = Math.max(readWord(text, at, to, commands, depth).to, at);
    } else {
      const word = readWord(text, at, to, commands, depth);
      words.push(word);
      at = Math.max(word.to, at + 1);
      if (word.text === 'esac' && words.length === 1) {
        cases = Math.max(cases - 1, 0);
        pattern = false;
      } else if (word.text === 'in' && words.at(-3)?.text === 'case') {
        cases += 1;
        pattern = true;
        words = [];
      }
    }
  }
  finish(to, false);
}

function readWord(text: string, at: number, to: number, commands: ShellCommand[], depth: number): ShellWord {
  const start = at;
  let out = '';
  let quote = '';
  for (; at < to; at += 1) {
    const char = text.charAt(at);
    if (quote === '' && /[\s;&|()<>]/.test(char)) break;
    if (char === '\\' && quote !== "'") {
      out += text.charAt(at + 1);
      at += 1;
    } else if (char === "'" || char === '"') {
      if (quote === '') quote = char;
      else if (quote === char) quote = '';
      else out += char;
    } else if (char === '$' && quote !== "'" && /[({]/.test(text.charAt(at + 1))) {
      const end = closing(text, at + 1, to);
      const arithmetic = text.startsWith('((', at + 1);
      if (text.charAt(at + 1) === '(' && !arithmetic && depth < deepest)
        read(text, at + 2, end, commands, depth + 1);
      out += text.slice(at, end + 1);
      at = end;
    } else out += char;
  }
  return { text: out, at: start, to: Math.min(at, to) };
}

/** The bracket that closes the one at `at`. */
function closing(text: string, at: number, to: number): number {
  const open = text.charAt(at);
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  let quote = '';
  for (; at < to; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === open) depth += 1;
    else if (char === close && --depth === 0) return at;
  }
  return to;
}
