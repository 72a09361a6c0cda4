import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import type { Network } from '../../engine/model/types';
import { act } from '../act';
import type { Context, Handler } from '../deps';
import type { Ref } from '../ref';
import { networksOf } from '../target';
import { checkAddress } from './address';
import { problemOf } from '../ask';
import { askText, containerFor } from './container';
import { networkId } from './onNetworks';

interface Connection {
  readonly container: string;
  readonly aliases?: string[];
  readonly ip?: string;
}

export const connect: Handler<'quayside.networks.connect'> = async (context, target, options) => {
  const refs = await networksOf(context, target, {
    title: vscode.l10n.t('Connect to which networks?'),
    none: vscode.l10n.t('There is no network.'),
    eligible: isJoinable,
  });
  const how = context.fromUi ? await ask(context, refs) : await told(context, options);
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Connecting to {0}', what),
    failing: (what) => vscode.l10n.t('Could not connect to {0}.', what),
    work: ({ engine }, id, signal) => engine.networks.connect(id, how, signal),
    fullId: networkId,
  });
};

/** A container is on the host's network, or on none, from its beginning. */
function isJoinable({ name }: Network): boolean {
  return name !== 'host' && name !== 'none';
}

async function told(context: Context, options: Connection | undefined): Promise<Connection> {
  const question = { title: '', none: '', eligible: () => true };
  return { ...options, container: await containerFor(context, options?.container, question) };
}

async function ask(context: Context, refs: readonly Ref<Network>[]): Promise<Connection> {
  const names = refs.map(({ name }) => name);
  const container = await containerFor(context, undefined, {
    title: vscode.l10n.t('Connect which container to {0}?', names.join(', ')),
    none: vscode.l10n.t('Every container is connected already.'),
    // Who is on the host's network has none of its own to add to.
    eligible: ({ networks }) =>
      names.some((name) => !networks.some((one) => one.name === name)) &&
      !networks.some(({ name }) => name === 'host'),
  });
  // The engine's own networks give neither names nor addresses.
  if (refs.every(({ item }) => item?.predefined === true)) return { container };
  const said = await askText({
    title: vscode.l10n.t('Further names of it in the network, or nothing'),
    placeHolder: 'db, database',
    validateInput: (text) =>
      text.split(/[\s,]+/).every((alias) => alias === '' || /^[a-zA-Z0-9][\w.-]*$/.test(alias))
        ? undefined
        : vscode.l10n.t('Use letters, digits, "_", "." and "-", and a comma between two names.'),
  });
  if (said === undefined) throw cancelled();
  const aliases = said.split(/[\s,]+/).filter(Boolean);
  const ip = refs.length > 1 ? '' : await askIp(refs[0]);
  return { container, ...(aliases.length > 0 && { aliases }), ...(ip !== '' && { ip }) };
}

async function askIp(ref: Ref<Network> | undefined): Promise<string> {
  const subnet = ref?.item?.subnets[0]?.subnet ?? '';
  const ip = await askText({
    title: vscode.l10n.t('Its address, or nothing for one that the engine chooses'),
    placeHolder: subnet,
    validateInput: problemOf((text) => checkAddress(text.trim())),
  });
  if (ip === undefined) throw cancelled();
  return ip;
}
