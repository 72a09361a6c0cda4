import * as vscode from 'vscode';
import { copyValue } from '../copyValue';
import type { Handler } from '../deps';
import { containersOf, only } from '../target';

/** Name, id, image or address of a container, into the clipboard. */
export const copy: Handler<'quayside.containers.copy'> = async (context, target, options) => {
  const { engine, id } = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Copy from which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  const { Id, Name, Config, NetworkSettings } = (await engine.containers.inspect(id)) as {
    Id?: string;
    Name?: string;
    Config?: { Image?: string };
    NetworkSettings?: { Networks?: Readonly<Record<string, { IPAddress?: string }>> };
  };
  const addresses = Object.entries(NetworkSettings?.Networks ?? {}).map(([network, { IPAddress = '' }]) => ({
    what: 'ip',
    label: vscode.l10n.t('Address in {0}', network),
    value: IPAddress,
  }));
  return copyValue(
    [
      { what: 'name', label: vscode.l10n.t('Name'), value: (Name ?? '').replace(/^\//, '') },
      { what: 'id', label: vscode.l10n.t('Id'), value: Id ?? '' },
      { what: 'image', label: vscode.l10n.t('Image'), value: Config?.Image ?? '' },
      ...addresses,
    ],
    options?.what,
  );
};
