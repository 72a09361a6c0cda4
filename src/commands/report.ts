import { inspect } from 'node:util';
import * as vscode from 'vscode';
import { EngineError, toEngineError, type Sentence } from '../engine/errors';
import type { CommandDeps } from './deps';

/** A button under a message. */
export interface Step {
  readonly title: string;
  readonly run: () => unknown;
}

const steps = new WeakMap<EngineError, readonly Step[]>();

/** The same error, with buttons for what to do about it when it is shown. */
export function withSteps(error: unknown, ...offered: Step[]): EngineError {
  const failure = toEngineError(error);
  steps.set(failure, [...(steps.get(failure) ?? []), ...offered]);
  return failure;
}

/** A sentence of the engine layer in the user's language. */
export function translated({ text, args }: Sentence): string {
  return vscode.l10n.t(text, ...args);
}

/**
 * The one door through which an error reaches the user: one sentence with its next step, the details in the log. What
 * the user has cancelled needs no words. `retry` does the same again; it is offered where that could help.
 */
export function report(deps: CommandDeps, error: unknown, retry?: () => unknown): void {
  const failure = toEngineError(error);
  if (failure.kind === 'cancelled') return;
  deps.log.error(details(failure));
  const again = retry && (failure.kind === 'unreachable' || failure.kind === 'denied');
  offer(deps, 'error', translated(failure.sentence), [
    ...(steps.get(failure) ?? []),
    ...(again ? [{ title: vscode.l10n.t('Retry'), run: retry }] : []),
    { title: vscode.l10n.t('Show Log'), run: () => deps.log.show() },
  ]);
}

/** Shows a message without waiting for an answer; what its buttons do is reported like any command. */
export function offer(
  deps: CommandDeps,
  severity: 'info' | 'warning' | 'error',
  message: string,
  buttons: readonly Step[] = [],
): void {
  const show = {
    info: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[severity];
  const titles = buttons.map(({ title }) => title);
  void (async () => {
    const answer = await show(withoutLinks(message), ...titles);
    try {
      await buttons.find(({ title }) => title === answer)?.run();
    } catch (error) {
      report(deps, error);
    }
  })();
}

/** VS Code makes links, of commands too, of `[text](target)`; what an engine or a container says is only text. */
function withoutLinks(message: string): string {
  return message.replaceAll('](', '] (');
}

/** The error and everything that caused it, a line each. */
function details(error: EngineError): string {
  const lines = [`${error.message} [${error.kind}${error.status === undefined ? '' : ` ${error.status}`}]`];
  for (let cause = error.cause, depth = 0; cause !== undefined && depth < 5; depth++) {
    lines.push(`  because: ${cause instanceof Error ? cause.message : inspect(cause)}`);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return lines.join('\n');
}
