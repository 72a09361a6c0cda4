import * as vscode from 'vscode';
import { familiarName, familiarString, parseReference, withDefaultTag } from '../../engine/run/reference';
import { containerId } from '../act';
import { givenOr, problemOf } from '../ask';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { offer } from '../report';
import { containersOf, only } from '../target';

/** Makes an image of what a container's files are now. */
export const commit: Handler<'quayside.containers.commit'> = async (context, target, options) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Make an image of which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  const wanted = await givenOr(context, options?.reference, 'reference', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('Name of the image'),
      placeHolder: 'team/app:1.0',
      validateInput: problemOf(parseReference),
    }),
  );
  const parsed = withDefaultTag(parseReference(wanted));
  const { message, changes } = options ?? {};
  const request = {
    repository: familiarName(parsed),
    ...(parsed.tag === undefined ? {} : { tag: parsed.tag }),
    ...(message === undefined ? {} : { message }),
    ...(changes === undefined ? {} : { changes }),
  };
  const container = await containerId(ref);
  const reference = familiarString(parsed);
  const id = await withProgress(vscode.l10n.t('Making {0}', reference), (signal) =>
    ref.engine.containers.commit(container, request, signal),
  );
  if (context.fromUi) offer(context, 'info', vscode.l10n.t('Made the image {0}.', reference));
  return { id, reference };
};
