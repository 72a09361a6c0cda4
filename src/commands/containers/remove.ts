import * as vscode from 'vscode';
import { act, containerId, namesOf } from '../act';
import { confirm, nameLines } from '../confirm';
import type { Handler } from '../deps';
import { isUp } from '../listing';
import type { ContainerRef } from '../ref';
import { containersOf } from '../target';

export const remove: Handler<'quayside.containers.remove'> = async (context, target, options) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Remove which containers?'),
    none: vscode.l10n.t('There is no container.'),
  });
  const how = context.fromUi && options === undefined ? await ask(refs) : (options ?? {});
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Removing {0}', what),
    failing: (what) => vscode.l10n.t('Could not remove {0}.', what),
    work: ({ engine }, id, signal) => engine.containers.remove(id, how, signal),
    fullId: containerId,
  });
};

async function ask(refs: readonly ContainerRef[]): Promise<{ force: boolean; volumes: boolean }> {
  const [first] = refs;
  const question =
    refs.length === 1
      ? vscode.l10n.t('Remove the container {0}?', first?.name ?? '')
      : vscode.l10n.t('Remove {0} containers?', refs.length);
  const up = refs.filter(({ item }) => item !== undefined && isUp(item)).map(({ name }) => name);
  const detail = [
    ...(refs.length > 1 ? [nameLines(refs.map(({ name }) => name))] : []),
    ...(up.length > 0 ? [vscode.l10n.t('Still running, and killed first: {0}', namesOf(up))] : []),
  ];
  const withVolumes = vscode.l10n.t('Remove with Anonymous Volumes');
  const answer = await confirm(question, detail.join('\n\n'), vscode.l10n.t('Remove'), withVolumes);
  return { force: true, volumes: answer === withVolumes };
}
