import { expect, test } from 'vitest';
import type { StatsSample } from '../../../../src/engine/stats/sample';
import { followStats } from '../../../../src/panels/stats/stream';
import { sample } from './sample';

type Item = StatsSample | 'gap' | Error;

/** Follows streams that bring these items one after the other; the last one stays open until it is aborted. */
function follow(...streams: Item[][]) {
  const said: unknown[] = [];
  const attempts: number[] = [];
  const abort = new AbortController();
  async function* open(signal: AbortSignal): AsyncGenerator<StatsSample | 'gap'> {
    for (const item of streams.shift() ?? []) {
      if (item instanceof Error) throw item;
      yield item;
    }
    if (streams.length > 0) return;
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  }
  const on = {
    sample: ({ time }: StatsSample) => said.push(time),
    interrupted: (error?: unknown) => said.push(error instanceof Error ? error.message : 'interrupted'),
  };
  const delay = (attempt: number) => attempts.push(attempt) * 0;
  const done = followStats(open, abort.signal, on, delay);
  return { said, attempts, abort, done };
}

test('samples and gaps are handed on, and nothing more once it is aborted', async () => {
  const { said, abort, done } = follow([sample(1), 'gap', sample(2)]);
  await expect.poll(() => said).toEqual([1, 'interrupted', 2]);
  abort.abort();
  await done;
  expect(said).toHaveLength(3);
});

test('a stream that breaks or ends is opened again, later each time until samples come', async () => {
  const { said, attempts, abort, done } = follow([], [new Error('broken')], [sample(1)], [sample(2)]);
  await expect.poll(() => said).toEqual(['interrupted', 'broken', 1, 'interrupted', 2]);
  expect(attempts).toEqual([0, 1, 0]);
  abort.abort();
  await done;
});

test('an abort while it waits for the next attempt ends it', async () => {
  const abort = new AbortController();
  let opened = 0;
  const done = followStats(
    () => {
      opened++;
      throw new Error('broken');
    },
    abort.signal,
    { sample: () => undefined, interrupted: () => undefined },
    () => 60_000,
  );
  await expect.poll(() => opened).toBe(1);
  abort.abort();
  await done;
  expect(opened).toBe(1);
});
