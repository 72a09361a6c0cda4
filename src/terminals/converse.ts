import { DetachFilter } from '../engine/streams/detachKeys';
import { outputOf, type Resize, type Session, type Size } from '../engine/streams/terminal';
import { LineInput } from './lineInput';
import type { Console } from './sessionTerminal';

/** What a terminal is connected to. */
export interface Talk extends Session {
  readonly resize: Resize;
  /** That it was told already. */
  readonly size: Size | undefined;
  /** Ctrl+C where no terminal in the container takes it. */
  interrupt?(): void;
  /** Keys that leave it as it is; none where a program needs them all. */
  readonly detachKeys?: Buffer;
  /** Called when they were typed. */
  leave?(): void;
}

/**
 * Shows what a process writes and gives it what is typed, until its output ends. Rejects when the connection is lost,
 * and with kind `cancelled` when the signal fires.
 */
export async function converse(talk: Talk, console: Console, signal: AbortSignal): Promise<void> {
  const { screen, onInput, onResize } = console;
  const filter = new DetachFilter(talk.detachKeys ?? Buffer.alloc(0));
  const pass = (data: string | Buffer): void => {
    if (talk.stream.writable) talk.stream.write(data);
  };
  // Without a terminal in the container nothing there echoes, edits a line or knows Ctrl+C.
  const lines = new LineInput({
    show: (text) => void screen.text(text),
    line: pass,
    end: () => talk.stream.end(),
    interrupt: () => talk.interrupt?.(),
  });
  const typing = onInput((typed) => {
    const { data, detached } = filter.push(Buffer.from(typed));
    if (talk.tty) pass(data);
    else lines.push(data.toString('utf8'));
    if (detached) talk.leave?.();
  });
  // A program that has ended cannot be told a size, and need not be.
  const resize = (to: Size): void => void talk.resize(to, signal).catch(() => undefined);
  const resizing = onResize(resize);
  // It may have been laid out while the connection was made.
  if (console.size && console.size !== talk.size) resize(console.size);
  try {
    for await (const batch of outputOf(talk, signal)) {
      for (const [stream, data] of byStream(batch)) await screen.write(data, stream, !talk.tty);
    }
  } finally {
    typing.dispose();
    resizing.dispose();
  }
}

type Batch = readonly { readonly stream: 'stdout' | 'stderr'; readonly data: Buffer }[];

/** Neighbours of one stream as one piece: a screen that is told of every frame is slow. */
function byStream(batch: Batch): ['stdout' | 'stderr', Buffer][] {
  const runs: ['stdout' | 'stderr', Buffer[]][] = [];
  for (const { stream, data } of batch) {
    const last = runs.at(-1);
    if (last?.[0] === stream) last[1].push(data);
    else runs.push([stream, [data]]);
  }
  return runs.map(([stream, parts]) => [
    stream,
    parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts),
  ]);
}
