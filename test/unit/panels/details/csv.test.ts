import { expect, test } from 'vitest';
import { toCsv } from '../../../../src/panels/details/csv';
import { point } from '../../webview/stats/point';

test('samples and events stand in the order of time, unknown numbers are empty', () => {
  const csv = toCsv(
    [point(1000), { ...point(3000), netRx: undefined }],
    [{ time: 2000, kind: 'die', detail: '137' }],
  );
  const rows = csv.trimEnd().split('\n');
  expect(rows.map((row) => row.split(',')[0])).toEqual([
    'time',
    '1970-01-01T00:00:01.000Z',
    '1970-01-01T00:00:02.000Z',
    '1970-01-01T00:00:03.000Z',
  ]);
  expect(new Set(rows.map((row) => row.split(',').length)).size).toBe(1);
  expect(rows[2]).toMatch(/,die 137$/);
  expect(rows[3]?.split(',')[rows[0]?.split(',').indexOf('netRx') ?? 0]).toBe('');
});

test('nothing in a cell can begin another, or be a formula', () => {
  const csv = toCsv([], [{ time: 0, kind: 'health', detail: 'x,"=cmd()\n' }]);
  expect(csv.split('\n')).toHaveLength(3);
  expect(csv).toMatch(/,health xcmd\n$/);
});
