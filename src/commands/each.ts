import { inParallel } from './parallel';
import type { Ref } from './ref';

/** One answer for one target, a list of them for a list. */
export async function answerEach<T, R>(
  target: unknown,
  refs: readonly Ref<T>[],
  answer: (ref: Ref<T>) => Promise<R>,
): Promise<R | R[]> {
  const answers = await inParallel(refs, answer);
  const [first] = answers;
  return first !== undefined && answers.length === 1 && !Array.isArray(target) ? first : answers;
}
