import * as vscode from 'vscode';
import type { Engines } from './engine/engines';
import { DisposableStore } from './engine/emitter';

type Kind = 'containers' | 'images' | 'volumes' | 'networks';

/** Something of this kind changed on the engine of this name; read its model for what. */
export interface ObjectsChanged {
  readonly engine: string;
}

/**
 * What `activate` returns to other extensions: every engine with its verbs and its live model, and one event per kind
 * of object. An engine is watched as long as somebody listens, views or not.
 */
export interface QuaysideApi {
  readonly engines: Engines;
  readonly onDidChangeContainers: vscode.Event<ObjectsChanged>;
  readonly onDidChangeImages: vscode.Event<ObjectsChanged>;
  readonly onDidChangeVolumes: vscode.Event<ObjectsChanged>;
  readonly onDidChangeNetworks: vscode.Event<ObjectsChanged>;
}

export function createApi(engines: Engines): QuaysideApi {
  return {
    engines,
    onDidChangeContainers: changesOf(engines, 'containers'),
    onDidChangeImages: changesOf(engines, 'images'),
    onDidChangeVolumes: changesOf(engines, 'volumes'),
    onDidChangeNetworks: changesOf(engines, 'networks'),
  };
}

/** Changes of one kind on the shown engines, whichever those are while one listens. */
function changesOf(engines: Engines, kind: Kind): vscode.Event<ObjectsChanged> {
  return (listener, thisArg: unknown, disposables) => {
    const watches = new DisposableStore();
    const follow = (): void => {
      const next = engines.shown.map(({ name, model }) => [
        model.watch(kind),
        model[kind].onDidChange(() => void listener.call(thisArg, { engine: name })),
      ]);
      watches.dispose();
      next.flat().forEach((watch) => watches.add(watch));
    };
    follow();
    const shown = engines.onDidChange(follow);
    const all = new vscode.Disposable(() => {
      shown.dispose();
      watches.dispose();
    });
    disposables?.push(all);
    return all;
  };
}
