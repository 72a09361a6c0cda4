import * as vscode from 'vscode';
import { BaseImages } from './baseImages';
import { registerCodeActions } from './codeActions';
import { registerCompletion } from './completion';
import { Diagnostics } from './diagnostics';
import { registerLanguage } from './providers';
import { registerIgnoreFiles } from './ignoreFiles';
import type { DockerfileDeps } from './register';

/** Every language feature, on the one model. */
export function registerFeatures(deps: DockerfileDeps): vscode.Disposable {
  const images = new BaseImages(deps.engines);
  const diagnostics = new Diagnostics(images, deps.log);
  return vscode.Disposable.from(
    images,
    diagnostics,
    registerCodeActions(diagnostics),
    registerLanguage(deps, images),
    registerCompletion(images, deps),
    registerIgnoreFiles(),
  );
}
