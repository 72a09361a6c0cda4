import * as vscode from 'vscode';

export interface Told {
  readonly message?: string;
  /** 0 to 1. */
  readonly fraction?: number;
}

/** ms; what is done by then shows nothing. */
const SOON = 300;

/** ms between two changes of what is shown. */
const OFTEN = 100;

/**
 * Runs `work`, under a notification with a cancel button when it takes a while. The button aborts the signal, and the
 * work then rejects with kind `cancelled`, as it does for its own reasons with others.
 */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, tell: (told: Told) => void) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let last: Told = {};
  let show: ((told: Told) => void) | undefined;
  const running = work(abort.signal, (told) => {
    last = told;
    show?.(told);
  });
  const ended = running.then(
    () => true,
    () => true,
  );
  if (await Promise.race([ended, after(SOON)])) return running;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(() => abort.abort());
    show = throttled(progress);
    show(last);
    return ended;
  });
  return running;
}

function after(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}

/** VS Code adds increments up; what is told is where the work stands. */
function throttled(
  progress: vscode.Progress<{ message?: string; increment?: number }>,
): (told: Told) => void {
  let shown = 0;
  let next = 0;
  return ({ message, fraction }) => {
    const now = Date.now();
    if (now < next) return;
    next = now + OFTEN;
    const increment = fraction === undefined ? 0 : Math.max(0, fraction * 100 - shown);
    shown += increment;
    progress.report({ ...(message === undefined ? {} : { message }), increment });
  };
}
