import { posix } from 'node:path';
import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import { fileAddress, type FileAddress } from '../../engine/files/fileAddress';
import type { ListedFile } from '../../engine/files/listing';
import { humanSize } from '../../engine/run/units';
import { Helpers, VOLUME_PLACE } from '../../engine/files/helperContainers';
import type { Handler } from '../deps';
import type { Ref } from '../ref';
import { only, volumesOf } from '../target';

/** A walk through the files of a volume; a file opens for reading. */
export const browseVolume: Handler<'quayside.volumes.browse'> = async (context, target, options = {}) => {
  const ref = only(
    await volumesOf(context, target, {
      title: vscode.l10n.t('Browse which volume?'),
      none: vscode.l10n.t('There is no volume.'),
      single: true,
    }),
  );
  const start = posix.resolve('/', options.path ?? '');
  const helpers = new Helpers();
  try {
    if (!context.fromUi) return await filesOf(helpers, ref, start);
    await walk(helpers, ref, start);
    return undefined;
  } finally {
    await helpers.dispose();
  }
};

async function walk(helpers: Helpers, ref: Ref<unknown>, start: string): Promise<void> {
  for (let path = start; ;) {
    const chosen = await pick(ref, path, await filesOf(helpers, ref, path));
    if (chosen === 'workspace') {
      const uri = vscode.Uri.from(fileAddress(addressOf(ref, path)));
      const { length } = vscode.workspace.workspaceFolders ?? [];
      vscode.workspace.updateWorkspaceFolders(length, 0, { uri, name: ref.name });
      return;
    }
    path = posix.join(path, chosen.name);
    if (chosen.type === 'directory') continue;
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.from(fileAddress(addressOf(ref, path))));
    return;
  }
}

function addressOf({ engine, id }: Ref<unknown>, path: string): FileAddress {
  return { kind: 'volume', engine: engine.name, id, path };
}

async function filesOf(helpers: Helpers, ref: Ref<unknown>, path: string): Promise<readonly ListedFile[]> {
  const container = await helpers.container(ref.engine, addressOf(ref, path));
  const { files } = await ref.engine.files.list(container, posix.join(VOLUME_PLACE, path));
  return [...files].sort(
    (a, b) => Number(b.type === 'directory') - Number(a.type === 'directory') || (a.name < b.name ? -1 : 1),
  );
}

type Choice = Pick<ListedFile, 'name' | 'type'> | 'workspace';

async function pick({ name }: Ref<unknown>, path: string, files: readonly ListedFile[]): Promise<Choice> {
  const up: readonly (vscode.QuickPickItem & { choice: Choice })[] =
    path === '/' ? [] : [{ label: '$(arrow-up) ..', choice: { name: '..', type: 'directory' } }];
  const items = files.map((file) => ({
    label: `${file.type === 'directory' ? '$(folder)' : '$(file)'} ${file.name}`,
    description: file.type === 'directory' ? '' : humanSize(file.size),
    choice: file,
  }));
  const add = {
    label: vscode.l10n.t('$(add) Add This Folder to the Workspace'),
    choice: 'workspace' as const,
  };
  const title = vscode.l10n.t('{0}: {1}', name, path);
  const placeHolder = items.length === 0 ? vscode.l10n.t('This directory is empty.') : '';
  const chosen = await vscode.window.showQuickPick([...up, ...items, add], { title, placeHolder });
  if (!chosen) throw cancelled();
  return chosen.choice;
}
