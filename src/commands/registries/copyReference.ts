import * as vscode from 'vscode';
import { digestOf } from '../../engine/registry/describe';
import { familiarName } from '../../engine/run/reference';
import { copyValue } from '../copyValue';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { tagOf } from './registryOf';

/** `name:tag` or `name@digest` of a tag, into the clipboard. */
export const copyReference: Handler<'quayside.registries.copyReference'> = async (
  context,
  target,
  options,
) => {
  const { reference, parsed } = await tagOf(context, target, vscode.l10n.t('Copy which reference?'));
  const { domain, path, tag, digest } = parsed;
  const what = options?.what ?? target?.what;
  const asked = async (): Promise<string> =>
    digest ??
    withProgress(vscode.l10n.t('Asking for the digest of {0}', reference), async (signal) =>
      digestOf(await context.registries.client(domain), path, tag ?? 'latest', signal),
    );
  // The name alone needs no registry that answers.
  const value = what === 'tag' ? '' : `${familiarName(parsed)}@${await asked()}`;
  return copyValue(
    [
      { what: 'tag', label: vscode.l10n.t('Name and tag'), value: reference },
      { what: 'digest', label: vscode.l10n.t('Name and digest'), value },
    ],
    what,
  );
};
