import * as vscode from 'vscode';
import type { Container } from '../../engine/model/types';
import { act, imageId } from '../act';
import { confirm, nameLines } from '../confirm';
import type { Context, Handler } from '../deps';
import { EngineError, sentence } from '../../engine/errors';
import { isUp, listContainers } from '../listing';
import { withSteps } from '../report';
import type { ImageRef } from '../ref';
import { imagesOf } from '../target';

/** Removes tags; an image goes with its last one. */
export const remove: Handler<'quayside.images.remove'> = async (context, target, options) => {
  const refs = await imagesOf(context, target, {
    title: vscode.l10n.t('Remove which images?'),
    none: vscode.l10n.t('There is no image.'),
  });
  if (context.fromUi && options === undefined) await ask(refs);
  try {
    return await removeImages(context, target, refs, options?.force === true);
  } catch (error) {
    if (!(error instanceof EngineError && error.kind === 'conflict')) throw error;
    const title = vscode.l10n.t('Remove with Force');
    throw withSteps(error, { title, run: () => removeImages(context, target, refs, true) });
  }
};

function removeImages(context: Context, target: unknown, refs: readonly ImageRef[], force: boolean) {
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Removing {0}', what),
    failing: (what) => vscode.l10n.t('Could not remove {0}.', what),
    work: async (ref, id, signal) => {
      try {
        await ref.engine.images.remove(ref.id, { force }, signal);
      } catch (error) {
        throw await byUsers(error, ref, id);
      }
    },
    fullId: imageId,
  });
}

/** The engine names one container at most, and by its id. */
async function byUsers(error: unknown, ref: ImageRef, id: string): Promise<unknown> {
  if (!(error instanceof EngineError && error.kind === 'conflict')) return error;
  const users = (await usersOf(ref, id)).map(({ name }) => name);
  const [first] = users;
  if (first === undefined) return error;
  const said =
    users.length === 1
      ? sentence(
          'The image {0} is used by container {1}. Remove that container first, or remove the image with force.',
          ref.name,
          first,
        )
      : sentence(
          'The image {0} is used by containers {1}. Remove those first, or remove the image with force.',
          ref.name,
          users.join(', '),
        );
  const { cause, status } = error;
  return new EngineError('conflict', said, { cause, ...(status === undefined ? {} : { status }) });
}

/** Those that run first. */
async function usersOf({ engine }: ImageRef, id: string): Promise<readonly Container[]> {
  // What is live is known already: a list for each of many images would take its time.
  const { items, loaded, watched } = engine.model.containers;
  const all = loaded && watched ? [...items.values()] : await listContainers(engine);
  return all.filter(({ imageId: own }) => own === id).sort((a, b) => Number(isUp(b)) - Number(isUp(a)));
}

async function ask(refs: readonly ImageRef[]): Promise<void> {
  const [first] = refs;
  const question =
    refs.length === 1
      ? vscode.l10n.t('Remove the image {0}?', first?.name ?? '')
      : vscode.l10n.t('Remove {0} images?', refs.length);
  const used = new Map<ImageRef, string>();
  for (const ref of refs) {
    const users = ref.item ? await usersOf(ref, ref.item.id) : [];
    if (users.length > 0) used.set(ref, users.map(({ name }) => name).join(', '));
  }
  const lines = refs
    .filter((ref) => refs.length > 1 || used.has(ref))
    .map((ref) => {
      const users = used.get(ref);
      return users === undefined ? ref.name : vscode.l10n.t('{0}, used by {1}', ref.name, users);
    });
  await confirm(question, nameLines(lines), vscode.l10n.t('Remove'));
}
