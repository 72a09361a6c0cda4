import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { toEngineError, type EngineError } from '../../engine/errors';
import { shortId } from '../../engine/run/names';
import type { Outcome } from '../../ids';
import { projectOf } from '../../views/nodes';
import { confirm, nameLines, requireConfirmed } from '../confirm';
import type { Handler } from '../deps';
import { listNetworks, listVolumes } from '../listing';
import { inParallel } from '../parallel';
import { withProgress } from '../progress';
import { offer, report } from '../report';
import { projectFor } from './project';

/** Something of a project that goes. */
interface Part {
  readonly id: string;
  readonly name: string;
  readonly remove: (signal: AbortSignal) => Promise<unknown>;
}

/** What `docker compose down` does, by the labels that compose has given: no file is needed. */
export const down: Handler<'quayside.compose.down'> = async (context, target, options) => {
  if (!context.fromUi) requireConfirmed(options);
  const { engine, name, containers } = await projectFor(context, target);
  const own = <T extends { labels: Readonly<Record<string, string>> }>(items: readonly T[]): T[] =>
    items.filter(({ labels }) => projectOf(labels) === name);
  const [networks, volumes] = [own(await listNetworks(engine)), own(await listVolumes(engine))];
  const withVolumes = context.fromUi
    ? await ask(name, { containers, networks, volumes })
    : options?.volumes === true;
  // A network goes only when nothing is connected to it, a volume only when nothing uses it.
  const stages: Part[][] = [
    containers.map(({ id, name: called }) => ({
      id,
      name: called,
      remove: (signal) => take(engine, id, signal),
    })),
    [
      ...networks.map(({ id, name: called }) => ({
        id,
        name: called,
        remove: (signal: AbortSignal) => engine.networks.remove(id, signal),
      })),
      ...(withVolumes ? volumes : []).map((volume) => ({
        id: volume.name,
        name: volume.name,
        remove: (signal: AbortSignal) => engine.volumes.remove(volume.name, {}, signal),
      })),
    ],
  ];
  const outcome = await removeAll(vscode.l10n.t('Removing the project {0}', name), stages);
  const [first] = outcome.failed;
  if (first && context.fromUi) report(context, first.error);
  else if (context.fromUi)
    offer(context, 'info', vscode.l10n.t('The project {0} is down: {1} removed.', name, outcome.done.length));
  return outcome;
};

/** In the order of compose: stopped as it should be, then removed with the volumes made for it alone. */
async function take(engine: Engine, id: string, signal: AbortSignal): Promise<void> {
  await engine.containers.stop(id, {}, signal);
  await engine.containers.remove(id, { force: true, volumes: true }, signal).catch((error: unknown) => {
    if (toEngineError(error).kind !== 'notFound') throw error;
  });
}

function removeAll(title: string, stages: readonly (readonly Part[])[]): Promise<Outcome> {
  const total = stages.flat().length;
  return withProgress(title, async (signal, tell) => {
    const done: string[] = [];
    const failed: { id: string; error: EngineError }[] = [];
    for (const stage of stages) {
      await inParallel(stage, async ({ id, name, remove }) => {
        tell({ message: name, fraction: (done.length + failed.length) / total });
        try {
          await remove(signal);
          done.push(id);
        } catch (error) {
          failed.push({ id, error: toEngineError(error) });
        }
      });
    }
    return { done, failed };
  });
}

/** Whether the volumes go too. */
async function ask(
  project: string,
  parts: Readonly<Record<'containers' | 'networks' | 'volumes', readonly { readonly name: string }[]>>,
): Promise<boolean> {
  const names = (items: readonly { readonly name: string }[]): string =>
    nameLines(items.map(({ name }) => (/^[0-9a-f]{64}$/.test(name) ? shortId(name) : name)));
  const { containers, networks, volumes } = parts;
  const detail = [
    `${vscode.l10n.t('Containers')}\n${names(containers)}`,
    ...(networks.length > 0 ? [`${vscode.l10n.t('Networks')}\n${names(networks)}`] : []),
    ...(volumes.length > 0
      ? [`${vscode.l10n.t('Volumes, with all they hold, only when you say so')}\n${names(volumes)}`]
      : []),
  ].join('\n\n');
  const question = vscode.l10n.t('Take the project "{0}" down?', project);
  const all = vscode.l10n.t('Down, with Volumes');
  const buttons = [vscode.l10n.t('Down'), ...(volumes.length > 0 ? [all] : [])];
  return (await confirm(question, detail, ...buttons)) === all;
}
