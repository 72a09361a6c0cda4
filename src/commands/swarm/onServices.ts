import type { Service } from '../../engine/model/types';
import type { Outcome, Target } from '../../ids';
import { act, type Action } from '../act';
import type { Context } from '../deps';
import type { Question, Ref } from '../ref';
import { servicesOf } from './targets';

/** A verb on each of the services a command was called for. */
export async function onServices(
  context: Context,
  target: Target,
  question: Omit<Question<Service>, 'none'>,
  action: Omit<Action<Service>, 'fullId'>,
  asked: (refs: readonly Ref<Service>[]) => Promise<unknown>,
): Promise<Outcome> {
  const refs = await servicesOf(context, target, question);
  if (context.fromUi) await asked(refs);
  return act(context, target, refs, { ...action, fullId: serviceId });
}

/** The full id of a service. */
export async function serviceId({ engine, id, item }: Ref<Service>, signal?: AbortSignal): Promise<string> {
  if (item) return item.id;
  const { ID } = await engine.swarm.services.inspect(id, signal);
  return typeof ID === 'string' ? ID : id;
}
