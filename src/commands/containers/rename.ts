import * as vscode from 'vscode';
import { checkContainerName } from '../../engine/run/names';
import { givenOr, problemOf } from '../ask';
import type { Handler } from '../deps';
import { offer } from '../report';
import { containersOf, only } from '../target';

export const rename: Handler<'quayside.containers.rename'> = async (context, target, options) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Rename which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  const name = await givenOr(context, options?.name, 'name', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('New name of {0}', ref.name),
      value: ref.name,
      validateInput: problemOf(checkContainerName),
    }),
  );
  checkContainerName(name);
  const { engine } = ref;
  const { Id, Name } = await engine.containers.inspect(ref.id);
  const [id, before] = [text(Id, ref.id), text(Name, ref.name).replace(/^\//, '')];
  await engine.containers.rename(id, name);
  if (context.fromUi && before !== name) {
    const undo = () => engine.containers.rename(id, before);
    offer(context, 'info', vscode.l10n.t('{0} is now called {1}.', before, name), [
      { title: vscode.l10n.t('Undo'), run: undo },
    ]);
  }
  return { id, name };
};

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
