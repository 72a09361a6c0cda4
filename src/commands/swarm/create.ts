import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { EngineError, sentence } from '../../engine/errors';
import type { ServiceOptions } from '../../engine/swarm/serviceSpec';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { offer } from '../report';
import { engineOf } from '../target';
import { askService } from './askService';
import { unpinned } from './unpinned';

export const create: Handler<'quayside.swarm.services.create'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  if (!context.fromUi) {
    if (!options?.image) throw new EngineError('invalid', sentence('The option "{0}" is missing.', 'image'));
    return make(engine, options);
  }
  const asked = await askService(engine);
  const made = await make(engine, asked);
  if (made.warnings.length > 0) {
    const created = vscode.l10n.t('The service {0} was created.', asked.name);
    offer(context, 'info', [created, ...made.warnings].join(' '));
  }
  return made;
};

async function make(
  { swarm }: Engine,
  options: ServiceOptions,
): Promise<{ id: string; warnings: readonly string[] }> {
  const { id, pinned, warnings } = await withProgress(
    vscode.l10n.t('Creating {0}', options.name ?? options.image),
    (signal) => swarm.services.create(options, signal),
  );
  return { id, warnings: pinned ? warnings : [...warnings, unpinned(options.image)] };
}
