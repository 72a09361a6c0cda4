import * as vscode from 'vscode';
import { toEngineError, type Sentence } from '../engine/errors';

/** What went wrong as the editor tells one failure of a file from another, with the engine layer's sentence. */
export function fileFailure(error: unknown): Error {
  if (error instanceof vscode.FileSystemError) return error;
  const failure = toEngineError(error);
  const { kind, sentence } = failure;
  const text = said(sentence);
  if (kind === 'cancelled') return new vscode.CancellationError();
  if (isMissingFile(failure)) return vscode.FileSystemError.FileNotFound(text);
  if (kind === 'denied') return vscode.FileSystemError.NoPermissions(text);
  return vscode.FileSystemError.Unavailable(text);
}

/** What is asked of the engine, with its failures told in the editor's terms. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileFailure(error);
  }
}

export function said({ text, args }: Sentence): string {
  return vscode.l10n.t(text, ...args);
}

/** Whether there is no such file, in a container that is there: the editor takes the one for another thing than the other. */
export function isMissingFile(error: unknown): boolean {
  const { kind, cause } = toEngineError(error);
  return kind === 'notFound' && !/no such (?:container|image|volume)/i.test(String(cause));
}
