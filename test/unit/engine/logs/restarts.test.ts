import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import type { LogOptions } from '../../../../src/engine/logs/options';
import { followAcrossRestarts, type Divider, type Lifecycle } from '../../../../src/engine/logs/restarts';
import type { LogLine } from '../../../../src/engine/streams/lines';
import { Channel } from './channel';

const lost = (): EngineError => new EngineError('unreachable', 'The connection was lost.');
const line = (second: number, text: string): LogLine => ({
  stream: 'stdout',
  time: BigInt(second) * 1_000_000_000n,
  text,
});

/** A container whose logs the test plays, and what has been made of them. */
class Play {
  readonly lifecycle = new Channel<Lifecycle>();
  readonly stop = new AbortController();
  readonly opened: { id: string; options: LogOptions }[] = [];
  readonly shown: string[] = [];
  readonly over: Promise<unknown>;
  running = true;
  /** What the log holds beyond what a follow gave, when it is asked after a stop. */
  rest: LogLine[] = [];
  restFails: EngineError | undefined;
  rests = 0;
  asked = 0;
  #logs: Channel<readonly LogLine[]>[] = [];

  constructor(options: LogOptions, clock?: number) {
    const source = {
      open: (id: string, wanted: LogOptions) => {
        const { follow, ...options } = wanted;
        if (follow === false) {
          this.rests++;
          const rest = new Channel<readonly LogLine[]>(this.rest).end();
          return this.restFails ? Promise.reject(this.restFails) : Promise.resolve({ lines: rest, clock });
        }
        this.opened.push({ id, options });
        const lines = new Channel<readonly LogLine[]>();
        this.#logs.push(lines);
        this.stop.signal.addEventListener('abort', () =>
          lines.fail(new EngineError('cancelled', 'Cancelled.')),
        );
        return Promise.resolve({ lines, clock });
      },
      running: () => {
        this.asked++;
        return Promise.resolve(this.running);
      },
    };
    const follow = followAcrossRestarts(source, 'c1', options, this.lifecycle, this.stop.signal);
    this.over = (async () => {
      for await (const item of follow)
        this.shown.push(...(isLines(item) ? item.map(({ text }) => text) : [divider(item)]));
    })();
    this.over.catch(() => undefined);
  }

  /** The log that is open now. */
  get log(): Channel<readonly LogLine[]> {
    const log = this.#logs.at(-1);
    if (!log) throw new Error('Nothing was opened');
    return log;
  }

  /** Let all that can happen within `ms` happen. */
  async pass(ms = 0): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
  }
}

const isLines = (item: readonly LogLine[] | Divider): item is readonly LogLine[] => Array.isArray(item);
const divider = ({ kind, id, exitCode }: Divider): string =>
  `-- ${kind} ${id}${exitCode === undefined ? '' : ` (${String(exitCode)})`}`;

const stopped = (second: number, exitCode?: number): Lifecycle => ({
  kind: 'stopped',
  id: 'c1',
  time: second * 1000,
  exitCode,
});
const started = (second: number, id = 'c1'): Lifecycle => ({ kind: 'started', id, time: second * 1000 });

