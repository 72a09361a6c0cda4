import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { toEngineError } from '../engine/errors';
import type { Lifecycle } from '../engine/logs/restarts';
import { lifecycleOf } from '../engine/logs/lifecycle';
import { anyKey } from './say';
import type { Console } from './sessionTerminal';

/** One run of a container. */
interface Run {
  readonly running: boolean;
  readonly startedAt: unknown;
}

/** How things stand once a session is over; `back` when it was cut off and the connection is there again. */
type After = 'ended' | 'stopped' | 'again' | 'gone' | 'unreachable' | 'back';

/** What a session was begun with and came to. */
interface Before {
  readonly run: Run | undefined;
  readonly cutOff: boolean;
}

/**
 * A session in a container that is offered again, never begun again by itself, once the container has ended and runs
 * anew or the connection was lost and is there again: what was typed into the old one must not reach another. `session`
 * answers whether it was cut off.
 */
export async function offeredAgain(
  engine: Engine,
  id: string,
  console: Console,
  signal: AbortSignal,
  session: () => Promise<boolean>,
): Promise<'stay' | 'close'> {
  for (;;) {
    const run = await runOf(engine, id).catch(() => undefined);
    const before = { run, cutOff: await session() };
    if (signal.aborted) return 'close';
    const then = await afterwards(engine, id, before, console, signal);
    if (then !== 'again') return then;
  }
}

/** Says how things stand, and again when that changes, until a key decides. */
async function afterwards(
  engine: Engine,
  id: string,
  before: Before,
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
      if (typeof first === 'string')
        return first === '\r' && (after === 'again' || after === 'back') ? 'again' : 'close';
      if (first.done === true) return 'close';
      coming = happenings.next();
      after = await changed(first.value.kind, () => standing(engine, id, before));
    }
  } finally {
    stop.abort();
  }
}

async function changed(kind: Lifecycle['kind'], look: () => Promise<After>): Promise<After> {
  switch (kind) {
    case 'stopped':
      return 'stopped';
    case 'removed':
      return 'gone';
    // Perhaps another one, which compose made in its place; and what happened before a connection was told to nobody.
    case 'started':
    case 'connected':
      return look();
  }
}

async function standing(engine: Engine, id: string, { run, cutOff }: Before): Promise<After> {
  try {
    const now = await runOf(engine, id);
    if (!now) return 'gone';
    if (!now.running) return 'stopped';
    if (run && now.startedAt !== run.startedAt) return 'again';
    return cutOff ? 'back' : 'ended';
  } catch {
    return 'unreachable';
  }
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
    case 'unreachable':
      return vscode.l10n.t(
        'The engine cannot be reached. Wait until it can to go on here, or press any key to close the terminal.',
      );
    case 'back':
      return vscode.l10n.t(
        'The engine can be reached again. Press Enter to go on, any other key to close the terminal.',
      );
    case 'gone':
      return `${vscode.l10n.t('The container is gone.')} ${anyKey()}`;
  }
}

/** `undefined` once it is removed. */
async function runOf(engine: Engine, id: string): Promise<Run | undefined> {
  try {
    const { State } = (await engine.containers.inspect(id)) as {
      State?: { Running?: boolean; StartedAt?: string };
    };
    return { running: State?.Running === true, startedAt: State?.StartedAt };
  } catch (error) {
    if (toEngineError(error).kind === 'notFound') return undefined;
    throw error;
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
