import { posix } from 'node:path';
import * as vscode from 'vscode';
import { givenOr } from '../ask';
import { confirm } from '../confirm';
import { copying, hostPath, tellCopied } from '../containers/copying';
import type { Context, Handler } from '../deps';
import { withProgress } from '../progress';
import { directoryOf, ofUri, uriOf, type FileRef } from './fileOf';
import { refuseReadonly } from './writable';

/** Files from anywhere into a directory of a container: this computer's, another container's, a remote's. */
export const upload: Handler<'quayside.files.upload'> = async (context, target, options) => {
  const directory = await directoryOf(context, target, vscode.l10n.t('Upload to which directory?'));
  await refuseReadonly(directory);
  const given = typeof options?.from === 'string' ? [options.from] : options?.from;
  const from = await givenOr(
    context,
    given?.map((path) => vscode.Uri.file(hostPath(path))),
    'from',
    () => ask(context),
  );
  await confirmReplacing(context, directory, from);
  const here = from.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  let copied = { files: 0, bytes: 0 };
  if (here.length > 0) {
    const title = vscode.l10n.t('Uploading to {0}', directory.path);
    copied = await copying(title, (how, signal) =>
      directory.engine.files.copyTo(directory.id, here, below(directory.path), how, signal),
    );
    tellCopied(context, copied, directory.path);
  }
  for (const uri of from) {
    const inside = ofUri(context, uri);
    if (inside) await copyInside(inside, directory);
    else if (uri.scheme !== 'file')
      await vscode.workspace.fs.copy(uri, childOf(directory, uri), { overwrite: true });
  }
  return { files: copied.files, bytes: copied.bytes };
};

async function copyInside(source: FileRef, directory: FileRef): Promise<void> {
  if (source.id === directory.id && posix.dirname(source.path) === directory.path) return;
  await withProgress<unknown>(vscode.l10n.t('Copying {0}', source.path), (signal) =>
    source.engine === directory.engine
      ? source.engine.files.copyBetween(source, { id: directory.id, path: below(directory.path) }, {}, signal)
      : Promise.resolve(vscode.workspace.fs.copy(uriOf(source), childOf(directory, uriOf(source)))),
  );
}

/** Asks before something that is there gets another content. */
async function confirmReplacing(
  { fromUi }: Context,
  { engine, id, path }: FileRef,
  from: readonly vscode.Uri[],
): Promise<void> {
  if (!fromUi) return;
  const { files } = await engine.files.list(id, path);
  const names = new Set(files.map(({ name }) => name));
  const taken = from.map((uri) => posix.basename(uri.path)).filter((name) => names.has(name));
  if (taken.length === 0) return;
  await confirm(
    vscode.l10n.t('Some of these files are in the container already. Overwrite them?'),
    taken.map((name) => `• ${name}`).join('\n'),
    vscode.l10n.t('Overwrite'),
  );
}

async function ask({ files }: Context): Promise<readonly vscode.Uri[] | undefined> {
  if (files.length > 0) return files;
  return vscode.window.showOpenDialog({
    title: vscode.l10n.t('Upload which files to the container?'),
    openLabel: vscode.l10n.t('Upload'),
    canSelectMany: true,
    canSelectFiles: true,
    canSelectFolders: true,
  });
}

function childOf(directory: FileRef, uri: vscode.Uri): vscode.Uri {
  return uriOf({ ...directory, path: posix.join(directory.path, posix.basename(uri.path)) });
}

/** With a slash at its end, as what is copied goes into it. */
function below(directory: string): string {
  return directory.endsWith('/') ? directory : `${directory}/`;
}
