import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { engineOf } from '../target';

/** Asks once what every volume of the engine holds: the engine walks through all of them for it. */
export const showSizes: Handler<'quayside.volumes.showSizes'> = async (context, target) => {
  const [first] = [target].flat();
  const engine = engineOf(context, first?.engine);
  const title = vscode.l10n.t('Adding up what the volumes hold');
  const { volumes } = await withProgress(title, (signal) =>
    engine.system.diskUsage({ only: 'volume' }, signal),
  );
  const sizes = volumes.items.map(({ name, size }) => ({ name, bytes: size }));
  context.views.showVolumeSizes(engine.name, new Map(sizes.map(({ name, bytes }) => [name, bytes])));
  return sizes;
};
