import * as vscode from 'vscode';
import type { Engines } from '../engine/engines';
import type { Registries } from '../engine/registry/registries';
import type { HistoryLine } from './language/layers';
import type { LayerLine } from './layerLines';

export interface DockerfileDeps {
  readonly engines: Engines;
  readonly registries: Registries;
  readonly log: vscode.LogOutputChannel;
  /** Of the workspace. */
  readonly state: vscode.Memento;
}

/** Finds the instructions of an image in the Dockerfiles of the workspace; see `findLayerLines`. */
export function layerLines(
  state: vscode.Memento,
): (history: readonly HistoryLine[], tags: readonly string[]) => Promise<readonly (LayerLine | undefined)[]> {
  return async (history, tags) => (await import('./layerLines')).findLayerLines(history, tags, state);
}

/** Loads the language features with the first Dockerfile or ignore file that is open; until then nothing of them is in memory. */
export function registerDockerfile(deps: DockerfileDeps): vscode.Disposable {
  let loaded: Promise<vscode.Disposable> | undefined;
  let disposed = false;
  const look = ({ languageId, fileName }: vscode.TextDocument): void => {
    if (loaded || (languageId !== 'dockerfile' && !fileName.endsWith('.dockerignore'))) return;
    opened.dispose();
    loaded = import('./features').then(({ registerFeatures }) => registerFeatures(deps));
    loaded.then(
      (features) => {
        if (disposed) void features.dispose();
      },
      (error: unknown) => deps.log.error(`Dockerfile features: ${String(error)}`),
    );
  };
  const opened = vscode.workspace.onDidOpenTextDocument(look);
  vscode.workspace.textDocuments.forEach(look);
  return new vscode.Disposable(() => {
    disposed = true;
    opened.dispose();
    loaded?.then(
      (features) => void features.dispose(),
      () => undefined,
    );
  });
}
