import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mergeLogs, type MergedLine } from '../../../../src/engine/logs/merge';
import type { LogLine } from '../../../../src/engine/streams/lines';
import { all } from '../streams/bytes';
import { Channel } from './channel';

const MS = 1_000_000n;
const line = (ms: number, text = '', stream: LogLine['stream'] = 'stdout'): LogLine => ({
  stream,
  time: BigInt(ms) * MS,
  text,
});
const never = new AbortController().signal;
const show = ({ source, time, text }: MergedLine): string =>
  `${String(source)}@${String(time / MS)}${text && ` ${text}`}`;

describe('mergeLogs', () => {
  afterEach(() => void vi.useRealTimers());

  it('puts the logs into the order of their times', async () => {
    const logs = [
      new Channel([line(10), line(30)], [line(50)]).end(),
      new Channel([line(20)], [line(40), line(60)]).end(),
      new Channel<readonly LogLine[]>().end(),
    ];
    const merged = (await all(mergeLogs(logs, {}, never))).flat();
    expect(merged.map(show)).toEqual(['0@10', '1@20', '0@30', '1@40', '0@50', '1@60']);
  });

  it('keeps lines of one time in the order of logs, streams and arrival', async () => {
    const logs = [
      new Channel([line(1, 'e1', 'stderr'), line(1, 'o1'), line(1, 'e2', 'stderr'), line(1, 'o2')]).end(),
      new Channel([line(1, 'b')]).end(),
    ];
    const merged = (await all(mergeLogs(logs, {}, never))).flat();
    expect(merged.map(({ text }) => text)).toEqual(['o1', 'o2', 'e1', 'e2', 'b']);
  });

  it('waits for the history of a log that is slower than the other', async () => {
    const slow = new Channel<readonly LogLine[]>();
    const fast = new Channel(Array.from({ length: 1000 }, (_, i) => line(1000 + i))).end();
    const merging = all(mergeLogs([fast, slow], { window: 60_000 }, never));
    await expect.poll(() => fast.left).toBe(true);
    slow.send([line(5)], [line(1500, 'in between')]).end();
    const merged = (await merging).flat();
    expect(merged[0]?.source).toBe(1);
    expect(merged.map(({ time }) => time)).toEqual(
      merged.map(({ time }) => time).sort((a, b) => Number(a - b)),
    );
  });

  it('gives a line after the window though another log is silent', async () => {
    const stop = new AbortController();
    const merged = mergeLogs(
      [new Channel([line(10)]), new Channel<readonly LogLine[]>([])],
      { window: 20 },
      stop.signal,
    );
    const before = performance.now();
    expect((await merged.next()).value).toHaveLength(1);
    expect(performance.now() - before).toBeGreaterThanOrEqual(19);
    stop.abort();
    await expect(merged.next()).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('waits for a log until it is open', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const [near, far] = [new Channel([line(1000)], [line(2000)]), new Channel<readonly LogLine[]>()];
    const seen: string[] = [];
    const merging = (async () => {
      for await (const lines of mergeLogs([near, far], {}, never)) seen.push(...lines.map(show));
    })();
    await vi.advanceTimersByTimeAsync(4000);
    expect(seen).toEqual([]);
    far.send([], [line(1500)]);
    await vi.advanceTimersByTimeAsync(400);
    expect(seen).toEqual(['0@1000', '1@1500', '0@2000']);
    near.end();
    far.end();
    await merging;
  });

  it('does not wait for ever for one that is never open', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const stop = new AbortController();
    const merged = mergeLogs([new Channel([line(10)]), new Channel<readonly LogLine[]>()], {}, stop.signal);
    const first = merged.next();
    await vi.advanceTimersByTimeAsync(5000);
    expect((await first).value).toHaveLength(1);
    stop.abort();
    await expect(merged.next()).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('waits for the past of a log that takes longer than the window', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const [short, long] = [new Channel([line(0), line(9_999)]), new Channel<readonly LogLine[]>()];
    const seen: number[] = [];
    const merging = (async () => {
      for await (const lines of mergeLogs([short, long], {}, never))
        seen.push(...lines.map(({ time }) => Number(time / MS)));
    })();
    // Ten seconds of it each second; then as it is written.
    for (let ms = 0; ms < 20_000; ms += 1000) {
      if (ms === 9000) expect(seen).not.toContain(9_999);
      long.send([line(ms)]);
      await vi.advanceTimersByTimeAsync(100);
    }
    for (let ms = 20_000; ms < 22_000; ms += 100) {
      long.send([line(ms)]);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(seen).toContain(9_999);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    // What comes now waits for nothing but the window, however much the other has to say and how late its clock is.
    short.send([line(99_999)]);
    for (let ms = 22_000; ms < 22_400; ms += 100) {
      long.send([line(ms)]);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(seen).toContain(99_999);
    short.end();
    long.end();
    await merging;
  });

  it('waits for a past that is read more slowly than it was written', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const [past, later] = [new Channel<readonly LogLine[]>([]), new Channel([line(1000), line(1001)])];
    const seen: number[] = [];
    const merging = (async () => {
      for await (const lines of mergeLogs([past, later], {}, never))
        seen.push(...lines.map(({ time }) => Number(time / MS)));
    })();
    for (let ms = 0; ms < 100; ms += 5) {
      past.send([line(ms)]);
      await vi.advanceTimersByTimeAsync(100);
    }
    past.end();
    later.end();
    await merging;
    expect(seen).toHaveLength(22);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('does not take the clock of one engine for that of another', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const [ahead, busy, quiet] = [1, 2, 3].map(() => new Channel<readonly LogLine[]>([]));
    const seen: number[] = [];
    const merging = (async () => {
      for await (const lines of mergeLogs([ahead, busy, quiet] as Channel<LogLine[]>[], {}, never))
        for (const { source, time } of lines) if (source > 0) seen.push(Number(time / MS));
    })();
    for (let ms = 0; ms < 5000; ms += 20) {
      if (ms === 0) ahead?.send([line(1_000_000)]);
      busy?.send([line(ms)]);
      // What it wrote comes a little later than what the other wrote then.
      if (ms % 1000 === 60) quiet?.send([line(ms - 59)]);
      await vi.advanceTimersByTimeAsync(20);
    }
    for (const log of [ahead, busy, quiet]) log?.end();
    await merging;
    expect(seen).toHaveLength(255);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('keeps the order for a reader that takes its time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const written = (from: number, step: number) =>
      new Channel<readonly LogLine[]>(
        ...Array.from({ length: 20 }, (_, i) =>
          Array.from({ length: 10 }, (_, j) => line(from + step * (10 * i + j))),
        ),
      ).end();
    const seen: number[] = [];
    const merging = (async () => {
      for await (const lines of mergeLogs([written(0, 1), written(0, 7)], { held: 50 }, never)) {
        seen.push(...lines.map(({ time }) => Number(time / MS)));
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    })();
    await vi.advanceTimersByTimeAsync(1_000_000);
    await merging;
    expect(seen).toHaveLength(400);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('gives what comes too late all the same', async () => {
    const [a, b] = [new Channel([line(1000)]), new Channel<readonly LogLine[]>([])];
    const merged = mergeLogs([a, b], { window: 10 }, never);
    expect((await merged.next()).value).toMatchObject([{ source: 0 }]);
    b.send([line(5)]).end();
    a.end();
    expect((await merged.next()).value).toMatchObject([{ source: 1 }]);
    expect((await merged.next()).done).toBe(true);
  });

  it('does not read on what it cannot give yet, and needs no window to go on', async () => {
    const batches = Array.from({ length: 100 }, (_, i) =>
      Array.from({ length: 10 }, (_, j) => line(i * 10 + j)),
    );
    const fast = new Channel<readonly LogLine[]>(...batches);
    const slow = new Channel<readonly LogLine[]>();
    const merging = all(mergeLogs([fast, slow], { window: 100, held: 50 }, never));
    await expect.poll(() => fast.asked).toBe(5);
    const before = performance.now();
    fast.end();
    slow.end();
    expect((await merging).flat()).toHaveLength(1000);
    // 20 times the limit at one window each would be two seconds.
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it('does not slow a log down for another that stays silent', async () => {
    const batches = Array.from({ length: 100 }, (_, i) =>
      Array.from({ length: 10 }, (_, j) => line(i * 10 + j)),
    );
    const stop = new AbortController();
    const silent = new Channel<readonly LogLine[]>([]);
    const before = performance.now();
    let count = 0;
    for await (const lines of mergeLogs(
      [new Channel(...batches), silent],
      { window: 100, held: 50 },
      stop.signal,
    )) {
      count += lines.length;
      if (count >= 950) break;
    }
    // 20 times the limit at one window each would be two seconds.
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it('rejects with the error of a log, and leaves the others', async () => {
    const quiet = new Channel<readonly LogLine[]>([line(1)], [line(2)]);
    const merging = all(
      mergeLogs([quiet, new Channel<readonly LogLine[]>().fail(new Error('gone'))], {}, never),
    );
    await expect(merging).rejects.toThrow('gone');
    quiet.send([line(3)]);
    await expect.poll(() => quiet.left).toBe(true);
  });

  it('loses nothing and gives nothing twice, whatever comes', async () => {
    const log = fc.array(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 5 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(log, { maxLength: 4 }),
        fc.integer({ min: 1, max: 10 }),
        async (written, held) => {
          const logs = written.map((batches) =>
            new Channel<readonly LogLine[]>(...batches.map((batch) => batch.map((ms) => line(ms)))).end(),
          );
          const merged = (await all(mergeLogs(logs, { window: 1, held }, never))).flat();
          written.forEach((batches, source) => {
            const own = merged.filter((each) => each.source === source).map(({ time }) => Number(time / MS));
            const byTime = (a: number, b: number): number => a - b;
            expect(own.sort(byTime)).toEqual(batches.flat().sort(byTime));
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('sorts logs that are sorted, however they are cut', async () => {
    const times = fc
      .array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 })
      .map((all) => all.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(
        fc.array(times, { maxLength: 4 }),
        fc.integer({ min: 1, max: 10 }),
        async (written, size) => {
          const logs = written.map((own) => {
            const batches = Array.from({ length: Math.ceil(own.length / size) }, (_, i) =>
              own.slice(i * size, (i + 1) * size),
            );
            return new Channel<readonly LogLine[]>(
              ...batches.map((batch) => batch.map((ms) => line(ms))),
            ).end();
          });
          const merged = (await all(mergeLogs(logs, {}, never))).flat().map(({ time }) => time);
          expect(merged).toEqual([...merged].sort((a, b) => Number(a - b)));
          expect(merged).toHaveLength(written.flat().length);
        },
      ),
      { numRuns: 50 },
    );
  });
});
