import * as vscode from 'vscode';
import { parseReference } from '../../engine/run/reference';
import { givenOr, problemOf } from '../ask';
import { hostPath } from '../containers/copying';
import type { Handler } from '../deps';
import { openFile } from '../hostFiles';
import { withProgress } from '../progress';
import { offer } from '../report';
import { engineOf } from '../target';

/** Puts the images of a file that `images.save` or `docker save` wrote into the engine. */
export const load: Handler<'quayside.images.load'> = async (context, options) => {
  const from = hostPath(await givenOr(context, options?.from, 'from', askArchive));
  const engine = engineOf(context, options?.engine);
  const { stream, bytes } = await openFile(from);
  const loaded = await withProgress(vscode.l10n.t('Loading {0}', from), (signal, tell) =>
    engine.images.load(
      stream,
      { expectedBytes: bytes },
      ({ fraction, text }) => tell({ fraction, message: text }),
      signal,
    ),
  );
  if (context.fromUi) offer(context, 'info', vscode.l10n.t('Loaded {0}.', loaded.join(', ')));
  return { loaded: [...loaded] };
};

/** Makes an image of a file system in a tar file, as `containers.export` or `docker export` wrote it. */
export const importFiles: Handler<'quayside.images.import'> = async (context, options) => {
  const from = hostPath(await givenOr(context, options?.from, 'from', askArchive));
  const reference = await givenOr(context, options?.reference, 'reference', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('Name of the image'),
      placeHolder: 'team/app:1.0',
      validateInput: problemOf(parseReference),
    }),
  );
  const engine = engineOf(context, options?.engine);
  const { stream } = await openFile(from);
  const id = await withProgress(vscode.l10n.t('Importing {0}', from), (signal) =>
    engine.images.import(stream, { reference }, signal),
  );
  if (context.fromUi) offer(context, 'info', vscode.l10n.t('Made the image {0}.', reference));
  return { id, reference };
};

async function askArchive(): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Which file?'),
    filters: { [vscode.l10n.t('Archives')]: ['tar', 'gz', 'tgz', 'xz', 'zst'] },
  });
  return chosen?.[0]?.fsPath;
}
