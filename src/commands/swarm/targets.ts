import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import type { Service, SwarmNode } from '../../engine/model/types';
import { shortId } from '../../engine/run/names';
import type { Target } from '../../ids';
import type { ServiceNode, SwarmMemberNode } from '../../views/nodes';
import type { Context } from '../deps';
import { pick } from '../pick';
import type { Question, Ref } from '../ref';
import { eligibleOf, named, refuseLostRow } from '../target';

type Swarm = Engine['swarm'];

/** ms; a list that takes longer will not come. */
const LONGEST = 60_000;

/** How things of one kind are found. */
interface Kind<T> {
  /** The row that stands for one. */
  readonly row: (ServiceNode | SwarmMemberNode)['kind'];
  readonly list: (swarm: Swarm, signal: AbortSignal) => Promise<readonly T[]>;
  readonly name: (item: T) => string;
  /** Beside its name in a list. */
  readonly about: (item: T) => string;
}

/** The services a command was called for, or those the user picks. */
export function servicesOf(
  context: Context,
  target: Target,
  question: Omit<Question<Service>, 'none'>,
): Promise<readonly Ref<Service>[]> {
  const none = vscode.l10n.t('There is no service that this could be done to. Create one in a swarm first.');
  return refsOf(
    context,
    target,
    { ...question, none },
    {
      row: 'service',
      list: ({ services }, signal) => services.list(signal),
      name: ({ name }) => name,
      about: ({ running, desired, image }) => `${running}/${desired} · ${image}`,
    },
  );
}

/** The nodes of a swarm a command was called for, or those the user picks. */
export function nodesOf(
  context: Context,
  target: Target,
  question: Omit<Question<SwarmNode>, 'none'>,
): Promise<readonly Ref<SwarmNode>[]> {
  const none = vscode.l10n.t(
    'No engine that is shown manages a swarm. Initialize one, or use such an engine.',
  );
  return refsOf(
    context,
    target,
    { ...question, none },
    {
      row: 'swarmMember',
      list: ({ nodes }, signal) => nodes.list(signal),
      name: ({ hostname }) => hostname,
      about: ({ role, availability }) => `${role} · ${availability}`,
    },
  );
}

async function refsOf<T extends { readonly id: string }>(
  context: Context,
  target: Target,
  question: Question<T>,
  kind: Kind<T>,
): Promise<readonly Ref<T>[]> {
  if (target !== undefined) return named(context, target);
  refuseLostRow(context);
  const selected = await selectedOf(context, kind);
  if (selected.length > 0) return eligibleOf(context, selected, question);
  return pick(
    context,
    question,
    async ({ swarm }) => ((await swarm.state()).manager ? listOf(swarm, kind) : []),
    (engine, item) => {
      const name = kind.name(item);
      return [{ label: name, description: kind.about(item), ref: { engine, id: item.id, name, item } }];
    },
  );
}

async function selectedOf<T extends { readonly id: string }>(
  { engines, nodes }: Context,
  kind: Kind<T>,
): Promise<readonly Ref<T>[]> {
  const rows = nodes.filter((node): node is ServiceNode | SwarmMemberNode => node.kind === kind.row);
  const names = [...new Set(rows.map(({ engine }) => engine))];
  const lists = await Promise.all(names.map((name) => listOf(engines.get(name).swarm, kind)));
  return rows.map(({ engine, id }) => {
    const item = lists[names.indexOf(engine)]?.find((one) => one.id === id);
    const name = item ? kind.name(item) : shortId(id);
    return { engine: engines.get(engine), id, name, ...(item && { item }) };
  });
}

function listOf<T>(swarm: Swarm, { list }: Kind<T>): Promise<readonly T[]> {
  return list(swarm, AbortSignal.timeout(LONGEST));
}
