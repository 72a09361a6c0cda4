import type { Lines, Span } from './text';

/** A parser directive: `# escape=`, `# syntax=` or `# check=` before anything else. */
export interface Directive extends Span {
  /** In lower case. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
  readonly line: number;
}

const shape = /^(\uFEFF?[ \t]*#[ \t]*)([a-zA-Z][a-zA-Z0-9]*)([ \t]*=[ \t]*)(\S.*?)[ \t]*$/;
const known = new Set(['escape', 'syntax', 'check']);

/** The first comment that is none of the three ends the block, as does any other line. */
export function parseDirectives(lines: Lines): Directive[] {
  const found: Directive[] = [];
  for (let line = 0; line < lines.count; line += 1) {
    const match = lines.endOf(line) - lines.startOf(line) > 2000 ? null : shape.exec(lines.textOf(line));
    const [, before = '', word = '', equals = '', value = ''] = match ?? [];
    const name = word.toLowerCase();
    if (!match || !known.has(name)) break;
    const at = lines.startOf(line) + before.length;
    const valueAt = at + word.length + equals.length;
    found.push({
      name,
      nameSpan: { start: at, end: at + word.length },
      value,
      valueSpan: { start: valueAt, end: valueAt + value.length },
      line,
      start: lines.startOf(line),
      end: lines.endOf(line),
    });
  }
  return found;
}

/** The character that continues a line; BuildKit takes nothing but these two. */
export function escapeOf(directives: readonly Directive[]): '\\' | '`' {
  return directives.find(({ name }) => name === 'escape')?.value === '`' ? '`' : '\\';
}

/** What a `check=` directive, or a `# check=` comment above an instruction, says. */
export interface CheckOptions {
  readonly skip: readonly string[];
  readonly experimental: readonly string[];
  readonly error: boolean;
  /** What BuildKit would refuse, as it stands there. */
  readonly unknown: readonly string[];
}

export function parseCheck(value: string): CheckOptions {
  const options = {
    skip: [] as string[],
    experimental: [] as string[],
    error: false,
    unknown: [] as string[],
  };
  for (const part of value.split(';').map((text) => text.trim())) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(equals, 0)).trim();
    const words = part.slice(equals + 1).trim();
    const list = words.split(',').map((rule) => rule.trim());
    if (key === 'skip') options.skip.push(...list);
    else if (key === 'experimental') options.experimental.push(...list);
    else if (key === 'error' && /^(true|false|t|f|1|0)$/i.test(words)) options.error = /^(t|1)/i.test(words);
    else options.unknown.push(part);
  }
  return options;
}
