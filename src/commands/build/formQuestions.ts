import path from 'node:path';
import * as vscode from 'vscode';
import type { BuildChoices } from '../../engine/build/choices';
import { parseReference } from '../../engine/run/reference';
import { problemOf } from '../ask';
import type { Draft } from './form';

/** The names of the image; the first is the one it is called by. */
export async function askTags(draft: Draft): Promise<Draft | undefined> {
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name and tag of the image'),
    value: draft.tags.join(' '),
    prompt: vscode.l10n.t('Several names are separated by a space.'),
    validateInput: problemOf((text) => {
      const names = namesIn(text);
      // Of no name it says what one looks like.
      for (const name of names.length > 0 ? names : ['']) parseReference(name);
    }),
  });
  return answer === undefined ? undefined : { ...draft, tags: namesIn(answer) };
}

function namesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((name) => name !== '');
}

/** The folder whose files the Dockerfile may copy: its own, or one above. */
export async function askContext(draft: Draft, dockerfile: vscode.Uri): Promise<Draft | undefined> {
  const workspace = vscode.workspace.getWorkspaceFolder(dockerfile)?.uri.fsPath;
  const folders = [path.dirname(dockerfile.fsPath)];
  while (workspace !== undefined && folders.at(-1) !== workspace && folders.length < 20)
    folders.push(path.dirname(folders.at(-1) ?? workspace));
  if (!folders.includes(draft.context)) folders.unshift(draft.context);
  const other = vscode.l10n.t('Another folder…');
  const chosen = await vscode.window.showQuickPick(
    [
      ...folders.map((folder) => ({
        label: placeOf(folder),
        description: folder === draft.context ? vscode.l10n.t('now') : '',
        folder,
      })),
      { label: other, description: '', folder: undefined },
    ],
    { title: vscode.l10n.t('Build context: the folder whose files the Dockerfile may copy') },
  );
  if (!chosen) return undefined;
  if (chosen.folder !== undefined) return { ...draft, context: chosen.folder };
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.Uri.file(draft.context),
      openLabel: vscode.l10n.t('Use as Build Context'),
    })) ?? [];
  return folder && { ...draft, context: folder.fsPath };
}

/** A folder as people call it: that of the workspace by its name, others from there. */
export function placeOf(folder: string): string {
  const whole = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === folder);
  return whole?.name ?? vscode.workspace.asRelativePath(folder);
}

/** The stage to stop at. */
export async function askTarget(
  draft: Draft,
  { stages, lastIsNamed }: BuildChoices,
): Promise<Draft | undefined> {
  const whole = { label: vscode.l10n.t('The last one'), description: vscode.l10n.t('the whole Dockerfile') };
  const named = lastIsNamed ? stages.slice(0, -1) : stages;
  const chosen = await vscode.window.showQuickPick([whole, ...named.map((label) => ({ label }))], {
    title: vscode.l10n.t('Build up to which stage?'),
  });
  return chosen && { ...draft, target: chosen === whole ? undefined : chosen.label };
}
