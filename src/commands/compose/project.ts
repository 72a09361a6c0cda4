import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import type { Container } from '../../engine/model/types';
import type { TargetObject } from '../../ids';
import { projectOf } from '../../views/nodes';
import type { Context } from '../deps';
import { listContainers } from '../listing';
import { engineOf } from '../target';

/** A compose project as the labels of its containers tell of it: nobody has vouched for what they say. */
export interface Project {
  readonly engine: Engine;
  readonly name: string;
  readonly containers: readonly Container[];
  /** Of the computer that started it; empty when it is not told. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
}

/** The project a command was called for: a group's row, one of its containers, `{ id: name }`, or what the user picks. */
export async function projectFor(context: Context, target: TargetObject | undefined): Promise<Project> {
  const engine = target ? context.engines.get(target.engine) : engineOf(context);
  const all = await listContainers(engine);
  const name = target?.id ?? nameOf(context, all) ?? (await pickName(all));
  const containers = all.filter(({ labels }) => projectOf(labels) === name);
  if (containers.length === 0)
    throw new EngineError(
      'notFound',
      sentence('There is no compose project named "{0}" on this engine. Check the name.', name),
    );
  const label = (key: string): string =>
    containers.map(({ labels }) => labels[`com.docker.compose.project.${key}`]).find(Boolean) ?? '';
  const list = (key: string): string[] => label(key).split(',').filter(Boolean);
  return {
    engine,
    name,
    containers,
    folder: label('working_dir'),
    files: list('config_files'),
    envFiles: list('environment_file'),
  };
}

function nameOf({ nodes: [node] }: Context, all: readonly Container[]): string | undefined {
  if (node?.kind === 'containerGroup' && node.by === 'compose') return node.name;
  if (node?.kind !== 'container') return undefined;
  return projectOf(all.find(({ id }) => id === node.id)?.labels ?? {});
}

async function pickName(all: readonly Container[]): Promise<string> {
  const names = [...new Set(all.map(({ labels }) => projectOf(labels)).filter((name) => name !== undefined))];
  if (names.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No container belongs to a compose project.'));
    throw cancelled();
  }
  const title = vscode.l10n.t('Which compose project?');
  const name = await vscode.window.showQuickPick(names.sort(), { title });
  if (name === undefined) throw cancelled();
  return name;
}
