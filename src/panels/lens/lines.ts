import path from 'node:path';
import * as vscode from 'vscode';
import type { LensLine } from '../../protocol/lens';

/** Where an instruction stands that has made a part of an image. */
export interface FoundLine {
  readonly uri: vscode.Uri;
  /** From 0. */
  readonly line: number;
  /** The text has changed since the image was built. */
  readonly stale: boolean;
}

/**
 * Finds the instructions of an image in the Dockerfiles of the workspace. `history`: the oldest first; one answer for
 * each line of it. `tags`: of the image.
 */
export type FindLines = (
  history: readonly { readonly createdBy: string; readonly size: number }[],
  tags: readonly string[],
) => Promise<readonly (FoundLine | undefined)[]>;

/** As the page shows it. */
export function lensLine(found: FoundLine | undefined): LensLine | null {
  if (!found) return null;
  // Only its name, unless several folders are open or it lies deeper.
  const name = vscode.workspace.asRelativePath(found.uri).split(path.sep).join('/');
  return { label: `${name}:${found.line + 1}`, stale: found.stale };
}

/** Show it in an editor. */
export async function goTo({ uri, line }: FoundLine): Promise<void> {
  const selection = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(uri, { selection, preview: true });
}
