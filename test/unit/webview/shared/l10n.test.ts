import { expect, test } from 'vitest';
import { fill, moment } from '../../../../webview/shared/l10n';

test('values go where their number is, as they are', () => {
  expect(fill('{1} of {0}', 'b', '<a>')).toBe('<a> of b');
  expect(fill('{0} {2}', 'x')).toBe('x {2}');
  expect(fill('{0}', '{1}', 'no')).toBe('{1}');
});

test('a moment of today has no date, another one has', () => {
  const now = new Date(2026, 0, 15, 12, 0, 0).getTime();
  expect(moment(now - 3_600_000, now, 'de')).toBe('11:00:00');
  expect(moment(now - 86_400_000, now, 'de')).toBe('14.01.2026, 12:00');
});
