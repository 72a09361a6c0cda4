import { EngineError } from '../../../../src/engine/errors';

/** The `EngineError` that the work ends in; fails when it ends well, or in any other error. */
export async function caught(work: Promise<unknown> | (() => unknown)): Promise<EngineError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
