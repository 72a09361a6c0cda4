import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { runAttached, type AttachedRun, type Created, type RunRequest } from '../engine/runContainer';
import { converse, type Talk } from './converse';
import type { DetachKeys } from './detachKeys';
import { anyKey, sayError, sayExit } from './say';
import { SessionTerminal, type Console } from './sessionTerminal';

export interface RunTerminal {
  readonly options: vscode.ExtensionTerminalOptions;
  /** The container, once it runs; rejects when it could not be started, and the terminal is gone then. */
  readonly started: Promise<Created>;
}

/** As the CLI: after so many it is left to itself. */
const INTERRUPTS = 3;

/**
 * `docker run` without `-d`, from its start to its end. `left` hears of a container that goes on after the terminal was
 * closed.
 */
export function runTerminal(
  engine: Engine,
  request: RunRequest,
  { name, keys, left }: { name: string; keys: DetachKeys; left: (id: string) => void },
): RunTerminal {
  let resolve: (created: Created) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const started = new Promise<Created>((...both) => ([resolve, reject] = both));
  const pty = new SessionTerminal(async (console, signal) => {
    const { size } = console;
    const sized = { ...request, ...(size && { size }), detachKeys: keys.said };
    let run: AttachedRun;
    try {
      run = await start(engine, sized, signal);
    } catch (error) {
      reject(error);
      return 'close';
    }
    resolve({ id: run.id, warnings: run.warnings });
    for (const warning of run.warnings) await console.screen.say(warning);
    void rename(engine, run.id, console);
    if (await watch(engine, { ...run, size }, keys, console, signal)) left(run.id);
    return 'stay';
  });
  return {
    options: { name, pty, iconPath: new vscode.ThemeIcon('play'), isTransient: true },
    started,
  };
}

/** Closing the terminal counts only until the container runs: afterwards it must not end it. */
async function start(engine: Engine, request: RunRequest, signal: AbortSignal): Promise<AttachedRun> {
  const begin = new AbortController();
  const abort = (): void => begin.abort();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await runAttached(engine.requests, request, begin.signal);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Until it ends or is left; answers whether it goes on after the terminal was closed. */
async function watch(
  engine: Engine,
  run: AttachedRun & Pick<Talk, 'size'>,
  keys: DetachKeys,
  console: Console,
  signal: AbortSignal,
): Promise<boolean> {
  const left = new AbortController();
  const leave = (): void => left.abort();
  let interrupts = 0;
  const interrupt = (): void => {
    if (++interrupts >= INTERRUPTS) leave();
    else void engine.containers.kill(run.id, { signal: 'SIGINT' }).catch(() => undefined);
  };
  const { screen } = console;
  try {
    const talk = { ...run, detachKeys: keys.bytes, leave, interrupt };
    await converse(talk, console, AbortSignal.any([signal, left.signal]));
    const exit = await run.exit;
    await screen.say(`${exit.error ?? sayExit(exit.code)} ${anyKey()}`);
    return false;
  } catch (error) {
    run.detach();
    const said = left.signal.aborted ? vscode.l10n.t('Left. The container goes on.') : sayError(error);
    await screen.say(`${said} ${anyKey()}`);
    return signal.aborted;
  }
}

/** The engine gives a name to a container that was given none. */
async function rename(engine: Engine, id: string, console: Console): Promise<void> {
  try {
    const name = (await engine.containers.inspect(id))['Name'];
    if (typeof name === 'string') console.rename(name.replace(/^\//, ''));
  } catch {
    // It was short-lived and is removed already; the terminal keeps the name of its image.
  }
}
