import type { LineRange } from './output';

/** One instruction of a Dockerfile. */
export interface Instruction extends LineRange {
  /** In capitals. */
  readonly keyword: string;
  /** The whole of it on one line, without comments. */
  readonly text: string;
}

const DIRECTIVE = /^#\s*([a-z][a-z0-9]*)\s*=\s*(.+?)\s*$/i;
const COMMENT = /^\s*#/;
const TAKES_HEREDOC = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i;
const HEREDOC = /(?:^|\s)\d*<<(-?)(["']?)(\w+)\2(?=\s|$)/g;

/**
 * The instructions of a Dockerfile and their lines: continuation lines, the `escape` directive, comments and blank lines
 * within an instruction as in BuildKit's `frontend/dockerfile/parser`. `heredocs`: whether the builder knows them.
 */
export function scanDockerfile(text: string, { heredocs }: { readonly heredocs: boolean }): Instruction[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const escape = escapeOf(lines);
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const first = lines[at] ?? '';
    if (first.trim() === '' || COMMENT.test(first)) continue;
    const start = at;
    let end = at;
    let { text: whole, goesOn } = uncontinued(first, escape);
    while (goesOn && at + 1 < lines.length) {
      const next = lines[++at] ?? '';
      if (next.trim() === '' || COMMENT.test(next)) continue;
      const part = uncontinued(next, escape);
      whole += part.text;
      goesOn = part.goesOn;
      end = at;
    }
    whole = whole.trim();
    // A line of nothing but the escape.
    if (whole === '') continue;
    if (heredocs) end = at = heredocEnd(whole, lines, at, end);
    found.push({
      keyword: (/^\S+/.exec(whole)?.[0] ?? '').toUpperCase(),
      text: whole,
      line: start + 1,
      endLine: end + 1,
    });
  }
  return found;
}

/** Directives stand at the very top; whatever else comes ends them. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name = '', value = ''] = DIRECTIVE.exec(line.trimStart()) ?? [];
    if (name === '') break;
    if (name.toLowerCase() === 'escape') return value;
  }
  return '\\';
}

/** The line without the escape at its end that carries it on. */
function uncontinued(line: string, escape: string): { text: string; goesOn: boolean } {
  const trimmed = line.trimEnd();
  return trimmed.endsWith(escape)
    ? { text: trimmed.slice(0, -escape.length), goesOn: true }
    : { text: line, goesOn: false };
}

/** The index of the last line of the heredocs that an instruction opens; `end` where it opens none. */
function heredocEnd(text: string, lines: readonly string[], at: number, end: number): number {
  if (!TAKES_HEREDOC.test(text)) return end;
  let last = end;
  let from = at + 1;
  for (const [, dash = '', , name = ''] of text.matchAll(HEREDOC)) {
    const closes = (line: string): boolean => (dash === '' ? line : line.replace(/^\t+/, '')) === name;
    last = from;
    while (last < lines.length - 1 && !closes(lines[last] ?? '')) last++;
    from = last + 1;
  }
  return last;
}

/** Whether an instruction opens a heredoc, for a builder that does not know them. */
export function opensHeredoc({ text }: Instruction): boolean {
  return TAKES_HEREDOC.test(text) && text.search(HEREDOC) >= 0;
}

/** The instruction that a line belongs to. */
export function instructionAt(instructions: readonly Instruction[], line: number): Instruction | undefined {
  return instructions.find((instruction) => instruction.line <= line && line <= instruction.endLine);
}
