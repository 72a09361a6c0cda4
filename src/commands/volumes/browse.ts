import { posix } from 'node:path';
import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import type { ListedFile } from '../../engine/files/listing';
import { inPlace } from '../../engine/volumes/clone';
import { withVolume } from '../../engine/volumes/helper';
import { humanSize } from '../../engine/run/units';
import { showDocument } from '../documents/show';
import type { Handler } from '../deps';
import type { Ref } from '../ref';
import { withProgress } from '../progress';
import { volumeOf } from './one';

/** A walk through the files of a volume; a file opens read-only. */
export const browse: Handler<'quayside.volumes.browse'> = async (context, target, options = {}) => {
  const ref = await volumeOf(context, target, vscode.l10n.t('Browse which volume?'));
  const start = posix.normalize(`/${options.path ?? ''}`);
  if (!context.fromUi) return filesOf(ref, start);
  for (let path = start; ;) {
    const chosen = await pick(ref, path, await filesOf(ref, path));
    path = posix.join(path, chosen.name);
    if (chosen.type === 'directory') continue;
    const subject = { kind: 'volumeFile', engine: ref.engine.name, id: ref.id, args: path } as const;
    await showDocument(subject, chosen.name);
    return undefined;
  }
};

function filesOf({ engine, id, name }: Ref<unknown>, path: string): Promise<readonly ListedFile[]> {
  return withProgress(vscode.l10n.t('Looking into {0}', name), (signal) =>
    withVolume(
      engine,
      id,
      {},
      async (container) => {
        const { files } = await engine.files.list(container, inPlace(path), {}, signal);
        return [...files].sort(
          (a, b) =>
            Number(b.type === 'directory') - Number(a.type === 'directory') || (a.name < b.name ? -1 : 1),
        );
      },
      signal,
    ),
  );
}

async function pick(
  { name }: Ref<unknown>,
  path: string,
  files: readonly ListedFile[],
): Promise<Pick<ListedFile, 'name' | 'type'>> {
  const up =
    path === '/' ? [] : [{ label: '$(arrow-up) ..', file: { name: '..', type: 'directory' as const } }];
  const items = files.map((file) => ({
    label: `${file.type === 'directory' ? '$(folder)' : '$(file)'} ${file.name}`,
    description: file.type === 'directory' ? '' : humanSize(file.size),
    file,
  }));
  const title = vscode.l10n.t('{0}: {1}', name, path);
  const placeHolder = items.length === 0 ? vscode.l10n.t('This directory is empty.') : '';
  const chosen = await vscode.window.showQuickPick([...up, ...items], { title, placeHolder });
  if (!chosen) throw cancelled();
  return chosen.file;
}
