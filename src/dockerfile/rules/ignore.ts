/** One line of a `.dockerignore`. */
interface Pattern {
  readonly matches: RegExp;
  readonly negated: boolean;
}

export interface IgnoreFile {
  readonly patterns: readonly Pattern[];
  readonly raw: readonly string[];
  readonly hasExceptions: boolean;
}

let last: { readonly text: string; readonly file: IgnoreFile } | undefined;

/** The same file is asked for at every keystroke, and may be long. */
export function ignoreOf(text: string): IgnoreFile {
  if (last?.text !== text) last = { text, file: parseIgnore(text) };
  return last.file;
}

/** Reads an ignore file as Docker does: comments, `!`, `**`, a pattern also ignores what is below it. */
export function parseIgnore(text: string): IgnoreFile {
  const raw: string[] = [];
  const patterns: Pattern[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const trimmed = line.trim();
    if (trimmed === '') continue;
    const negated = trimmed.startsWith('!');
    const pattern = clean(negated ? trimmed.slice(1).trim() : trimmed);
    raw.push(negated ? `!${pattern}` : pattern);
    if (pattern.length > 1000) continue;
    const matches = toRegExp(pattern);
    if (matches) patterns.push({ matches, negated });
  }
  return { patterns, raw, hasExceptions: patterns.some(({ negated }) => negated) };
}

/** A path as the context names it: without `./`, `..`, and slashes around it. */
export function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** The last pattern that matches the path or a folder above it decides. */
export function isIgnored(patterns: readonly Pattern[], path: string): boolean {
  const parts = clean(path).split('/');
  const prefixes = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  let ignored = false;
  for (const { matches, negated } of patterns) {
    if (negated === ignored && prefixes.some((prefix) => matches.test(prefix))) ignored = !negated;
  }
  return ignored;
}

function toRegExp(pattern: string): RegExp | undefined {
  let out = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (pattern.startsWith('**', at)) {
      while (pattern.charAt(at + 1) === '*') at += 1;
      if (pattern.charAt(at + 1) === '/') {
        at += 1;
        if (!out.endsWith('(?:.*/)?')) out += '(?:.*/)?';
      } else out += '.*';
    } else if (char === '*') out += '[^/]*';
    else if (char === '?') out += '[^/]';
    else if (char === '[') {
      const close = pattern.indexOf(']', at + 2);
      if (close < 0) return undefined;
      out += pattern.slice(at, close + 1).replace(/^\[!/, '[^');
      at = close;
    } else if (char === '\\') {
      at += 1;
      out += escapeChar(pattern.charAt(at));
    } else out += escapeChar(char);
  }
  try {
    return new RegExp(`^${out}$`);
  } catch {
    return undefined;
  }
}

const escapeChar = (char: string): string => char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
