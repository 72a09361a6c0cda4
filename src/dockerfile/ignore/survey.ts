import { setImmediate } from 'node:timers/promises';
import { IgnoreRules } from '../../engine/build/ignore';
import { selectionOf } from '../../engine/build/selection';
import { hostTree } from '../../engine/files/hostTree';

/** What an ignore file leaves of a folder. */
export interface Survey {
  readonly files: number;
  readonly bytes: number;
  /** There are more, which were not counted. */
  readonly cut: boolean;
  /** The lines, from 0, whose patterns match nothing. */
  readonly unused: readonly number[];
}

/** More names than these are not looked at; more lines are not asked whether they match. */
const mostNames = 50_000;
const mostLines = 500;
const breath = 200;

interface Line {
  readonly line: number;
  readonly rules: IgnoreRules;
}

/** Walks the folder as a build does, and through what is ignored as long as a pattern has matched nothing. */
export async function survey(folder: string, text: string, signal: AbortSignal): Promise<Survey> {
  const choose = selectionOf(IgnoreRules.parse(text));
  let waiting = linesOf(text);
  let names = 0;
  let files = 0;
  let bytes = 0;
  const tree = hostTree({ path: folder, name: '' }, (name) => {
    names += 1;
    if (names > mostNames) return 'skip';
    waiting = waiting.filter(({ rules }) => !rules.ignores(name, []).ignored);
    const choice = choose(name);
    return choice === 'skip' && waiting.length > 0 ? 'enter' : choice;
  });
  let seen = 0;
  for (const item of tree) {
    seen += 1;
    if (seen % breath === 0 || item === undefined) {
      await setImmediate();
      signal.throwIfAborted();
    }
    if (item?.entry && item.entry.type !== 'directory') files += 1;
    if (item?.entry?.type === 'file') bytes += item.entry.size ?? 0;
  }
  const cut = names > mostNames;
  return { files, bytes, cut, unused: cut ? [] : waiting.map(({ line }) => line) };
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const [line, whole] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const pattern = whole.trim().replace(/^!\s*/, '');
    // What only says where the context is matches nothing by itself, and is no mistake.
    if (whole.startsWith('#') || /^[./]*$/.test(pattern)) continue;
    // A `#` that is no comment where it stands must not become one.
    lines.push({ line, rules: IgnoreRules.parse(pattern.startsWith('#') ? `/${pattern}` : pattern) });
    if (lines.length > mostLines) return [];
  }
  return lines;
}
