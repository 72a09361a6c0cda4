import * as vscode from 'vscode';
import { recreate as replace, type RecreateStep } from '../../engine/recreate';
import { differences, LIVE } from '../../engine/run/difference';
import { shortId } from '../../engine/run/names';
import type { RunSpec } from '../../engine/run/spec';
import { checkRunSpec } from '../../engine/run/validate';
import type { Context, Handler } from '../deps';
import { workspaceFolder } from '../containers/copying';
import { withProgress } from '../progress';
import type { ContainerRef } from '../ref';
import { containersOf, only } from '../target';
import { containerId } from '../act';
import { composeNotes, openForm } from './form';
import { ownSpec } from './ownSpec';
import { ensureImage, prepareRun } from './prepare';

/** Changes a container: while it runs where that can be done, else by another that takes its place. */
export const recreate: Handler<'quayside.containers.recreate'> = async (context, target, options) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Change which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  const own = { ...(await ownSpec(ref)), detach: true };
  if (!context.fromUi || options !== undefined)
    return change(context, ref, own, checkRunSpec({ ...own, ...options }));
  await openForm(context, ref.engine, own, {
    title: vscode.l10n.t('Edit {0}', own.name ?? ref.name),
    notes: await composeNotes(ref),
    replaces: own,
    run: async (wanted) => {
      const name = wanted.name ?? own.name ?? ref.name;
      if (differences(own, wanted).length === 0)
        return { said: vscode.l10n.t('Nothing is different: {0} stays as it is.', name), close: false };
      const { live } = await change(context, ref, own, wanted);
      return {
        said: live
          ? vscode.l10n.t('{0} was changed while it ran.', name)
          : vscode.l10n.t('{0} was recreated.', name),
        close: true,
      };
    },
  });
  return undefined;
};

async function change(
  context: Context,
  ref: ContainerRef,
  own: RunSpec,
  wanted: RunSpec,
): Promise<{ id: string; live: boolean }> {
  const { engine } = ref;
  const id = await containerId(ref);
  const changes = differences(own, wanted);
  if (changes.every(({ live }) => live)) {
    await changeLive(ref, id, own, changes, wanted);
    return { id, live: true };
  }
  await ensureImage(engine, wanted);
  const request = await prepareRun(engine, wanted, workspaceFolder());
  const made = await withProgress(vscode.l10n.t('Recreating {0}', own.name ?? shortId(id)), (signal, tell) =>
    replace(engine, id, request, (step) => tell({ message: words(step) }), signal),
  );
  for (const warning of made.warnings) context.log.warn(warning);
  return { id: made.id, live: false };
}

/** The name first: it may be taken, and is easily given back when the engine refuses a limit. */
async function changeLive(
  { engine }: ContainerRef,
  id: string,
  own: RunSpec,
  changes: ReturnType<typeof differences>,
  wanted: RunSpec,
): Promise<void> {
  const { containers } = engine;
  const renamed = changes.some(({ field }) => field === 'name');
  if (renamed && wanted.name !== undefined) await containers.rename(id, wanted.name);
  const keys = changes.map(({ field }) => LIVE[field]).filter((key) => key !== undefined);
  if (keys.length === 0) return;
  try {
    const { HostConfig } = (await prepareRun(engine, wanted, workspaceFolder())).body as {
      HostConfig: Readonly<Record<string, unknown>>;
    };
    const { Memory } = HostConfig;
    // With a new container the engine would set it so; of one that runs it keeps what it was.
    const swap =
      keys.includes('Memory') && wanted.memorySwap === undefined && typeof Memory === 'number'
        ? { MemorySwap: Memory * 2 }
        : {};
    const values = Object.fromEntries(keys.map((key) => [key, HostConfig[key]]));
    await containers.update(id, { ...swap, ...values });
  } catch (error) {
    if (renamed && own.name !== undefined) await containers.rename(id, own.name);
    throw error;
  }
}

function words(step: RecreateStep): string {
  switch (step) {
    case 'renaming':
      return vscode.l10n.t('putting the old one aside');
    case 'stopping':
      return vscode.l10n.t('stopping the old one');
    case 'creating':
      return vscode.l10n.t('creating the new one');
    case 'starting':
      return vscode.l10n.t('starting the new one');
    case 'health':
      return vscode.l10n.t('waiting until it is healthy');
    case 'removing':
      return vscode.l10n.t('removing the old one');
    case 'rollBack':
      return vscode.l10n.t('bringing the old one back');
  }
}
