import { EngineError, sentence, type EngineErrorKind, type Sentence } from '../errors';

const KNOWN = {
  ENOENT: ['notFound', 'There is no "{0}" on this computer. Check the path.'],
  ENOTDIR: ['invalid', '"{0}" is not a directory. Check the path.'],
  EACCES: ['denied', 'You are not allowed to use "{0}". Check its permissions.'],
  EPERM: ['denied', 'You are not allowed to use "{0}". Check its permissions.'],
  EROFS: ['denied', '"{0}" is on a disk that cannot be written to. Choose another place.'],
  ENOSPC: ['invalid', 'The disk is full: "{0}" could not be written. Make room, then retry.'],
  EDQUOT: ['invalid', 'The disk is full: "{0}" could not be written. Make room, then retry.'],
  ENAMETOOLONG: [
    'invalid',
    'The path "{0}" is too long for this computer. Choose a place with a shorter path.',
  ],
  ELOOP: ['invalid', 'The links at "{0}" lead in a circle. Check where they point.'],
  EMFILE: ['invalid', 'Too many files are open to use "{0}". Close some programs, then retry.'],
} as const satisfies Record<string, readonly [EngineErrorKind, string]>;

/** What the file system of this computer said about `path`, as an `EngineError`. */
export function hostFailure(error: unknown, path: string): EngineError {
  if (error instanceof EngineError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const known = Object.hasOwn(KNOWN, code) ? KNOWN[code as keyof typeof KNOWN] : undefined;
  const what: Sentence = known
    ? sentence(known[1], shown(path))
    : sentence('"{0}" could not be used: {1}', shown(path), message);
  return new EngineError(known?.[0] ?? 'unknown', what, { cause: error });
}

/** The same for what was found out by looking: `code` is what the system would have said. */
export function hostProblem(code: keyof typeof KNOWN, path: string): EngineError {
  return hostFailure(Object.assign(new Error(code), { code }), path);
}

/** Whether the file system says that there is nothing at the path (or below a file). */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** A path for a sentence: one line, and not without end. */
export function shown(path: string): string {
  const line = path.replace(/\p{Cc}/gu, '?');
  return line.length <= 200 ? line : `${line.slice(0, 80)}…${line.slice(-80)}`;
}
