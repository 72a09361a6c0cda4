import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { statsMessages } from '../../../../src/engine/stats/messages';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Lets what has been written arrive. */
const arrive = () => new Promise((resolve) => setImmediate(resolve));

async function read(source: PassThrough, signal?: AbortSignal): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const message of statsMessages(source, 2000, signal)) seen.push(message);
  return seen;
}

it('tells once of every silence, and gives the messages, whole', async () => {
  const source = new PassThrough();
  const seen: unknown[] = [];
  const reading = (async () => {
    for await (const message of statsMessages(source, 2000)) seen.push(message);
  })();
  source.write('{"a":1}\n{"a"');
  await arrive();
  vi.advanceTimersByTime(1999);
  await arrive();
  expect(seen).toEqual([{ a: 1 }]);
  vi.advanceTimersByTime(1);
  await arrive();
  vi.advanceTimersByTime(10_000);
  await arrive();
  expect(seen).toEqual([{ a: 1 }, 'silence']);
  source.write(':2}\n');
  await arrive();
  vi.advanceTimersByTime(2000);
  await arrive();
  source.end('{"a":3}\n');
  await reading;
  expect(seen).toEqual([{ a: 1 }, 'silence', { a: 2 }, 'silence', { a: 3 }]);
  expect(vi.getTimerCount()).toBe(0);
});

it('rejects as unreachable when the connection is lost', async () => {
  const source = new PassThrough();
  const reading = read(source);
  source.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
  await expect(reading).rejects.toMatchObject({ kind: 'unreachable' });
});

it('rejects as cancelled by the signal, before and while it waits', async () => {
  const stop = new AbortController();
  const source = new PassThrough();
  const reading = read(source, stop.signal);
  await arrive();
  stop.abort();
  await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  expect(source.destroyed).toBe(true);
  await expect(read(new PassThrough(), stop.signal)).rejects.toMatchObject({ kind: 'cancelled' });
});

it('makes the engine wait for a reader that is slow', async () => {
  const source = new PassThrough();
  const reading = statsMessages(source, 2000);
  const first = reading.next();
  source.write('{"a":1}\n');
  expect(await first).toEqual({ value: { a: 1 }, done: false });
  for (let i = 0; i < 10; i++) source.write('{"a":2}\n{"a":2}\n');
  await arrive();
  expect(source.isPaused()).toBe(true);
  await reading.return(undefined);
  expect(source.destroyed).toBe(true);
});
