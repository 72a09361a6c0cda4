import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { cancelled } from '../engine/errors';
import type { Container, Image } from '../engine/model/types';
import { shortId } from '../engine/run/names';
import type { Context } from './deps';
import { listContainers, listImages } from './listing';
import { containerRef, imageRef, type Question, type Ref } from './ref';

/** The containers the user picks. */
export function pickContainers(
  context: Context,
  question: Question<Container>,
): Promise<readonly Ref<Container>[]> {
  return pick(context, question, listContainers, (engine, item) => {
    const description = `${item.state} · ${item.image}`;
    return [{ label: item.name, description, ref: containerRef(engine, item) }];
  });
}

/** The images the user picks; one with several tags is one choice for each. */
export function pickImages(context: Context, question: Question<Image>): Promise<readonly Ref<Image>[]> {
  return pick(context, question, listImages, (engine, item) =>
    (item.tags.length > 0 ? item.tags : [item.id]).map((id) => {
      const ref = imageRef(engine, id, item);
      return { label: ref.name, description: shortId(item.id), ref };
    }),
  );
}

interface Choice<T> extends vscode.QuickPickItem {
  readonly ref: Ref<T>;
}

/** Networks, or volumes, or whatever has a name that is its id. */
export function pickNamed<T extends { readonly name: string; readonly driver: string }>(
  context: Context,
  question: Question<T>,
  list: (engine: Engine) => Promise<readonly T[]>,
): Promise<readonly Ref<T>[]> {
  return pick(context, question, list, (engine, item) => [
    { label: item.name, description: item.driver, ref: { engine, id: item.name, name: item.name, item } },
  ]);
}

/** What the user picks of the lists of the shown engines, or of the one the focus is in. */
export async function pick<T>(
  context: Context,
  { title, none, eligible, single }: Question<T>,
  list: (engine: Engine) => Promise<readonly T[]>,
  choices: (engine: Engine, item: T) => Choice<T>[],
): Promise<readonly Ref<T>[]> {
  const from = context.nodes[0];
  const engines = from ? [context.engines.get(from.engine)] : shownEngines(context);
  const items = await Promise.all(
    engines.map(async (engine) =>
      (await list(engine))
        .filter((item) => eligible?.(item) ?? true)
        .flatMap((item) => choices(engine, item))
        .map((choice) => ({ ...choice, ...(engines.length > 1 && { detail: engine.name }) })),
    ),
  );
  const all = items.flat();
  if (all.length === 0) {
    void vscode.window.showInformationMessage(none);
    throw cancelled();
  }
  const options = { title, matchOnDescription: true, matchOnDetail: true };
  const chosen =
    single === true
      ? [await vscode.window.showQuickPick(all, options)]
      : await vscode.window.showQuickPick(all, { ...options, canPickMany: true });
  const refs = (chosen ?? []).filter((choice) => choice !== undefined).map(({ ref }) => ref);
  if (refs.length === 0) throw cancelled();
  return refs;
}

/** The shown engines; when there are none the error says how to choose one. */
function shownEngines({ engines }: Context): readonly Engine[] {
  return engines.shown.length > 0 ? engines.shown : [engines.get()];
}
