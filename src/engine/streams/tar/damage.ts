import { EngineError, sentence } from '../../errors';

/** The archive breaks its own format: cut, garbled, or no tar at all. */
export function damaged(cause?: unknown): EngineError {
  return new EngineError(
    'protocol',
    sentence('The archive is damaged and cannot be read further. Try the copy again.'),
    { cause },
  );
}

/** The archive is over in the middle of something. */
export function cutOff(cause?: unknown): EngineError {
  return new EngineError(
    'protocol',
    sentence('The archive ended too early, so what was copied is not complete. Try the copy again.'),
    { cause },
  );
}
