import * as vscode from 'vscode';
import { registerColours } from './colours';
import { registerFormatting } from './formatting';
import { registerNaming } from './naming';
import { registerStructure } from './structure';

/** What makes reading and writing a Dockerfile easy, besides the checks: each feature is thin, over the model. */
export function registerLanguage(): vscode.Disposable {
  return vscode.Disposable.from(
    registerStructure(),
    registerNaming(),
    registerColours(),
    registerFormatting(),
  );
}
