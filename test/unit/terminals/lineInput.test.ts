import { expect, test } from 'vitest';
import { LineInput } from '../../../src/terminals/lineInput';

function input() {
  const seen = { shown: '', sent: [] as string[], ended: 0, interrupts: 0 };
  const lines = new LineInput({
    show: (text) => (seen.shown += text),
    line: (text) => seen.sent.push(text),
    end: () => seen.ended++,
    interrupt: () => seen.interrupts++,
  });
  return { seen, lines };
}

test('what is typed is shown, and sent as a line', () => {
  const { seen, lines } = input();
  for (const key of 'hé\r') lines.push(key);
  expect(seen).toMatchObject({ shown: 'hé\r\n', sent: ['hé\n'] });
});

test('a line can be mended before it is sent', () => {
  const { seen, lines } = input();
  lines.push('cax\x7ft\r');
  lines.push('nonsense\x15ok\r');
  lines.push('\x7f\r');
  expect(seen.sent).toEqual(['cat\n', 'ok\n', '\n']);
  expect(seen.shown).toContain('cax\b \bt');
});

test('several lines that are pasted are several lines', () => {
  const { seen, lines } = input();
  lines.push('one\rtwo\rthr');
  expect(seen.sent).toEqual(['one\n', 'two\n']);
});

test('Ctrl+D sends what is there, and ends an empty line for good', () => {
  const { seen, lines } = input();
  lines.push('half\x04');
  expect(seen).toMatchObject({ sent: ['half'], ended: 0 });
  lines.push('\x04');
  lines.push('more\r');
  expect(seen).toMatchObject({ sent: ['half'], ended: 1 });
});

test('Ctrl+C interrupts, also after the end of the input', () => {
  const { seen, lines } = input();
  lines.push('typed\x03\r');
  lines.push('\x04\x03');
  expect(seen).toMatchObject({ sent: ['\n'], interrupts: 2, ended: 1 });
});

test('arrows and function keys mean nothing here', () => {
  const { seen, lines } = input();
  lines.push('a\x1b[A\x1b[1;5C\x1bOPb\r');
  expect(seen.sent).toEqual(['ab\n']);
});
