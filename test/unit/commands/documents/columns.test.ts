import { expect, test } from 'vitest';
import { columns } from '../../../../src/commands/documents/columns';

test('columns are as wide as their widest cell, and lines have no blanks at their end', () => {
  const rows = [
    ['1', 'root', 'sh'],
    ['12345', '', 'sleep 1000 --and more'],
  ];
  expect(columns(['PID', 'USER', 'CMD'], rows)).toBe(
    ['PID     USER   CMD', '1       root   sh', '12345          sleep 1000 --and more', ''].join('\n'),
  );
});

test('cells are measured in characters, not in halves of them', () => {
  expect(columns(['A', 'B'], [['🐳', 'x']])).toBe('A   B\n🐳   x\n');
});

test('no rows leave the titles', () => {
  expect(columns(['PID', 'CMD'], [])).toBe('PID   CMD\n');
});
