import type { Container } from '../../engine/model/types';
import { act, containerId, type Action } from '../act';
import type { Context } from '../deps';
import type { Question } from '../ref';
import { containersOf } from '../target';
import type { Outcome, Target } from '../../ids';

/** A verb on each of the containers a command was called for. */
export async function onContainers(
  context: Context,
  target: Target,
  { question, ...action }: Omit<Action<Container>, 'fullId'> & { readonly question: Question<Container> },
): Promise<Outcome> {
  const refs = await containersOf(context, target, question);
  return act(context, target, refs, {
    ...action,
    fullId: containerId,
  });
}
