import { EngineError, sentence, type EngineErrorKind } from '../errors';

/** What the engine says when a pull or push fails between it and the registry; elsewhere the same words mean others. */
const KNOWN: readonly { pattern: RegExp; kind: EngineErrorKind; text: string }[] = [
  {
    pattern: /received unexpected HTTP status: (5\d\d[^\n]*)/i,
    kind: 'unreachable',
    text: 'The registry has a problem of its own ({0}). Try again later.',
  },
  {
    pattern:
      /layer verification failed|unexpected commit digest|digest did not match|(?:gzip|flate|zstd|archive\/tar): (?:invalid|corrupt)/i,
    kind: 'protocol',
    text: 'What the registry sent is damaged: it is not what its digest says. Pull again; if it stays so, the image must be pushed again.',
  },
  {
    pattern:
      /unexpected EOF|connection reset by peer|broken pipe|use of closed network connection|transport connection broken|: EOF$/i,
    kind: 'unreachable',
    text: 'The connection to the registry broke off. Retry: layers that were complete are kept.',
  },
];

/** Rethrows what a pull or push failed with, in words for it. */
export function transferFailure(error: unknown): never {
  if (!(error instanceof EngineError) || error.kind !== 'unknown') throw error;
  const said = error.cause instanceof Error ? error.cause.message : error.message;
  for (const { pattern, kind, text } of KNOWN) {
    const match = pattern.exec(said);
    if (match) throw new EngineError(kind, sentence(text, ...match.slice(1)), { cause: error.cause });
  }
  throw error;
}
