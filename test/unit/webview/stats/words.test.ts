import { beforeEach, expect, test, vi } from 'vitest';
import type { StatsContainer, StatsStrings } from '../../../../src/protocol/stats';
import { notice, tiles } from '../../../../webview/stats/words';
import { point } from './point';

/** Only what these tests read; anything else would show as `undefined`. */
const strings = {
  cores: '{0} cores, {1} of the limit',
  ofLimit: '{0} of the limit',
  networkRates: '{0} received\n{1} sent',
  diskRates: '{0} read\n{1} written',
  totals: '{0} / {1} in total',
  notAvailable: 'n/a',
  hostNetwork: 'host network',
  notRunningSince: 'Not running since {0}.',
  notStarted: 'Not started yet.',
  exitCode: 'Exit code {0}.',
  startsAgain: 'Goes on.',
  removed: 'Removed.',
  paused: 'Paused.',
  goesOn: 'Comes back.',
} as StatsStrings;

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: 'en' } }));

test('the tiles say rates, totals, and shares of the limits', () => {
  const busy = point(1, {
    cpuPercent: 25,
    cpuLimitPercent: 50,
    memoryUsed: 32 * 1024 ** 2,
    memoryLimit: 64 * 1024 ** 2,
    memoryPercent: 50,
    ...{ netRx: 2000, netTx: 1000, netRxRate: 500, netTxRate: 0 },
    ...{ blockRead: 4096, blockWrite: 0, blockReadRate: 1500, blockWriteRate: 0 },
    pids: 3,
  });
  expect(tiles(busy, strings)).toEqual({
    cpu: { value: '25.00%', note: '0.25 cores, 50.00% of the limit' },
    memory: { value: '32MiB / 64MiB', note: '50.00% of the limit' },
    network: { value: '500B/s received\n0B/s sent', note: '2kB / 1kB in total' },
    disk: { value: '1.5kB/s read\n0B/s written', note: '4.1kB / 0B in total' },
    pids: { value: '3', note: '' },
  });
});

test('what the engine cannot tell is n/a and not zero, what is not known yet is a dash', () => {
  const host = tiles(point(1, { pids: undefined }), strings);
  expect(host.network).toEqual({ value: 'n/a', note: 'host network' });
  expect(host.pids.value).toBe('n/a');
  expect(host.memory).toEqual({ value: '1B', note: '' });
  expect(host.disk.value).toBe('– read\n– written');
  expect(tiles(undefined, strings).cpu).toEqual({ value: '–', note: '' });
});

const web: StatsContainer = { key: 'k', engine: 'e', name: 'web', image: 'i', state: 'exited' };
const noon = new Date(2026, 0, 15, 12, 0, 0).getTime();

test.each<[Partial<StatsContainer>, string]>([
  [{ state: 'running' }, ''],
  [{ state: 'unknown' }, ''],
  [{ state: 'paused' }, 'Paused.'],
  [{ state: 'created' }, 'Not started yet. Goes on.'],
  [{ since: noon, exitCode: 3 }, 'Not running since 12:00:00 PM. Exit code 3. Goes on.'],
  [{ state: 'removed' }, 'Removed.'],
  [{ state: 'running', problem: 'The engine is away.' }, 'The engine is away. Comes back.'],
])('the notice of %o is "%s"', (change, text) => {
  // Some versions of ICU put a narrow space before PM.
  expect(notice({ ...web, ...change }, strings, noon).replace('\u202f', ' ')).toBe(text);
});
