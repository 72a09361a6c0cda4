import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import { STATE_KEYS } from '../../ids';
import type { Context, Handler } from '../deps';
import { addedEngines, setAddedEngines } from './added';

/** Takes an engine that was added by hand out of the settings again. The engine itself is not touched. */
export const forget: Handler<'quayside.engines.forget'> = async (context, options) => {
  const added = addedEngines();
  const meant = options?.name ?? (context.onRows ? context.nodes[0]?.engine : undefined);
  const name = meant ?? (await ask(added.map((engine) => engine.name)));
  context.engines.get(name);
  if (!added.some((engine) => engine.name === name)) {
    throw new EngineError(
      'invalid',
      sentence(
        '"{0}" was not added here. If it is a Docker context, remove it with "docker context rm".',
        name,
      ),
    );
  }
  await setAddedEngines(added.filter((engine) => engine.name !== name));
  await stopShowing(context, name);
  await context.engines.refresh();
  return { name };
};

async function stopShowing({ state }: Context, name: string): Promise<void> {
  const chosen = state.get<string[]>(STATE_KEYS.chosenEngines, []);
  if (!chosen.includes(name)) return;
  await state.update(
    STATE_KEYS.chosenEngines,
    chosen.filter((other) => other !== name),
  );
}

async function ask(names: readonly string[]): Promise<string> {
  if (names.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No engine was added by hand.'));
    throw cancelled();
  }
  const name = await vscode.window.showQuickPick(names, { title: vscode.l10n.t('Forget which engine?') });
  if (name === undefined) throw cancelled();
  return name;
}
