import * as vscode from 'vscode';
import { toEngineError } from '../../engine/errors';
import { currentDigest } from '../../engine/registry/current';
import { familiarString, parseReference, repositoryName, withDefaultTag } from '../../engine/run/reference';
import { shortId } from '../../engine/run/names';
import type { ImageUpdate } from '../../ids';
import { namesOf } from '../act';
import type { Context, Handler } from '../deps';
import { inParallel } from '../parallel';
import { withProgress } from '../progress';
import type { ImageRef } from '../ref';
import { offer } from '../report';
import { imagesOf } from '../target';
import { copyDigest, pullAll, reportTransfer } from './pulling';

/** Questions to registries that are under way at once. */
const AT_ONCE = 4;

/** Asks the registry whether it has another image under the tag by now. Nothing is pulled. */
export const checkUpdate: Handler<'quayside.images.checkUpdate'> = async (context, target) => {
  const refs = await imagesOf(context, target, {
    title: vscode.l10n.t('Check which images for updates?'),
    none: vscode.l10n.t('There is no image.'),
    eligible: ({ tags }) => tags.length > 0,
  });
  const title = vscode.l10n.t('Checking {0} for updates', namesOf(refs.map(({ name }) => name)));
  const answers = await withProgress(title, (signal) =>
    inParallel(
      refs,
      async (ref) => {
        try {
          return { ref, update: await updateOf(context, ref, signal) };
        } catch (error) {
          // Of several the others are still told.
          if (!context.fromUi) throw error;
          reportTransfer(context, ref.id, toEngineError(error), () =>
            checkUpdate(context, { id: ref.id, engine: ref.engine.name }),
          );
          return undefined;
        }
      },
      AT_ONCE,
    ),
  );
  const found = answers.filter((one) => one !== undefined);
  if (context.fromUi) tell(context, found);
  const updates = found.map(({ update }) => update);
  const [first] = updates;
  return first && updates.length === 1 && !Array.isArray(target) ? first : updates;
};

async function updateOf(
  { registries }: Context,
  { engine, id }: ImageRef,
  signal: AbortSignal,
): Promise<ImageUpdate> {
  const parsed = withDefaultTag(parseReference(id));
  const reference = familiarString(parsed);
  const { RepoDigests } = (await engine.images.inspect(reference, signal)) as {
    RepoDigests?: readonly string[] | null;
  };
  const remote = await currentDigest(engine, registries, reference, signal);
  const own = (RepoDigests ?? [])
    .map((name) => parseReference(name))
    .filter((one) => repositoryName(one) === repositoryName(parsed))
    .map(({ digest = '' }) => digest);
  const upToDate = own.includes(remote);
  return { reference, upToDate, local: upToDate ? remote : (own[0] ?? ''), remote };
}

function tell(context: Context, found: readonly { ref: ImageRef; update: ImageUpdate }[]): void {
  const current = found.filter(({ update }) => update.upToDate);
  const newer = found.filter(({ update }) => !update.upToDate);
  if (current.length > 0) {
    const names = current.map(({ update }) => update.reference).join(', ');
    const [only] = current;
    offer(
      context,
      'info',
      current.length === 1
        ? vscode.l10n.t('{0} is up to date.', names)
        : vscode.l10n.t('{0} are up to date.', names),
      current.length === 1 && only ? [copyDigest(only.update.remote)] : [],
    );
  }
  for (const { ref, update } of newer) {
    const { reference, local, remote } = update;
    const pull = {
      title: vscode.l10n.t('Pull'),
      run: () => pullAll({ ...context, fromUi: true }, [{ engine: ref.engine, reference }]),
    };
    const said =
      local === ''
        ? vscode.l10n.t(
            '{0} was made here and is not what its registry has (sha256:{1}). A pull would take its name.',
            reference,
            shortId(remote),
          )
        : vscode.l10n.t('A newer image is there for {0} (sha256:{1}).', reference, shortId(remote));
    offer(context, 'info', said, [pull, copyDigest(remote)]);
  }
}
