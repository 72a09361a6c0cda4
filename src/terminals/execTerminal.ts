import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { toEngineError } from '../engine/errors';
import type { ExecRequest } from '../engine/exec';
import { converse } from './converse';
import { offeredAgain } from './reconnect';
import { sayError, sayExit } from './say';
import { SessionTerminal, type Console } from './sessionTerminal';

/** By this variable the processes of a terminal are known. */
const MARK = 'QUAYSIDE_TERMINAL';

/** The engine cannot end a command it runs, so what carries the mark is told that its terminal is gone. */
const HANG_UP = `for file in /proc/[0-9]*/environ; do
  pid=\${file#/proc/}; pid=\${pid%/environ}
  grep -q "${MARK}=$1" "$file" 2>/dev/null && kill -HUP "$pid" 2>/dev/null
done`;

/** ms */
const HANG_UP_TIME = 10_000;

/** A command in a running container, with a terminal of its own. It ends with the terminal. */
export function execTerminal(
  engine: Engine,
  container: { readonly id: string; readonly name: string },
  request: ExecRequest,
): vscode.ExtensionTerminalOptions {
  return {
    name: container.name,
    iconPath: new vscode.ThemeIcon('terminal'),
    isTransient: true,
    pty: new SessionTerminal((console, signal) =>
      offeredAgain(engine, container.id, console, signal, () =>
        execute(engine, container.id, request, console, signal),
      ),
    ),
  };
}

async function execute(
  engine: Engine,
  id: string,
  request: ExecRequest,
  console: Console,
  signal: AbortSignal,
): Promise<boolean> {
  const { screen, size } = console;
  const mark = randomUUID();
  const env = { ...request.env, [MARK]: mark };
  const hangUp = (): void => {
    const command = ['sh', '-c', HANG_UP, 'sh', mark];
    const { user } = request;
    engine.exec
      .run(id, { command, ...(user === undefined ? {} : { user }) }, AbortSignal.timeout(HANG_UP_TIME))
      .catch(() => undefined); // The container is gone, and its processes with it.
  };
  try {
    const terminal = { tty: true, stdin: true, ...(size && { size }) };
    const session = await engine.exec.start(id, { ...request, ...terminal, env }, signal);
    await converse({ ...session, size }, console, signal);
    const code = await session.exitCode;
    await screen.say(code === undefined ? vscode.l10n.t('It goes on without a terminal.') : sayExit(code));
    return false;
  } catch (error) {
    if (signal.aborted) hangUp();
    else await screen.say(sayError(error));
    return toEngineError(error).kind === 'unreachable';
  }
}
