import * as vscode from 'vscode';
import type { ExecRequest } from '../../engine/exec';
import { EngineError, sentence } from '../../engine/errors';
import { parseOptions } from '../../engine/run/options';
import type { Commands } from '../../ids';
import { execTerminal } from '../../terminals/execTerminal';
import { givenOr } from '../ask';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { isRunning } from '../listing';
import { containersOf } from '../target';
import { openTerminal } from '../terminal';
import { runningContainer } from './running';

type Options = NonNullable<Parameters<Commands['quayside.containers.exec']>[1]>;

/** A command of the user's: in a terminal, or to its end where the caller wants what it wrote. */
export const exec: Handler<'quayside.containers.exec'> = async (context, target, options) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Execute a command in which containers?'),
    none: vscode.l10n.t('No container is running.'),
    eligible: isRunning,
  });
  const command = await givenOr(context, options?.command, 'command', askCommand);
  const request = requestOf(command, options);
  if (options?.show === false) {
    return answerEach(target, refs, async ({ engine, id }) => {
      const { exitCode, stdout, stderr } = await engine.exec.run(id, request);
      return { exitCode, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
    });
  }
  for (const ref of refs) openTerminal(execTerminal(ref.engine, await runningContainer(ref), request));
  return undefined;
};

function requestOf(command: readonly string[], options: Options | undefined): ExecRequest {
  // Code that is not checked by a compiler calls this too.
  if (!Array.isArray(command) || command.length === 0)
    throw new EngineError(
      'invalid',
      sentence(
        'Give the command as a list of its words, as in ["ls", "-l"]; for a shell, ["sh", "-c", "…"].',
      ),
    );
  const { user, workdir, env } = options ?? {};
  return {
    command,
    ...(user === undefined ? {} : { user }),
    ...(workdir === undefined ? {} : { workdir }),
    ...(env === undefined ? {} : { env: Array.isArray(env) ? variables(env) : env }),
  };
}

function variables(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    }),
  );
}

async function askCommand(): Promise<string[] | undefined> {
  const line = await vscode.window.showInputBox({
    title: vscode.l10n.t('Command'),
    placeHolder: 'ls -l /etc',
    prompt: vscode.l10n.t('No shell reads it: for pipes and variables write sh -c "…".'),
    validateInput: (text) => problem(text),
  });
  return line === undefined ? undefined : words(line);
}

/** The words of a line, by the rules of `docker run` for what follows the image. */
function words(line: string): string[] | undefined {
  const parsed = parseOptions(`-- ${line}`, { image: '-' });
  return 'spec' in parsed ? parsed.spec.command : undefined;
}

function problem(line: string): string | undefined {
  const parsed = parseOptions(`-- ${line}`, { image: '-' });
  if ('message' in parsed) return parsed.message;
  return parsed.spec.command ? undefined : vscode.l10n.t('Write a command, such as ls.');
}
