import path from 'node:path';
import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import type { Context } from '../deps';

const NAME = /^(?:Dockerfile|Containerfile)(?:\.(?!dockerignore$).*)?$|\.(?:dockerfile|containerfile)$/i;
const GLOB =
  '**/{[Dd]ockerfile,[Dd]ockerfile.*,*.[Dd]ockerfile,Containerfile,Containerfile.*,*.containerfile}';
/** Enough to choose from; a folder of dependencies may hold thousands. */
const MOST = 500;

/** The Dockerfile a command was called on; else the one that is open; else the one there is, or the user picks. */
export async function chooseDockerfile({ files }: Context): Promise<vscode.Uri> {
  const [file] = files;
  if (file) return file;
  const open = vscode.window.activeTextEditor?.document;
  if (open?.uri.scheme === 'file' && (open.languageId === 'dockerfile' || isDockerfile(open.uri)))
    return open.uri;
  const found = await findDockerfiles();
  const [first] = found;
  if (!first)
    throw new EngineError(
      'notFound',
      sentence('There is no Dockerfile in this workspace. Create a file of that name, or open its folder.'),
    );
  return found.length === 1 ? first : pick(found);
}

/** Those of the workspace. */
export async function findDockerfiles(): Promise<vscode.Uri[]> {
  return (await vscode.workspace.findFiles(GLOB, '**/node_modules/**', MOST)).filter(isDockerfile);
}

async function pick(found: readonly vscode.Uri[]): Promise<vscode.Uri> {
  const choices = found
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Which Dockerfile?'),
  });
  if (!chosen) throw cancelled();
  return chosen.uri;
}

function isDockerfile({ scheme, fsPath }: vscode.Uri): boolean {
  return scheme === 'file' && NAME.test(path.basename(fsPath));
}
