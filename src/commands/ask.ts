import { cancelled, EngineError, sentence, toEngineError } from '../engine/errors';
import type { Context } from './deps';
import { translated } from './report';

/** A check that throws, as an input box wants it: what is wrong, or nothing. */
export function problemOf(check: (text: string) => unknown): (text: string) => string | undefined {
  return (text) => {
    try {
      check(text);
      return undefined;
    } catch (error) {
      return translated(toEngineError(error).sentence);
    }
  };
}

/**
 * What the caller gave; where it gave nothing, what the user answers. Code that left it out is told its `name`, a user
 * who closes the question has cancelled.
 */
export async function givenOr<T>(
  { fromUi }: Context,
  given: T | undefined,
  name: string,
  ask: () => Thenable<T | undefined>,
): Promise<T> {
  if (given !== undefined) return given;
  if (!fromUi) throw new EngineError('invalid', sentence('The option "{0}" is missing.', name));
  const answer = await ask();
  if (answer === undefined) throw cancelled();
  return answer;
}
