import * as vscode from 'vscode';
import { EngineError, sentence, toEngineError } from '../engine/errors';
import type { Outcome } from '../ids';
import type { Context } from './deps';
import { inParallel } from './parallel';
import { withProgress } from './progress';
import { offer, report, translated } from './report';
import type { ContainerRef, ImageRef, Ref } from './ref';

/** One verb on things of one kind. */
export interface Action<T> {
  /** For the progress: `Stopping {0}`, filled in. */
  readonly doing: (what: string) => string;
  /** For the summary when several fail: `Could not stop {0}: {1}`, filled in. */
  readonly failing: (what: string) => string;
  /** `fullId` was asked for before: after the work the thing may be gone. */
  readonly work: (ref: Ref<T>, fullId: string, signal: AbortSignal) => Promise<unknown>;
  readonly fullId: (ref: Ref<T>, signal: AbortSignal) => Promise<string>;
}

/**
 * Does it to all of them, a few at a time, under one progress. A `target` that is one thing rejects when it fails; of several, each
 * tells how it went, and the user sees one summary.
 */
export async function act<T>(
  context: Context,
  target: unknown,
  refs: readonly Ref<T>[],
  { doing, failing, work, fullId }: Action<T>,
): Promise<Outcome> {
  const failed: { id: string; name: string; error: EngineError }[] = [];
  const done = await withProgress(doing(namesOf(refs.map(({ name }) => name))), (signal, tell) => {
    let ended = 0;
    return inParallel(refs, async (ref) => {
      let id = ref.id;
      try {
        id = await fullId(ref, signal);
        await work(ref, id, signal);
        return id;
      } catch (error) {
        failed.push({ id, name: ref.name, error: byName(toEngineError(error), ref) });
        return undefined;
      } finally {
        tell({ message: refs.length > 1 ? `${++ended}/${refs.length}` : '', fraction: ended / refs.length });
      }
    });
  });
  const [first] = failed;
  if (first && refs.length === 1 && !Array.isArray(target)) throw first.error;
  if (first && context.fromUi) summarise(context, failing, failed);
  return {
    done: done.filter((id) => id !== undefined),
    failed: failed.map(({ id, error }) => ({ id, error })),
  };
}

/** The engine speaks of ids, the user of names. */
function byName<T>(error: EngineError, { id, name, item }: Ref<T>): EngineError {
  const { text, args } = error.sentence;
  if (!item || !args.includes(id)) return error;
  const said = sentence(text, ...args.map((arg) => (arg === id ? name : arg)));
  const { kind, cause, status } = error;
  return new EngineError(kind, said, { cause, ...(status === undefined ? {} : { status }) });
}

/** `web`, or `3 containers` in the words of the caller's language. */
export function namesOf(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(', ')
    : vscode.l10n.t('{0} and {1} more', names[0] ?? '', names.length - 1);
}

/** The full id of a container; one that was given in full is not asked for. */
export async function containerId({ engine, id }: ContainerRef, signal?: AbortSignal): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(id)) return id;
  const full = (await engine.containers.inspect(id, {}, signal))['Id'];
  return typeof full === 'string' ? full : id;
}

/** The full id of an image. */
export async function imageId({ engine, id, item }: ImageRef, signal?: AbortSignal): Promise<string> {
  if (item) return item.id;
  const full = (await engine.images.inspect(id, signal))['Id'];
  return typeof full === 'string' ? full : id;
}

function summarise(
  context: Context,
  failing: (what: string) => string,
  failed: readonly { name: string; error: EngineError }[],
): void {
  const told = failed.filter(({ error }) => error.kind !== 'cancelled');
  const [first] = told;
  if (!first) return;
  if (told.length === 1) {
    report(context, first.error);
    return;
  }
  for (const { name, error } of told) context.log.error(`${name}: ${error.message}`, error.cause);
  const names = told.map(({ name }) => name).join(', ');
  offer(context, 'error', `${failing(names)} ${first.name}: ${translated(first.error.sentence)}`, [
    { title: vscode.l10n.t('Show Log'), run: () => context.log.show() },
  ]);
}
