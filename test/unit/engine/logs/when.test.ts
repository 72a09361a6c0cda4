import { expect, it } from 'vitest';
import { parseWhen } from '../../../../src/engine/logs/when';

const NOW = Date.UTC(2025, 0, 31, 12, 0, 0);
const at = (iso: string): string => String(Date.parse(iso) / 1000);

it.each([
  ['1714979289', '1714979289'],
  ['1714979289.000000001', '1714979289.000000001'],
  [' 10m ', `${at('2025-01-31T11:50:00Z')}.000`],
  ['1h30m', `${at('2025-01-31T10:30:00Z')}.000`],
  ['1.5h', `${at('2025-01-31T10:30:00Z')}.000`],
  ['250ms', `${at('2025-01-31T11:59:59Z')}.750`],
  ['500000\u00b5s500000\u03bcs', `${at('2025-01-31T11:59:59Z')}.000`],
  ['-1h', `${at('2025-01-31T13:00:00Z')}.000`],
  ['2025-01-31T09:00:00Z', `${at('2025-01-31T09:00:00Z')}.000000000`],
  ['2025-01-31T09:00:00.123456789Z', `${at('2025-01-31T09:00:00Z')}.123456789`],
  ['2025-01-31T09:00:00.5+02:30', `${at('2025-01-31T06:30:00Z')}.500000000`],
  ['2025-01-31T09-01:00', `${at('2025-01-31T10:00:00Z')}.000000000`],
  ['2025-01-31T9:00Z', `${at('2025-01-31T09:00:00Z')}.000000000`],
  ['2024-02-29Z', `${at('2024-02-29T00:00:00Z')}.000000000`],
  ['2025-01-31Z', `${at('2025-01-31T00:00:00Z')}.000000000`],
])('reads %j', (said, seconds) => {
  expect(parseWhen(said, NOW)).toBe(seconds);
});

it.each(['2025-01-31', '2025-01-31T09', '2025-01-31T09:30', '2025-01-31T09:30:10'])(
  'takes %s as local',
  (said) => {
    const [date = '', time = ''] = said.split('T');
    const [year = 0, month = 1, day] = date.split('-').map(Number);
    const [hour, minute = 0, second = 0] = time.split(':').map(Number);
    const local = new Date(year, month - 1, day, hour, minute, second).getTime() / 1000;
    expect(parseWhen(said, NOW)).toBe(`${String(local)}.000000000`);
  },
);

it.each(['', 'yesterday', '10 m', '1d', 'm', '2025-1-31', '2025-01-31 09:00', '12:00'])(
  'refuses %j',
  (said) => {
    expect(() => parseWhen(said, NOW)).toThrow(expect.objectContaining({ kind: 'invalid' }));
  },
);

it.each([
  '2025-02-29',
  '2025-13-01',
  '2025-00-10',
  '2025-04-31T00:00Z',
  '2025-01-31T24:00Z',
  '2025-01-31T09:60Z',
  '2025-01-31T09:00:60Z',
])('refuses %s, which no calendar has', (said) => {
  expect(() => parseWhen(said, NOW)).toThrow(expect.objectContaining({ kind: 'invalid' }));
});
