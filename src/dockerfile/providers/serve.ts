import * as vscode from 'vscode';
import { isDockerfile } from '../documents';
import { modelOf, type Model } from '../model/model';

export const selector: vscode.DocumentSelector = { language: 'dockerfile' };

/** As with the checks: longer than what anybody writes by hand. */
const longest = 1024 * 1024;

/** Extensions with a language server that answers the same questions. */
const others = ['ms-azuretools.vscode-docker', 'ms-azuretools.vscode-containers'];

/**
 * The model to answer from, undefined where nothing is to be said. `twice`: the editor shows the answers of all
 * extensions side by side, so one that is already given by another is not given again.
 */
export function served(document: vscode.TextDocument, twice = false): Model | undefined {
  if (!isDockerfile(document)) return undefined;
  const mode = vscode.workspace
    .getConfiguration('quayside.dockerfile', document.uri)
    .get<string>('language', 'auto');
  if (mode === 'off') return undefined;
  if (twice && mode === 'auto' && others.some((id) => vscode.extensions.getExtension(id))) return undefined;
  const model = modelOf(document);
  return model.lines.text.length > longest ? undefined : model;
}
