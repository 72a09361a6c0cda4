import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import type { SwarmNode } from '../../engine/model/types';
import type { Commands } from '../../ids';
import { act, namesOf } from '../act';
import type { Handler } from '../deps';
import type { Ref } from '../ref';
import { nodesOf } from './targets';

type Changes = NonNullable<Parameters<Commands['quayside.swarm.nodes.update']>[1]>;

/** Whether nodes run tasks, and whether they decide. */
export const updateNode: Handler<'quayside.swarm.nodes.update'> = async (context, target, options) => {
  const refs = await nodesOf(context, target, { title: vscode.l10n.t('Change which nodes?') });
  const changes = (context.fromUi ? await ask(refs) : options) ?? {};
  if (changes.availability === undefined && changes.role === undefined)
    throw new EngineError(
      'invalid',
      sentence('There is nothing to change. Give an "availability" or a "role".'),
    );
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Changing {0}', what),
    failing: (what) => vscode.l10n.t('Could not change {0}.', what),
    work: ({ engine }, id, signal) => engine.swarm.nodes.update(id, changes, signal),
    fullId: memberId,
  });
};

async function memberId({ engine, id, item }: Ref<SwarmNode>, signal?: AbortSignal): Promise<string> {
  if (item) return item.id;
  const { ID } = await engine.swarm.nodes.inspect(id, signal);
  return typeof ID === 'string' ? ID : id;
}

async function ask(refs: readonly Ref<SwarmNode>[]): Promise<Changes> {
  const choices: (vscode.QuickPickItem & { readonly changes: Changes })[] = [
    {
      label: vscode.l10n.t('Active'),
      detail: vscode.l10n.t('It takes new tasks.'),
      changes: { availability: 'active' },
    },
    {
      label: vscode.l10n.t('Pause'),
      detail: vscode.l10n.t('It takes no new tasks; those that it has go on.'),
      changes: { availability: 'pause' },
    },
    {
      label: vscode.l10n.t('Drain'),
      detail: vscode.l10n.t('It takes no tasks, and those that it has move to other nodes.'),
      changes: { availability: 'drain' },
    },
    {
      label: vscode.l10n.t('Promote to Manager'),
      detail: vscode.l10n.t('It keeps the state of the swarm and decides with the other managers.'),
      changes: { role: 'manager' },
    },
    {
      label: vscode.l10n.t('Demote to Worker'),
      detail: vscode.l10n.t('It only runs tasks. A swarm needs at least one manager.'),
      changes: { role: 'worker' },
    },
  ];
  const title = vscode.l10n.t('What is {0} to be?', namesOf(refs.map(({ name }) => name)));
  const chosen = await vscode.window.showQuickPick(choices, { title, matchOnDetail: true });
  if (!chosen) throw cancelled();
  return chosen.changes;
}
