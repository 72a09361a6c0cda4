import { EngineError, sentence, type EngineErrorKind } from '../errors';
import { shown } from './hostFailure';

/** What the engine says of files, in words that hold its own paths; ours say the path that was asked for. */
const SAID: readonly { readonly pattern: RegExp; readonly kind: EngineErrorKind; readonly text: string }[] = [
  {
    pattern: /cannot overwrite directory .* with non-directory/i,
    kind: 'conflict',
    text: 'In "{0}" there is a directory where the copy has a file. Remove it first, or choose another place.',
  },
  {
    pattern: /cannot overwrite non-directory .* with directory/i,
    kind: 'conflict',
    text: 'In "{0}" there is a file where the copy has a directory. Remove it first, or choose another place.',
  },
  {
    pattern: /not a directory/i,
    kind: 'invalid',
    text: '"{0}" in the container is not a directory. Check the path.',
  },
  {
    pattern: /read-only|marked read only/i,
    kind: 'denied',
    text: '"{0}" in the container is read-only. Choose a volume or another directory.',
  },
  {
    pattern: /too many (?:levels of symbolic )?links|too many symlinks/i,
    kind: 'invalid',
    text: 'The links at "{0}" in the container lead in a circle. Check where they point.',
  },
  {
    pattern: /unexpected EOF|archive\/tar|invalid tar header/i,
    kind: 'invalid',
    text: 'What was sent to "{0}" is not a whole tar archive. Check where it comes from.',
  },
];

/** There is no such path in the container. */
export function noSuchFile(path: string, cause?: unknown): EngineError {
  return new EngineError(
    'notFound',
    sentence('There is no "{0}" in the container. Check the path.', shown(path)),
    { cause },
  );
}

/** The path in the container is something else than a directory. */
export function notDirectory(path: string, cause?: unknown): EngineError {
  return new EngineError(
    'invalid',
    sentence('"{0}" in the container is not a directory. Check the path.', shown(path)),
    { cause },
  );
}

/** The failure of a request about `path`; what is not about files comes back unchanged. */
export function archiveFailure(error: unknown, path: string): unknown {
  if (!(error instanceof EngineError)) return error;
  const said = String(error.cause);
  if (error.kind === 'notFound') return isMissingContainer(error) ? error : noSuchFile(path, error);
  if (error.kind !== 'unknown' && error.kind !== 'invalid') return error;
  const known = SAID.find(({ pattern }) => pattern.test(said));
  return known ? new EngineError(known.kind, sentence(known.text, shown(path)), { cause: error }) : error;
}

/** Whether it is the container that is not there, not a path in it. */
export function isMissingContainer(error: EngineError): boolean {
  return error.kind === 'notFound' && /no such container/i.test(String(error.cause));
}

export function isKind(error: unknown, ...kinds: EngineErrorKind[]): error is EngineError {
  return error instanceof EngineError && kinds.includes(error.kind);
}
