import * as vscode from 'vscode';
import type { Network } from '../../engine/model/types';
import { act } from '../act';
import type { Context, Handler } from '../deps';
import type { Ref } from '../ref';
import { networksOf } from '../target';
import { containerFor } from './container';
import { networkId } from './onNetworks';

export const disconnect: Handler<'quayside.networks.disconnect'> = async (context, target, options) => {
  const refs = await networksOf(context, target, {
    title: vscode.l10n.t('Disconnect from which networks?'),
    none: vscode.l10n.t('There is no network.'),
  });
  const connections = context.nodes.some(({ kind }) => kind === 'endpoint');
  return connections ? ofRows(context, refs) : ofNetworks(context, target, refs, options);
};

/** Each row is a connection: its network and its container. */
function ofRows(context: Context, refs: readonly Ref<Network>[]): ReturnType<typeof act> {
  const containers = new Map<Ref<Network>, string>();
  for (const node of context.nodes) {
    const network = node.kind === 'endpoint' && refs.find(({ id }) => id === node.network);
    if (!network) continue;
    const { items } = network.engine.model.containers;
    containers.set({ ...network, name: items.get(node.id)?.name ?? network.name }, node.id);
  }
  return act(context, undefined, [...containers.keys()], {
    doing: (what) => vscode.l10n.t('Disconnecting {0}', what),
    failing: (what) => vscode.l10n.t('Could not disconnect {0}.', what),
    work: (ref, id, signal) =>
      ref.engine.networks.disconnect(id, { container: containers.get(ref) ?? '' }, signal),
    fullId: networkId,
  });
}

async function ofNetworks(
  context: Context,
  target: unknown,
  refs: readonly Ref<Network>[],
  options: { container: string; force?: boolean } | undefined,
): ReturnType<typeof act> {
  const names = refs.map(({ name }) => name);
  const container = await containerFor(context, options?.container, {
    title: vscode.l10n.t('Disconnect which container from {0}?', names.join(', ')),
    none: vscode.l10n.t('No container is connected.'),
    eligible: ({ networks }) => networks.some(({ name }) => names.includes(name)),
  });
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Disconnecting from {0}', what),
    failing: (what) => vscode.l10n.t('Could not disconnect from {0}.', what),
    work: ({ engine }, id, signal) => engine.networks.disconnect(id, { ...options, container }, signal),
    fullId: networkId,
  });
}
