import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { EngineError, sentence } from '../engine/errors';
import type { Container, Image, Network, Volume } from '../engine/model/types';
import { shortId } from '../engine/run/names';
import type { Target, TargetObject } from '../ids';
import { isMember, NO_REPOSITORY, repositoryOf, type Node, type StorageGroupNode } from '../views/nodes';
import type { Context } from './deps';
import { listContainers, listImages, listNetworks, listVolumes } from './listing';
import { pickContainers, pickImages, pickNamed } from './pick';
import { containerRef, imageRef, type ContainerRef, type ImageRef, type Question, type Ref } from './ref';

/** The containers a command was called for, or those the user picks when it was called for none. */
export async function containersOf(
  context: Context,
  target: Target,
  question: Question<Container>,
): Promise<readonly ContainerRef[]> {
  if (target !== undefined) return named(context, target);
  const selected = (await Promise.all(context.nodes.map((node) => containersUnder(context, node)))).flat();
  if (selected.length > 0) return eligibleOf(context, selected, question);
  return pickContainers(context, question);
}

/** The images a command was called for, or those the user picks. An image with several tags is one choice for each. */
export async function imagesOf(
  context: Context,
  target: Target,
  question: Question<Image>,
): Promise<readonly ImageRef[]> {
  if (target !== undefined) return named(context, target);
  const selected = (await Promise.all(context.nodes.map((node) => imagesUnder(context, node)))).flat();
  if (selected.length > 0) return eligibleOf(context, selected, question);
  return pickImages(context, question);
}

/** The volumes a command was called for, or those the user picks. */
export async function volumesOf(
  context: Context,
  target: Target,
  question: Question<Volume>,
): Promise<readonly Ref<Volume>[]> {
  if (target !== undefined) return named(context, target);
  const selected = (await Promise.all(context.nodes.map((node) => volumesUnder(context, node)))).flat();
  return selected.length > 0
    ? eligibleOf(context, selected, question)
    : pickNamed(context, question, listVolumes);
}

/** The networks a command was called for, or those the user picks. */
export async function networksOf(
  context: Context,
  target: Target,
  question: Question<Network>,
): Promise<readonly Ref<Network>[]> {
  if (target !== undefined) return named(context, target);
  const selected = (await Promise.all(context.nodes.map((node) => networksUnder(context, node)))).flat();
  return selected.length > 0
    ? eligibleOf(context, selected, question)
    : pickNamed(context, question, listNetworks);
}

/** To ask for something would make the user wonder; what the menu was opened on is not known any more. */
export function refuseLostRow({ rowLost }: Context): void {
  if (rowLost !== true) return;
  throw new EngineError('invalid', sentence('The list was just read anew. Open the menu again.'));
}

/** The engine a command without a target was called for. */
export function engineOf(context: Context, name?: string): Engine {
  return context.engines.get(name ?? context.nodes[0]?.engine);
}

/** The first of what a command was called for, for a verb of which only one makes sense. */
export function only<T>(refs: readonly Ref<T>[]): Ref<T> {
  const [first] = refs;
  if (first) return first;
  throw new EngineError('invalid', sentence('Nothing was given to act on. Give an id or a name.'));
}

/** Those that a caller has named, which the engine is not asked for yet. */
export function named({ engines }: Context, target: TargetObject | readonly TargetObject[]): Ref<never>[] {
  return listOf(target).map((object: Partial<TargetObject>) => {
    const { id, engine } = object;
    if (typeof id !== 'string' || id.trim() === '') {
      throw new EngineError(
        'invalid',
        sentence('What to act on has no "id". Give a full id, a unique beginning of one, or a name.'),
      );
    }
    return {
      engine: engines.get(engine),
      id,
      name: /^(?:sha256:)?[0-9a-f]{64}$/.test(id) ? shortId(id) : id,
    };
  });
}

function listOf<T>(target: T | readonly T[]): readonly T[] {
  return Array.isArray(target) ? (target as readonly T[]) : [target as T];
}

async function containersUnder({ engines }: Context, node: Node): Promise<ContainerRef[]> {
  const single = node.kind === 'container' || node.kind === 'volumeUser' || node.kind === 'endpoint';
  if (!single && node.kind !== 'containerGroup') return [];
  const engine = engines.get(node.engine);
  const { items, loaded } = engine.model.containers;
  if (single) {
    const item = items.get(node.id);
    return [{ engine, id: node.id, name: item?.name ?? shortId(node.id), ...(item && { item }) }];
  }
  const all = loaded ? [...items.values()] : await listContainers(engine);
  return all.filter((item) => isMember(item.labels, node)).map((item) => containerRef(engine, item));
}

async function imagesUnder({ engines }: Context, node: Node): Promise<ImageRef[]> {
  if (node.kind !== 'image' && node.kind !== 'repository') return [];
  const engine = engines.get(node.engine);
  const { items, loaded } = engine.model.images;
  if (node.kind === 'image') {
    const item = items.get(node.imageId);
    return [imageRef(engine, node.id, item)];
  }
  const all = loaded ? [...items.values()] : await listImages(engine);
  return all.flatMap((item) => {
    const ids =
      node.name === NO_REPOSITORY
        ? item.tags.length === 0
          ? [item.id]
          : []
        : item.tags.filter((tag) => repositoryOf(tag) === node.name);
    return ids.map((id) => imageRef(engine, id, item));
  });
}

async function volumesUnder({ engines }: Context, node: Node): Promise<Ref<Volume>[]> {
  if (node.kind !== 'volume' && node.kind !== 'volumeGroup') return [];
  const engine = engines.get(node.engine);
  const { items, loaded } = engine.model.volumes;
  if (node.kind === 'volume') {
    const item = items.get(node.id);
    return [{ engine, id: node.id, name: node.id, ...(item && { item }) }];
  }
  const all = loaded ? [...items.values()] : await listVolumes(engine);
  return membersOf(all, node).map((item) => ({ engine, id: item.name, name: item.name, item }));
}

/** A connection stands for its network. */
async function networksUnder({ engines }: Context, node: Node): Promise<Ref<Network>[]> {
  if (node.kind !== 'network' && node.kind !== 'networkGroup' && node.kind !== 'endpoint') return [];
  const engine = engines.get(node.engine);
  const { items, loaded } = engine.model.networks;
  if (node.kind === 'network' || node.kind === 'endpoint') {
    const id = node.kind === 'network' ? node.id : node.network;
    const item = items.get(id);
    return [{ engine, id, name: item?.name ?? shortId(id), ...(item && { item }) }];
  }
  const all = loaded ? [...items.values()] : await listNetworks(engine);
  return membersOf(all, node).map((item) => ({ engine, id: item.id, name: item.name, item }));
}

function membersOf<T extends { readonly labels: Readonly<Record<string, string>> }>(
  all: readonly T[],
  group: StorageGroupNode,
): T[] {
  return all.filter(({ labels }) => isMember(labels, group));
}

/** What the command cannot be done to is left out of a selection; of a single thing the engine says why not. */
export function eligibleOf<T>(
  { fromUi }: Context,
  selected: readonly Ref<T>[],
  { eligible, single }: Question<T>,
): readonly Ref<T>[] {
  if (single === true) return selected.slice(0, 1);
  const fit = eligible ? selected.filter(({ item }) => !item || eligible(item)) : selected;
  if (selected.length === 1 || fit.length === 0) return selected;
  const skipped = selected.filter((ref) => !fit.includes(ref));
  if (skipped.length > 0 && fromUi) {
    const names = skipped.map(({ name }) => name).join(', ');
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(info) Left out: {0}', names), 5000);
  }
  return fit;
}
