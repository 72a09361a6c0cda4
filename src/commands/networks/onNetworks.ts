import type { Network } from '../../engine/model/types';
import type { Outcome, Target } from '../../ids';
import { act, type Action } from '../act';
import type { Context } from '../deps';
import type { Question, Ref } from '../ref';
import { networksOf } from '../target';

/** A verb on each of the networks a command was called for. */
export async function onNetworks(
  context: Context,
  target: Target,
  question: Question<Network>,
  action: Omit<Action<Network>, 'fullId'>,
  asked: (refs: readonly Ref<Network>[]) => Promise<unknown> = () => Promise.resolve(),
): Promise<Outcome> {
  const refs = await networksOf(context, target, question);
  if (context.fromUi) await asked(refs);
  return act(context, target, refs, { ...action, fullId: networkId });
}

/** The full id of a network. */
export async function networkId({ engine, id }: Ref<Network>, signal?: AbortSignal): Promise<string> {
  if (/^[0-9a-z]{64}$/.test(id)) return id;
  const { Id } = await engine.networks.inspect(id, signal);
  return typeof Id === 'string' ? Id : id;
}
