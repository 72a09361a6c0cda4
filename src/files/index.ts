import * as vscode from 'vscode';
import type { Engines } from '../engine/engines';
import { FILE_SCHEMES } from '../engine/files/fileSchemes';
import type { FileSystem } from './fileSystem';

export interface FilesDeps {
  readonly engines: Engines;
  readonly log: vscode.LogOutputChannel;
}

/**
 * The files of containers, images and volumes as file systems of the editor, and the letters of what changed in them.
 * The work is loaded when the first file is asked for.
 */
export function registerFiles(deps: FilesDeps): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const decorated = new vscode.EventEmitter<undefined>();
  let made: Promise<FileSystem> | undefined;
  const system = (): Promise<FileSystem> =>
    (made ??= import('./fileSystem').then(
      ({ FileSystem }) =>
        new FileSystem({
          ...deps,
          changed: (events) => changed.fire(events),
          decorated: () => decorated.fire(undefined),
        }),
    ));
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: (uri) => {
      const watching = system().then((files) => files.watch(uri));
      return new vscode.Disposable(() => void watching.then((watch) => watch.dispose()));
    },
    stat: async (uri) => (await system()).stat(uri),
    readDirectory: async (uri) => (await system()).readDirectory(uri),
    readFile: async (uri) => (await system()).readFile(uri),
    writeFile: async (uri, content, options) => (await system()).writeFile(uri, content, options),
    createDirectory: async (uri) => (await system()).createDirectory(uri),
    delete: async (uri, options) => (await system()).delete(uri, options),
    rename: async (from, to, options) => (await system()).rename(from, to, options),
    copy: async (from, to, options) => (await system()).copy(from, to, options),
  };
  const schemes: readonly string[] = Object.values(FILE_SCHEMES);
  return vscode.Disposable.from(
    changed,
    decorated,
    ...schemes.map((scheme) =>
      vscode.workspace.registerFileSystemProvider(scheme, provider, {
        isCaseSensitive: true,
        isReadonly: scheme === FILE_SCHEMES.image,
      }),
    ),
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: decorated.event,
      provideFileDecoration: async (uri) =>
        uri.scheme === FILE_SCHEMES.container ? (await system()).decoration(uri) : undefined,
    }),
    { dispose: () => void made?.then((files) => files.dispose()) },
  );
}
