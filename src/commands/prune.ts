import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import type { PruneKind, Victim } from '../engine/prune';
import { humanSize } from '../engine/run/units';
import type { PruneOptions, PruneResult } from '../ids';
import { confirm, nameLines, requireConfirmed } from './confirm';
import type { Context } from './deps';
import { withProgress } from './progress';
import { offer, report } from './report';
import { engineOf } from './target';

/** The words of one kind of prune. */
export interface PruneTexts {
  readonly looking: string;
  readonly none: string;
  readonly question: string;
  readonly removing: string;
  readonly done: (count: number) => string;
}

/** Removes exactly what was planned and, from the UI, shown and confirmed. */
export async function prune(
  context: Context,
  kinds: PruneKind | readonly PruneKind[],
  options: PruneOptions | undefined,
  texts: PruneTexts,
): Promise<PruneResult> {
  const dryRun = options?.dryRun === true;
  if (!context.fromUi && !dryRun) requireConfirmed(options);
  const engine = engineOf(context, options?.engine);
  const all = options?.all === true;
  const victims = await withProgress(texts.looking, async (signal) => {
    const plans = [kinds].flat().map((kind) => engine.prune.plan(kind, { all }, signal));
    return (await Promise.all(plans)).flat();
  });
  if (dryRun) return result(victims);
  if (context.fromUi) {
    if (victims.length === 0) {
      offer(context, 'info', texts.none);
      return result([]);
    }
    const detail = nameLines(
      victims.map(({ name, bytes }) => `${name}${bytes > 0 ? ` (${humanSize(bytes)})` : ''}`),
    );
    await confirm(withSize(texts.question, sum(victims)), detail, vscode.l10n.t('Remove'));
  }
  const removed = await execute(context, engine, victims, texts.removing);
  if (context.fromUi) offer(context, 'info', withSize(texts.done(removed.victims.length), removed.bytes));
  return removed;
}

async function execute(
  context: Context,
  engine: Engine,
  victims: readonly Victim[],
  title: string,
): Promise<PruneResult> {
  const { removed, refused } = await withProgress(title, (signal, tell) => {
    let ended = 0;
    const onEach = ({ name }: Victim): void => tell({ message: name, fraction: ++ended / victims.length });
    return engine.prune.remove(victims, onEach, signal);
  });
  for (const { victim, error } of refused) context.log.warn(`${victim.name}: ${error.message}`);
  const [first] = refused;
  if (first && context.fromUi) report(context, first.error);
  else if (first && removed.length === 0) throw first.error;
  return result(removed);
}

function withSize(said: string, bytes: number): string {
  return bytes === 0 ? said : `${said} ${vscode.l10n.t('Freed space: {0}.', humanSize(bytes))}`;
}

function result(victims: readonly Victim[]): PruneResult {
  return { victims: victims.map(({ id, name, bytes }) => ({ id, name, bytes })), bytes: sum(victims) };
}

function sum(victims: readonly Victim[]): number {
  return victims.reduce((total, { bytes }) => total + bytes, 0);
}
