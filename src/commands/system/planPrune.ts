import * as vscode from 'vscode';
import { toEngineError } from '../../engine/errors';
import { humanSize } from '../../engine/run/units';
import type { CleanupResult } from '../../ids';
import { confirm, nameLines, requireConfirmed } from '../confirm';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { engineOf } from '../target';

/** The planner of what can go from the engine's disk; with options, its plan by rules, and that carried out. */
export const planPrune: Handler<'quayside.system.planPrune'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  const { Cleanup, readRules, showDisk } = await import('../../panels/disk');
  if (context.fromUi) {
    showDisk({
      engine,
      extensionUri: context.extensionUri,
      remove: async (victims, bytes, work) => {
        if (!(await agreed(victims, bytes))) return undefined;
        return withProgress(vscode.l10n.t('Removing from the disk'), (signal, tell) => {
          let ended = 0;
          return work(({ name }) => tell({ message: name, fraction: ++ended / victims.length }), signal);
        });
      },
    });
    return undefined;
  }
  const dryRun = options?.dryRun === true;
  if (!dryRun) requireConfirmed(options);
  return withProgress(vscode.l10n.t('Adding up what is on the disk'), async (signal) => {
    const cleanup = await Cleanup.look(engine, signal);
    const { ticked, bytes } = cleanup.propose(
      readRules(options?.keep),
      options?.kinds && new Set(options.kinds),
    );
    const victims = cleanup.victims(new Set(ticked));
    if (dryRun) return result(victims, bytes, []);
    const { removed, refused, freed } = await cleanup.remove(victims, () => undefined, signal);
    return result(
      removed,
      freed,
      refused.map(({ victim: { id, name }, error }) => ({ id, name, error })),
    );
  });
};

async function agreed(victims: readonly { name: string; bytes: number }[], bytes: number): Promise<boolean> {
  const detail = nameLines(victims.map(({ name, bytes: own }) => `${name} (${humanSize(own)})`));
  try {
    await confirm(
      vscode.l10n.t('Remove these {0} for good? {1} will be free.', victims.length, humanSize(bytes)),
      detail,
      vscode.l10n.t('Remove'),
    );
    return true;
  } catch (error) {
    if (toEngineError(error).kind === 'cancelled') return false;
    throw error;
  }
}

function result(
  victims: readonly { id: string; name: string; bytes: number }[],
  bytes: number,
  refused: CleanupResult['refused'],
): CleanupResult {
  return { victims: victims.map(({ id, name, bytes: own }) => ({ id, name, bytes: own })), bytes, refused };
}
