import { expect } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';

/** The only thing these functions may throw, whatever they are given. */
export function thrownBy(act: () => unknown): EngineError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    return error as EngineError;
  }
}

/** Refused, with a sentence that says `about` and ends like a sentence. */
export function expectInvalid(act: () => unknown, about: RegExp = /./): void {
  const error = thrownBy(act);
  expect(error?.kind).toBe('invalid');
  expect(error?.message).toMatch(about);
  expect(error?.message).toMatch(/[.…]$/);
}
