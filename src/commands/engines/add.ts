import * as vscode from 'vscode';
import { parseAddress } from '../../engine/endpoint/address';
import { EngineError, sentence } from '../../engine/errors';
import { givenOr, problemOf } from '../ask';
import type { Context, Handler } from '../deps';
import { offer } from '../report';
import { addedEngines, setAddedEngines } from './added';

/** An engine that no Docker context names, kept in the user's settings. */
export const add: Handler<'quayside.engines.add'> = async (context, options) => {
  const host = await givenOr(context, options?.host, 'host', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('Address of the engine'),
      placeHolder: 'ssh://me@server, tcp://server:2375, unix:///run/docker.sock',
      ignoreFocusOut: true,
      validateInput: problemOf((text) => parseAddress(text)),
    }),
  );
  parseAddress(host);
  const name = await givenOr(context, options?.name, 'name', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('Name of the engine'),
      value: proposal(host),
      ignoreFocusOut: true,
      validateInput: problemOf((text) => checkName(context, text)),
    }),
  );
  checkName(context, name);
  const tls = options?.tls === true ? {} : options?.tls;
  await setAddedEngines([...addedEngines(), { name, host, ...(tls ? { tls } : {}) }]);
  await context.engines.refresh();
  if (context.fromUi) {
    const use = () => vscode.commands.executeCommand('quayside.engines.use', { name });
    offer(context, 'info', vscode.l10n.t('Added the engine "{0}".', name), [
      { title: vscode.l10n.t('Show It'), run: use },
    ]);
  }
  return { name };
};

function checkName({ engines }: Context, name: string): void {
  if (name.trim() === '') throw new EngineError('invalid', sentence('Give the engine a name.'));
  if (engines.all.some((engine) => engine.name === name)) {
    throw new EngineError(
      'conflict',
      sentence('There is an engine named "{0}" already. Choose another name.', name),
    );
  }
}

function proposal(host: string): string {
  const address = parseAddress(host);
  return 'host' in address ? address.host : '';
}
