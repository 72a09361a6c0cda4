import * as vscode from 'vscode';
import { refuseTaken } from '../../engine/volumes/clone';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { engineOf } from '../target';
import { askName } from './one';

/** A volume; without a name the engine gives it one, and it counts as anonymous. */
export const create: Handler<'quayside.volumes.create'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  const title = vscode.l10n.t('Creating a volume');
  if (!context.fromUi)
    return withProgress(title, async (signal) => ({
      name: (await engine.volumes.create(options ?? {}, signal)).name,
    }));
  const name = await askName(vscode.l10n.t('Name of the new volume'));
  await withProgress(title, async (signal) => {
    await refuseTaken(engine, name, signal);
    await engine.volumes.create({ name }, signal);
  });
  return { name };
};
