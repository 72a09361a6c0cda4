import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { Screen } from '../../../src/terminals/screen';

function screenOf(signal = new AbortController().signal) {
  const screen = new Screen(signal);
  const written: string[] = [];
  screen.onDidWrite((text) => void written.push(text));
  return { screen, written };
}

test('characters that are split over writes arrive whole', async () => {
  const { screen, written } = screenOf();
  for (const byte of Buffer.from('a🐳é')) await screen.write(Buffer.of(byte));
  expect(written.join('')).toBe('a🐳é');
});

test('a slice never ends within a character', async () => {
  const { screen, written } = screenOf();
  await screen.write(Buffer.from(`x${'🐳'.repeat(20_000)}`));
  expect(written.length).toBeGreaterThan(1);
  expect(written.filter((slice) => /[\ud800-\udbff]$/.test(slice))).toEqual([]);
  expect(written.join('')).toBe(`x${'🐳'.repeat(20_000)}`);
});

test('much output takes its time, so that its source waits and the host stays free', async () => {
  const { screen, written } = screenOf();
  let turns = 0;
  const others = setInterval(() => turns++, 0);
  const began = performance.now();
  await screen.write(Buffer.alloc(1024 * 1024, 'x'));
  clearInterval(others);
  expect(performance.now() - began).toBeGreaterThan(200);
  expect(turns).toBeGreaterThan(16);
  expect(Math.max(...written.map(({ length }) => length))).toBeLessThanOrEqual(16 * 1024);
});

test('a little output is shown at once', () => {
  const { screen, written } = screenOf();
  void screen.write(Buffer.from('hello'));
  expect(written).toEqual(['hello']);
});

test('nothing is shown, and nobody waits, after the terminal was closed', async () => {
  const abort = new AbortController();
  const { screen, written } = screenOf(abort.signal);
  const writing = screen.write(Buffer.alloc(10 * 1024 * 1024, 'x'));
  abort.abort();
  await writing;
  expect(written.join('').length).toBeLessThan(1024 * 1024);
});

test('lines of a log end as a terminal wants it', async () => {
  const { screen, written } = screenOf();
  await screen.lines(['one', 'two']);
  expect(written.join('')).toBe('one\r\ntwo\r\n');
});
