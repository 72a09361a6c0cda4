import { expect, test } from 'vitest';
import type { Shows } from '../../../../webview/logs/chunk';
import { countFound, nextFound } from '../../../../webview/logs/find';
import { CONTINUATION, STDERR, withLevel, type Level } from '../../../../webview/logs/meta';
import { judge, queryProblem, rangesIn } from '../../../../webview/logs/query';
import { LogStore } from '../../../../webview/logs/store';
import { Classifier } from '../../../../webview/logs/worker/classify';

const ALL: Shows = {
  matching: false,
  inverse: false,
  levels: new Set(),
  streams: 'both',
  hidden: new Set(),
  fold: true,
};

function lines(texts: readonly string[], meta: (index: number) => number = () => 0, from = 0) {
  return {
    text: new TextEncoder().encode(texts.map((text) => `${text}\n`).join('')),
    times: Float64Array.from(texts, (_, index) => from + index),
    meta: Uint16Array.from(texts, (_, index) => meta(index)),
  };
}

function shown(store: LogStore): string[] {
  return Array.from({ length: store.rowCount }, (_, row) => {
    const place = store.at(row);
    return place ? place.chunk.text(place.line) : '?';
  });
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i}`);

test('lines in their order, over many chunks, whatever lies between', () => {
  const store = new LogStore(ALL);
  for (let from = 0; from < 30_000; from += 700)
    store.add(lines(numbered(from, Math.min(30_000, from + 700))), false);
  expect(store.chunks.length).toBeGreaterThan(3);
  expect(store.rowCount).toBe(30_000);
  const place = store.at(20_123);
  expect(place?.chunk.text(place.line)).toBe('line 20123');
  expect(place && store.rowOf(place)).toBe(20_123);
  expect(store.at(30_000)).toBeUndefined();
  expect(store.at(-1)).toBeUndefined();
});

test('older lines go before, those of one reading behind each other, those of the next before them', () => {
  const store = new LogStore(ALL);
  store.add(lines(['e']), false);
  const anchor = store.at(0);
  store.add(lines(['c']), true);
  store.add(lines(['f']), false);
  store.add(lines(['d']), true);
  store.olderDone();
  store.add(lines(['a']), true);
  store.add(lines(['b']), true);
  expect(shown(store)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(anchor && store.rowOf(anchor)).toBe(4);
});

test('older lines of more than a chunk stay in their order', () => {
  const store = new LogStore(ALL);
  store.add(lines(['last']), false);
  for (let from = 0; from < 20_000; from += 4000) store.add(lines(numbered(from, from + 4000)), true);
  expect(store.chunks.length).toBeGreaterThan(2);
  expect(shown(store)).toEqual([...numbered(0, 20_000), 'last']);
});

test('memory is bounded: the oldest go, and it is known', () => {
  const store = new LogStore(ALL, { lines: 20_000, bytes: 1e9 });
  for (let from = 0; from < 50_000; from += 1000) store.add(lines(numbered(from, from + 1000)), false);
  expect(store.count).toBeLessThanOrEqual(20_000);
  expect(store.dropped).toBe(true);
  expect(shown(store).at(-1)).toBe('line 49999');
  expect(shown(store)[0]).toBe(`line ${50_000 - store.count}`);
});

test('levels, streams and containers hide lines; a divider is of a container, and no level', () => {
  const store = new LogStore(ALL);
  const meta = [withLevel(0, 'error'), withLevel(STDERR, 'info'), 1 << 6, 2 | (1 << 6)];
  store.add(
    lines(['error', 'info', 'other', 'divider'], (i) => meta[i] ?? 0),
    false,
  );
  const look = (part: Partial<Shows>) => {
    store.show({ ...ALL, ...part });
    return shown(store);
  };
  expect(look({ levels: new Set<Level>(['error']) })).toEqual(['error', 'divider']);
  expect(look({ streams: 'stderr' })).toEqual(['info', 'divider']);
  expect(look({ streams: 'stdout' })).toEqual(['error', 'other', 'divider']);
  expect(look({ hidden: new Set([1]) })).toEqual(['error', 'info']);
  expect(look({})).toHaveLength(4);
});

test('what a filter looks for, and what has not been looked at yet', () => {
  const store = new LogStore({ ...ALL, matching: true });
  const { chunk } = store.add(lines(['apple', 'pear', 'Apple pie']), false);
  expect(shown(store)).toEqual([]);
  const query = { text: 'apple', regex: false, matchCase: false };
  chunk.matched = judge('apple\npear\nApple pie\n', 3, query) as typeof chunk.matched;
  store.showChunk(chunk);
  expect(shown(store)).toEqual(['apple', 'Apple pie']);
  store.show({ ...ALL, matching: true, inverse: true });
  expect(shown(store)).toEqual(['pear']);
  store.add(lines(['plum']), false);
  expect(shown(store)).toEqual(['pear']);
});

test('a stack trace is folded and unfolded, also over the end of a chunk', () => {
  const store = new LogStore(ALL);
  const texts = numbered(0, 8190);
  store.add(
    lines([...texts, 'Error', 'at 1'], (i) => (i > 8190 ? CONTINUATION : 0)),
    false,
  );
  store.add(
    lines(['at 2', 'at 3', 'after'], (i) => (i < 2 ? CONTINUATION : 0)),
    false,
  );
  expect(store.chunks).toHaveLength(2);
  expect(shown(store).slice(-2)).toEqual(['Error', 'after']);
  const head = store.at(8190);
  if (!head) throw new Error('no head');
  expect(store.continued(head)).toBe(3);
  store.unfold(head, true);
  expect(shown(store).slice(-5)).toEqual(['Error', 'at 1', 'at 2', 'at 3', 'after']);
  const inside = store.at(8193);
  if (inside) store.unfold(inside, false);
  expect(shown(store).slice(-2)).toEqual(['Error', 'after']);
});

test('a text is found in any case, an expression line by line, and neither beyond the end of a line', () => {
  const text = 'one two\nTwo\n\nthree.\n';
  const flags = (query: string, regex = false, matchCase = false) =>
    [...judge(text, 4, { text: query, regex, matchCase })].join('');
  expect(flags('two')).toBe('1100');
  expect(flags('two', false, true)).toBe('1000');
  expect(flags('.')).toBe('0001');
  expect(flags('^two$', true)).toBe('0100');
  expect(flags('two\\s', true)).toBe('0000');
  expect(flags('^$', true)).toBe('0010');
  expect(flags('[^x]{9}', true)).toBe('0000');
  expect(judge('\x1b[31mre\x1b[0md\n', 1, { text: 'red', regex: false, matchCase: true })[0]).toBe(1);
  expect(rangesIn('aXbx', { text: 'x', regex: false, matchCase: false })).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(rangesIn('abc', { text: 'x*', regex: true, matchCase: false })).toEqual([]);
  expect(queryProblem({ text: '(', regex: true, matchCase: false })).toMatch(/./);
  expect(queryProblem({ text: '(', regex: false, matchCase: false })).toBeUndefined();
});

test('the next that was found, in both directions, once around', () => {
  const store = new LogStore(ALL);
  const { chunk } = store.add(lines(['x', 'a', 'x', 'b']), false);
  chunk.found = new Uint8Array([1, 0, 1, 0]);
  expect(nextFound(store, 1, 1)?.line).toBe(2);
  expect(nextFound(store, 3, 1)?.line).toBe(0);
  expect(nextFound(store, 1, -1)?.line).toBe(0);
  expect(nextFound(store, -1, -1)?.line).toBe(2);
  expect(countFound(store, { chunk, line: 2 })).toEqual({ count: 2, index: 2 });
  chunk.found = new Uint8Array(4);
  expect(nextFound(store, 0, 1)).toBeUndefined();
});

test('a trace has the level of what it belongs to, and ends where another container speaks', () => {
  const classifier = new Classifier();
  const meta = new Uint16Array([0, 0, 1 << 6, 0]);
  classifier.classify('Error: x\n    at a\nother\n    at b\n', meta);
  expect([...meta].map((one) => (one & CONTINUATION) !== 0)).toEqual([false, true, false, false]);
  expect([...meta].map((one) => (one >> 3) & 7)).toEqual([4, 4, 0, 4]);
});

test('the first line of a time', () => {
  const store = new LogStore(ALL);
  store.add(lines(numbered(0, 10), undefined, 100), false);
  expect(store.rowAtTime(0)).toBe(0);
  expect(store.rowAtTime(104.5)).toBe(5);
  expect(store.rowAtTime(1000)).toBe(9);
});
