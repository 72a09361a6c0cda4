import * as vscode from 'vscode';
import { NETWORKS } from '../../engine/model/kinds';
import { copyValue } from '../copyValue';
import type { Handler } from '../deps';
import { networksOf, only } from '../target';

/** Name, id or addresses of a network, into the clipboard. */
export const copy: Handler<'quayside.networks.copy'> = async (context, target, options) => {
  const { engine, id } = only(
    await networksOf(context, target, {
      title: vscode.l10n.t('Copy from which network?'),
      none: vscode.l10n.t('There is no network.'),
      single: true,
    }),
  );
  const { Id: full } = await engine.networks.inspect(id);
  const network = (await NETWORKS.list(engine.requests)).find((one) => one.id === full);
  const { name = '', subnets = [] } = network ?? {};
  return copyValue(
    [
      { what: 'name', label: vscode.l10n.t('Name'), value: name },
      { what: 'id', label: vscode.l10n.t('Id'), value: network?.id ?? '' },
      ...subnets.flatMap(({ subnet, gateway }) => [
        { what: 'subnet', label: vscode.l10n.t('Subnet'), value: subnet },
        { what: 'gateway', label: vscode.l10n.t('Gateway'), value: gateway },
      ]),
    ],
    options?.what,
  );
};
