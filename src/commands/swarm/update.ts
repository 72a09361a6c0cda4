import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import type { Service } from '../../engine/model/types';
import { parseReference } from '../../engine/run/reference';
import { act } from '../act';
import { problemOf } from '../ask';
import type { Handler } from '../deps';
import type { Ref } from '../ref';
import { only } from '../target';
import { serviceId } from './onServices';
import { servicesOf } from './targets';
import { unpinned } from './unpinned';

/** Another image, or the tasks anew. */
export const update: Handler<'quayside.swarm.services.update'> = async (context, target, options) => {
  const refs = await servicesOf(context, target, {
    title: vscode.l10n.t('Update which service?'),
    single: true,
  });
  const changes = (context.fromUi ? await ask(only(refs)) : options) ?? {};
  if (changes.image === undefined && changes.force !== true)
    throw new EngineError(
      'invalid',
      sentence('There is nothing to change. Give an "image", or "force": true to start the tasks anew.'),
    );
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Updating {0}', what),
    failing: (what) => vscode.l10n.t('Could not update {0}.', what),
    work: async ({ engine, name }, id, signal) => {
      const { pinned } = await engine.swarm.services.update(id, changes, signal);
      if (!pinned) context.log.warn(`${name}: ${unpinned(changes.image ?? '')}`);
    },
    fullId: serviceId,
  });
};

async function ask({ name, item }: Ref<Service>): Promise<{ image: string; force: boolean }> {
  const current = item?.image ?? '';
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('Image of {0}', name),
    prompt: vscode.l10n.t(
      'Its tasks are started anew, one after the other. The same image starts them anew too (force).',
    ),
    value: current,
    ignoreFocusOut: true,
    validateInput: problemOf((text) => parseReference(text.trim())),
  });
  if (answer === undefined) throw cancelled();
  const image = answer.trim();
  return { image, force: image === current };
}
