import { setTimeout as wait } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import type { Requests } from '../requests';
import { joinedFrames, rawFrames, type Frame } from './frames';
import { chunks } from './read';

/** Of a terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The streams of a process. */
export interface Session {
  /** Whether it has a terminal. */
  readonly tty: boolean;
  /**
   * What is written to it is the process's input, and `end` is the end of that input. What is read of it is what a
   * terminal shows, and frames without one: see `outputOf`. Must be read or destroyed.
   */
  readonly stream: Duplex;
}

/** The output of a session, as fast as it is consumed; the stream is destroyed with its end. */
export function outputOf({ tty, stream }: Session, signal?: AbortSignal): AsyncGenerator<readonly Frame[]> {
  return (tty ? rawFrames : joinedFrames)(chunks(stream, signal));
}

/** How often, and how much longer each time (ms), the first resize is tried; as `initTtySize` of docker/cli. */
const TRIES = 10;
const STEP = 10;

/** Tells a terminal its size. */
export type Resize = (size: Size, signal?: AbortSignal) => Promise<void>;

/**
 * The sizes of a process that has only just started, with `first` unless it has none yet. One is told after the other, so
 * that the last is the one that stays.
 */
export function resizing(
  requests: Requests,
  where: string,
  first: Size | undefined,
  signal: AbortSignal,
): Resize {
  let started = false;
  let last = Promise.resolve();
  const tell: Resize = (size, during = signal) => {
    const one = started ? resize : firstResize;
    started = true;
    return (last = last.catch(() => undefined).then(() => one(requests, where, size, during)));
  };
  if (first) void tell(first);
  return tell;
}

/**
 * Tell the terminal of `where` (`/exec/{id}` or `/containers/{id}`) its size. A size of nothing, which a terminal has
 * while it is hidden, is not told.
 */
export async function resize(
  requests: Requests,
  where: string,
  { columns, rows }: Size,
  signal?: AbortSignal,
): Promise<void> {
  if (columns <= 0 || rows <= 0) return;
  await requests.head('POST', `${where}/resize`, { query: { h: rows, w: columns }, signal });
}

/**
 * The size of a process that has only just started, and may not be able to take it yet. In the end it keeps the size it
 * has: that is no reason to fail.
 */
async function firstResize(
  requests: Requests,
  where: string,
  size: Size,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; attempt <= TRIES; attempt++) {
    try {
      if (attempt > 0) await wait(attempt * STEP, undefined, { signal });
      await resize(requests, where, size, signal);
      return;
    } catch {
      if (signal.aborted) return;
    }
  }
}
