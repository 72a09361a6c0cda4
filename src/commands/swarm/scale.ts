import * as vscode from 'vscode';
import { act, namesOf } from '../act';
import { givenOr } from '../ask';
import type { Handler } from '../deps';
import { askReplicas } from './askReplicas';
import { serviceId } from './onServices';
import { servicesOf } from './targets';

export const scale: Handler<'quayside.swarm.services.scale'> = async (context, target, options) => {
  const refs = await servicesOf(context, target, {
    title: vscode.l10n.t('Scale which services?'),
    eligible: ({ mode }) => mode === 'replicated',
  });
  const replicas = await givenOr(context, options?.replicas, 'replicas', () => {
    const what = namesOf(refs.map(({ name }) => name));
    return askReplicas(vscode.l10n.t('How many replicas of {0}?', what), refs[0]?.item?.desired ?? 1);
  });
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Scaling {0}', what),
    failing: (what) => vscode.l10n.t('Could not scale {0}.', what),
    work: ({ engine }, id, signal) => engine.swarm.services.scale(id, replicas, signal),
    fullId: serviceId,
  });
};
