import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { toEngineError } from '../engine/errors';
import { converse } from './converse';
import { detachKeysOf } from './detachKeys';
import { offeredAgain } from './reconnect';
import { sayError, sayExit } from './say';
import { SessionTerminal, type Console } from './sessionTerminal';

/** The main process of a running container. Closing the terminal leaves it as it is. */
export function attachTerminal(
  engine: Engine,
  container: { readonly id: string; readonly name: string },
): vscode.ExtensionTerminalOptions {
  return {
    name: container.name,
    iconPath: new vscode.ThemeIcon('plug'),
    isTransient: true,
    pty: new SessionTerminal((console, signal) =>
      offeredAgain(engine, container.id, console, signal, () =>
        attach(engine, container.id, console, signal),
      ),
    ),
  };
}

async function attach(engine: Engine, id: string, console: Console, signal: AbortSignal): Promise<boolean> {
  const { screen, size } = console;
  const left = new AbortController();
  const either = AbortSignal.any([signal, left.signal]);
  try {
    const keys = await detachKeysOf(engine);
    const session = await engine.attach.open(id, { detachKeys: keys.said, ...(size && { size }) }, either);
    await screen.say(vscode.l10n.t('Attached. {0} leaves the container running.', keys.said));
    await converse(
      {
        ...session,
        size,
        detachKeys: keys.bytes,
        leave: () => left.abort(),
        interrupt: () => void engine.containers.kill(id, { signal: 'SIGINT' }).catch(() => undefined),
      },
      console,
      either,
    );
    const code = await session.exitCode;
    if (code !== undefined) await screen.say(sayExit(code));
    return false;
  } catch (error) {
    await screen.say(left.signal.aborted ? vscode.l10n.t('Left. The container goes on.') : sayError(error));
    return toEngineError(error).kind === 'unreachable';
  }
}
