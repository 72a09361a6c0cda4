import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import type { Lifecycle } from '../engine/logs/restarts';
import { lifecycleOf } from '../engine/logs/lifecycle';
import { anyKey } from './say';
import type { Console } from './sessionTerminal';

/** One run of a container. */
interface Run {
  readonly running: boolean;
  readonly startedAt: unknown;
}

/** How things stand once a session is over. */
type After = 'ended' | 'stopped' | 'again' | 'gone';

/**
 * A session in a container that is offered again, never begun again by itself, once the container has ended and runs
 * anew: what was typed into the old one must not reach another.
 */
export async function offeredAgain(
  engine: Engine,
  id: string,
  console: Console,
  signal: AbortSignal,
  session: () => Promise<void>,
): Promise<'stay' | 'close'> {
  for (;;) {
    const before = await runOf(engine, id);
    await session();
    if (signal.aborted) return 'close';
    const then = await afterwards(engine, id, before, console, signal);
    if (then !== 'again') return then;
  }
}

/** Says how things stand, and again when that changes, until a key decides. */
async function afterwards(
  engine: Engine,
  id: string,
  before: Run | undefined,
  console: Console,
  signal: AbortSignal,
): Promise<'again' | 'stay' | 'close'> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const happenings = lifecycleOf(engine, id, either);
  try {
    // Asked for before it is looked: nothing that happens in between is missed.
    let coming = happenings.next();
    let after = await standing(engine, id, before);
    let said: After | undefined;
    let key: Promise<string> | undefined;
    for (;;) {
      if (after !== said) await console.screen.say(wordsFor(after));
      said = after;
      if (after === 'gone') return 'stay';
      // What was typed into the session until now is no answer.
      key ??= nextKey(console, either);
      const first = await Promise.race([coming, key]);
      if (typeof first === 'string') return after === 'again' && first === '\r' ? 'again' : 'close';
      if (first.done === true) return 'close';
      coming = happenings.next();
      after = await changed(after, first.value.kind, () => standing(engine, id, before));
    }
  } finally {
    stop.abort();
  }
}

async function changed(after: After, kind: Lifecycle['kind'], look: () => Promise<After>): Promise<After> {
  switch (kind) {
    case 'started':
      return 'again';
    case 'stopped':
      return 'stopped';
    case 'removed':
      return 'gone';
    case 'connected':
      return after === 'ended' ? look() : after;
  }
}

async function standing(engine: Engine, id: string, before: Run | undefined): Promise<After> {
  const now = await runOf(engine, id);
  if (!now) return 'gone';
  if (!now.running) return 'stopped';
  return now.startedAt === before?.startedAt ? 'ended' : 'again';
}

function wordsFor(after: After): string {
  switch (after) {
    case 'ended':
      return anyKey();
    case 'stopped':
      return vscode.l10n.t(
        'The container has stopped. Start it to go on here, or press any key to close the terminal.',
      );
    case 'again':
      return vscode.l10n.t(
        'The container runs again. Press Enter to go on, any other key to close the terminal.',
      );
    case 'gone':
      return `${vscode.l10n.t('The container is gone.')} ${anyKey()}`;
  }
}

async function runOf(engine: Engine, id: string): Promise<Run | undefined> {
  try {
    const { State } = (await engine.containers.inspect(id)) as {
      State?: { Running?: boolean; StartedAt?: string };
    };
    return { running: State?.Running === true, startedAt: State?.StartedAt };
  } catch {
    return undefined; // Removed, or out of reach: there is nothing to go on with.
  }
}

/** What is typed next; empty when the terminal is closed before. */
function nextKey({ onInput, keepInput }: Console, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const done = (key: string): void => {
      listening.dispose();
      // What is typed behind it is meant for the session to come.
      if (key === '\r') keepInput();
      signal.removeEventListener('abort', abort);
      resolve(key);
    };
    const abort = (): void => done('');
    const listening = onInput(done);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}
