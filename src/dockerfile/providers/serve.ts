import type * as vscode from 'vscode';
import { isDockerfile } from '../documents';
import { languageMode } from '../mode';
import { modelOf, type Model } from '../model/model';

export const selector: vscode.DocumentSelector = { language: 'dockerfile' };

/** As with the checks: longer than what anybody writes by hand. */
const longest = 1024 * 1024;

/**
 * The model to answer from, undefined where nothing is to be said. `twice`: the editor shows the answers of all
 * extensions side by side, so one that is already given by another is not given again.
 */
export function served(document: vscode.TextDocument, twice = false): Model | undefined {
  if (!isDockerfile(document)) return undefined;
  const { on, elsewhere } = languageMode(document);
  if (!on || (twice && elsewhere)) return undefined;
  const model = modelOf(document);
  return model.lines.text.length > longest ? undefined : model;
}