describe('followAcrossRestarts', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('goes on after a restart, with dividers, from where it was', async () => {
    const play = new Play({ tail: 10 });
    await play.pass();
    play.log.send([line(10, 'a')]).end();
    play.lifecycle.send(stopped(11, 3));
    await play.pass();
    expect(play.shown).toEqual(['a', '-- stopped c1 (3)']);
    play.lifecycle.send(started(20));
    await play.pass();
    play.log.send([line(10, 'a'), line(21, 'b')]);
    await play.pass();
    expect(play.shown).toEqual(['a', '-- stopped c1 (3)', '-- restarted c1', 'b']);
    expect(play.opened.map(({ options }) => options)).toEqual([
      { tail: 10 },
      { tail: 'all', since: '10.000000000' },
    ]);
    expect(play.asked).toBe(0);
  });

  it('waits for a start without asking, however long it takes', async () => {
    const play = new Play({});
    play.running = false;
    await play.pass();
    play.log.end();
    await play.pass(3_600_000);
    expect({ opened: play.opened.length, asked: play.asked }).toEqual({ opened: 1, asked: 1 });
    play.lifecycle.send(started(5));
    await play.pass();
    expect(play.opened).toHaveLength(2);
    expect(play.shown).toEqual(['-- started c1']);
  });

  it('puts dividers between the lines they belong to when several restarts are in one log', async () => {
    const play = new Play({});
    await play.pass();
    play.lifecycle.send(stopped(11, 1), started(12), stopped(21, 2), started(22));
    play.log.send([line(10, 'one')]).end();
    await play.pass();
    play.log.send([line(10, 'one'), line(13, 'two'), line(23, 'three'), line(24, 'more')]);
    await play.pass();
    expect(play.shown).toEqual([
      'one',
      '-- stopped c1 (1)',
      '-- restarted c1',
      'two',
      '-- stopped c1 (2)',
      '-- restarted c1',
      'three',
      'more',
    ]);
  });

  it('takes the start of what it reads for what it is, though the event comes after the first words', async () => {
    const play = new Play({});
    await play.pass();
    play.log.send([line(10, 'first words')]);
    await play.pass();
    play.lifecycle.send(started(10.5));
    play.log.send([line(11, 'more')]).end();
    play.lifecycle.send(stopped(12, 0), started(13.5));
    await play.pass();
    expect(play.shown).toEqual(['first words', 'more', '-- stopped c1 (0)', '-- restarted c1']);
    play.log.send([line(13, 'words before the event of the start')]);
    await play.pass();
    expect(play.shown.slice(4)).toEqual(['words before the event of the start']);
  });

  it('puts the divider before words that are older than the event of their start', async () => {
    const play = new Play({});
    await play.pass();
    play.log.send([line(10, 'one')]);
    await play.pass();
    play.lifecycle.send(stopped(11, 1), started(13));
    play.log.send([line(12, 'two'), line(14, 'more')]);
    await play.pass();
    expect(play.shown).toEqual(['one', '-- stopped c1 (1)', '-- restarted c1', 'two', 'more']);
  });

  it('asks once for the last words that a follow did not give, and puts them before the end', async () => {
    const play = new Play({});
    await play.pass();
    play.log.send([line(10, 'a')]).end();
    play.rest = [line(10, 'a'), line(11, 'bye'), line(13, 'next')];
    play.lifecycle.send(stopped(12, 0));
    await play.pass();
    expect(play.shown).toEqual(['a', 'bye', '-- stopped c1 (0)']);
    play.lifecycle.send(started(12.5));
    await play.pass();
    play.log.send([line(10, 'a'), line(11, 'bye'), line(13, 'next'), line(14, 'more')]);
    await play.pass();
    expect(play.shown.slice(3)).toEqual(['-- restarted c1', 'next', 'more']);
    expect(play.rests).toBe(1);
  });

  it('goes on when the last words cannot be asked for', async () => {
    const play = new Play({});
    play.restFails = lost();
    await play.pass();
    play.log.send([line(10, 'a')]).end();
    play.lifecycle.send(stopped(12, 0), started(13));
    await play.pass();
    expect(play.shown).toEqual(['a', '-- stopped c1 (0)', '-- restarted c1']);
    expect(play.opened).toHaveLength(2);
  });

  it('opens a log again that ended though the container runs, and not too often', async () => {
    const play = new Play({});
    await play.pass();
    play.log.send([line(10, 'a')]).end();
    await play.pass(1000);
    expect(play.opened).toHaveLength(2);
    for (let i = 0; i < 60; i++) {
      play.log.end();
      await play.pass(1000);
    }
    expect(play.opened.length).toBeGreaterThan(3);
    expect(play.opened.length).toBeLessThan(9);
    expect(play.shown).toEqual(['a']);
  });

  it('comes back after a lost connection: later each time, at once when the engine is there again', async () => {
    const play = new Play({});
    await play.pass();
    play.log.send([line(10, 'a')]).fail(lost());
    await play.pass(999);
    expect(play.opened).toHaveLength(1);
    await play.pass(1);
    expect(play.opened).toHaveLength(2);
    play.log.fail(lost());
    await play.pass(1999);
    expect(play.opened).toHaveLength(2);
    play.lifecycle.send({ kind: 'connected' });
    await play.pass();
    expect(play.opened).toHaveLength(3);
    play.log.send([line(10, 'a'), line(11, 'b')]);
    await play.pass();
    expect(play.shown).toEqual(['a', 'b']);
  });

  it('is not put off by losses of long ago', async () => {
    const play = new Play({});
    await play.pass();
    for (let second = 10; second < 15; second++) {
      play.log.send([line(second, 'a')]).fail(lost());
      await play.pass(1000);
      expect(play.opened).toHaveLength(second - 8);
    }
  });

  it('follows the container that took the place of one that is gone', async () => {
    const play = new Play({});
    await play.pass();
    play.log.send([line(10, 'a')]).fail(new EngineError('notFound', 'Gone.'));
    await play.pass(60_000);
    expect(play.opened).toHaveLength(1);
    play.lifecycle.send(started(20, 'c2'));
    await play.pass();
    expect(play.opened.at(-1)).toEqual({ id: 'c2', options: { tail: 'all', since: '10.000000000' } });
    expect(play.shown).toEqual(['a', '-- restarted c2']);
  });

  it('does not lose what was written while nothing was heard, when no past was wanted', async () => {
    const play = new Play({ tail: 0 }, 5_000);
    await play.pass();
    play.log.fail(lost());
    await play.pass(1000);
    expect(play.opened.at(-1)?.options).toEqual({ tail: 'all', since: '5.000' });
  });

  it('asks for the same again when nothing had come', async () => {
    const play = new Play({ tail: 100, since: '10m' }, 5_000);
    await play.pass();
    play.log.fail(lost());
    await play.pass(1000);
    const [first, again] = play.opened.map(({ options }) => options);
    expect(first).toEqual({ tail: 100, since: expect.stringMatching(/^\d+\.\d+$/) as string });
    expect(again).toEqual(first);
  });

  it.each([
    ['ended', 0, (play: Play) => play.log.end()],
    ['was lost after a while', 3000, (play: Play) => play.log.fail(lost())],
  ])('asks for all that is written since the first time when an empty log %s', async (_, ms, act) => {
    const play = new Play({ tail: 100 }, 5_000);
    await play.pass();
    await play.pass(ms);
    act(play);
    play.lifecycle.send(started(6));
    await play.pass(1000);
    expect(play.opened.map(({ options }) => options)).toEqual([
      { tail: 100 },
      { tail: 'all', since: '5.000' },
    ]);
  });

  it('looks for itself when the engine is there again', async () => {
    const play = new Play({});
    await play.pass();
    play.log.send([line(10, 'a')]).end();
    play.lifecycle.send(stopped(11, 0));
    await play.pass(60_000);
    expect(play.opened).toHaveLength(1);
    play.lifecycle.send({ kind: 'connected' });
    await play.pass(1000);
    expect({ opened: play.opened.length, asked: play.asked }).toEqual({ opened: 2, asked: 1 });
  });

  it('ends at the time until which lines are wanted, while it runs and when it has stopped', async () => {
    const until = String(Date.now() / 1000 + 5);
    const [running, ended] = [new Play({ until }), new Play({ until })];
    await running.pass();
    running.log.send([line(10, 'a')]).end();
    ended.log.send([line(10, 'a')]).end();
    ended.lifecycle.send(stopped(11, 0));
    await running.pass(2000);
    await running.over;
    expect(running.opened).toHaveLength(1);
    expect(ended.opened).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(1);
    await ended.pass(5000);
    await ended.over;
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    [
      'the container is removed',
      (play: Play) => play.lifecycle.send(stopped(11, 0), { kind: 'removed', id: 'c1', time: 12_000 }),
    ],
    ['nobody tells any more', (play: Play) => play.lifecycle.send(stopped(11, 0)).end()],
  ])('ends when %s', async (_, act) => {
    const play = new Play({});
    await play.pass();
    play.log.send([line(10, 'a')]).end();
    act(play);
    await play.pass();
    await expect(play.over).resolves.toBeUndefined();
    expect(play.shown).toEqual(['a', '-- stopped c1 (0)']);
  });

  it('rejects with what keeps the log from being read', async () => {
    const play = new Play({});
    await play.pass();
    play.log.fail(new EngineError('invalid', 'No log.'));
    await play.pass();
    await expect(play.over).rejects.toMatchObject({ kind: 'invalid' });
  });

  it.each(['open', 'stopped', 'lost'])('is cancelled while the log is %s', async (state) => {
    const play = new Play({});
    await play.pass();
    if (state === 'stopped') {
      play.log.end();
      play.lifecycle.send(stopped(11));
    } else if (state === 'lost') play.log.fail(lost());
    await play.pass();
    play.stop.abort();
    await play.pass();
    await expect(play.over).rejects.toMatchObject({ kind: 'cancelled' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
