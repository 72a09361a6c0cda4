import * as vscode from 'vscode';
import { containerId } from '../act';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { isRunning } from '../listing';
import { inParallel } from '../parallel';
import { containersOf } from '../target';

/** One correct sample of each; unless told otherwise also the panel that goes on from there. */
export const stats: Handler<'quayside.containers.stats'> = async (context, target, options = {}) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Show the stats of which containers?'),
    none: vscode.l10n.t('No container is running.'),
    eligible: isRunning,
  });
  const known = await inParallel(refs, async (ref) => ({ ...ref, id: await containerId(ref) }));
  if (options.show !== false) {
    const { showStats } = await import('../../panels/stats');
    showStats(
      context,
      known.map(({ engine, id, name }) => ({ engine: engine.name, id, name })),
    );
  }
  return answerEach(target, known, ({ engine, id }) => engine.stats.once(id));
};
