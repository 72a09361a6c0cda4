import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import type { Handler, ViewActions } from '../deps';

/** Narrows the views while one types; closing the box without Enter puts the old filter back. */
export const filter: Handler<'quayside.views.filter'> = async ({ views }, options) => {
  if (options === undefined) return ask(views);
  await views.setFilter(options.text);
};

function ask(views: ViewActions): Promise<void> {
  const old = views.filter;
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t('Filter');
  box.value = old;
  box.placeholder = vscode.l10n.t('a part of a name, state:running, label:key=value');
  box.prompt = vscode.l10n.t('All terms must fit.');
  return new Promise((resolve, reject) => {
    let accepted = false;
    box.onDidChangeValue((text) => views.setFilter(text));
    box.onDidAccept(() => {
      accepted = true;
      views.setFilter(box.value);
      box.hide();
      resolve();
    });
    box.onDidHide(() => {
      box.dispose();
      if (accepted) return;
      views.setFilter(old);
      reject(cancelled());
    });
    box.show();
  });
}
