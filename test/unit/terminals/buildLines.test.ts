import { expect, test } from 'vitest';
import type { BuildEvent, BuildStep } from '../../../src/engine/build/output';
import { BuildLines } from '../../../src/terminals/buildLines';

const words = {
  cached: 'CACHED',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
  warning: (text: string, line: number | undefined) => `WARNING ${text} ${line ?? '-'}`,
};

/** What is shown, without its colours. */
function shown(events: readonly BuildEvent[]): string[] {
  const lines = new BuildLines(words);
  // An escape may not stand in a literal.
  const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d*m`, 'g');
  return events.flatMap((event) => lines.of(event)).map((line) => line.replace(colours, ''));
}

const step = (id: number, more: Partial<BuildStep> = {}): BuildStep => ({
  id: String(id),
  number: id,
  total: 3,
  text: `RUN ${id}`,
  state: 'running',
  ...more,
});
const say = (id: number | undefined, text: string): BuildEvent => ({
  kind: 'log',
  step: id === undefined ? undefined : step(id),
  stream: 'stdout',
  text,
});

test('each step has its heading, and below it what it writes', () => {
  expect(
    shown([
      say(undefined, 'before'),
      { kind: 'step', step: step(1) },
      say(1, 'one'),
      { kind: 'step', step: step(1, { state: 'done', duration: 12_345 }) },
      { kind: 'step', step: step(2) },
      { kind: 'step', step: step(2, { state: 'cached', duration: 5 }) },
      { kind: 'step', step: step(3) },
      { kind: 'step', step: step(3, { state: 'failed' }) },
    ]),
  ).toEqual([
    'before',
    '',
    '[1/3] RUN 1',
    'one',
    '12.3 s',
    '',
    '[2/3] RUN 2',
    'CACHED',
    '',
    '[3/3] RUN 3',
    'FAILED',
  ]);
});

test('steps that run at the same time take turns under their headings', () => {
  const [a, b] = [
    { stage: 'a', number: 1 },
    { stage: 'b', number: 1 },
  ] as const;
  expect(
    shown([
      { kind: 'step', step: step(1, a) },
      { kind: 'step', step: step(2, b) },
      { kind: 'log', step: step(1, a), stream: 'stderr', text: 'from a' },
      { kind: 'step', step: step(2, { ...b, state: 'done', duration: 10 }) },
      { kind: 'log', step: step(1, a), stream: 'stdout', text: 'more' },
    ]),
  ).toEqual(['', '[a 1/3] RUN 1', '', '[b 1/3] RUN 2', '', '[a 1/3] RUN 1', 'from a', 'more']);
});

test('what is no instruction has no number', () => {
  const exporting: BuildStep = { id: 'x', text: 'exporting to image', state: 'running' };
  expect(shown([{ kind: 'step', step: exporting }])).toEqual(['', 'exporting to image']);
});

test('progress is no line; a warning is one', () => {
  expect(
    shown([
      { kind: 'context', files: 1, bytes: 2 },
      { kind: 'progress', step: undefined, text: 'x' },
      { kind: 'warning', warning: { text: 'a\nb', lines: { line: 4, endLine: 5 } } },
    ]),
  ).toEqual(['WARNING a b 4']);
});

test('a name cannot colour or move anything', () => {
  expect(
    shown([{ kind: 'step', step: step(1, { text: 'RUN \u001b]0;title\u0007 \u001b[2J x\r\ny' }) }])[1],
  ).toBe('[1/3] RUN ]0;title [2J x y');
});
