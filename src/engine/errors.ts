/** What went wrong, as far as anybody above the engine needs to tell one failure from another. */
export type EngineErrorKind =
  | 'unreachable'
  | 'denied'
  | 'tls'
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'cancelled'
  | 'tooOld'
  | 'protocol'
  | 'unknown';

/** A sentence for people, kept apart from its values so that the editor part can translate it: `{0}` is `args[0]`. */
export interface Sentence {
  readonly text: string;
  readonly args: readonly string[];
}

/** Build a `Sentence`; `{0}`, `{1}` … in the text are replaced by the arguments. */
export function sentence(text: string, ...args: (string | number)[]): Sentence {
  return { text, args: args.map(String) };
}

/** The sentence with its values in place, in English. */
export function format({ text, args }: Sentence): string {
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => args[Number(index)] ?? whole);
}

/**
 * The one error that leaves the engine layer. `message` is a sentence a beginner understands, with the next step;
 * `sentence` is the same before formatting; `cause` is what happened underneath, for the log.
 */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly sentence: Sentence;
  /** HTTP status of the engine's answer, where there was one. */
  readonly status: number | undefined;

  constructor(
    kind: EngineErrorKind,
    what: Sentence | string,
    options: { cause?: unknown; status?: number } = {},
  ) {
    const said = typeof what === 'string' ? sentence('{0}', what) : what;
    super(format(said), { cause: options.cause });
    this.name = 'EngineError';
    this.kind = kind;
    this.sentence = said;
    this.status = options.status;
  }
}

/** The error a verb rejects with when its `AbortSignal` fired. */
export function cancelled(cause?: unknown): EngineError {
  return new EngineError('cancelled', sentence('Cancelled.'), { cause });
}

/** Any thrown value as an `EngineError`; one that already is comes back unchanged. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError('unknown', message, { cause: error });
}
