import type { Engine } from '../engine';
import { EngineError, sentence } from '../errors';

/** ms; an engine that takes longer for so little does not answer. */
const LONGEST = 10_000;

/** An archive that breaks off has a reason: the image was removed meanwhile, or the engine has ended. */
export async function explained(
  error: unknown,
  engine: Engine,
  images: readonly { readonly id: string; readonly tags: readonly string[] }[],
  signal?: AbortSignal,
): Promise<unknown> {
  if (!(error instanceof EngineError) || error.kind === 'cancelled') return error;
  for (const { id, tags } of images) {
    const soon = AbortSignal.timeout(LONGEST);
    const there = await engine.images
      .has(id, signal ? AbortSignal.any([signal, soon]) : soon)
      .catch(() => undefined);
    if (there === false)
      return new EngineError(
        'notFound',
        sentence('The image {0} is not there any more. Pull or build it again.', tags[0] ?? id.slice(7, 19)),
        { cause: error },
      );
    if (there === undefined)
      return new EngineError(
        'unreachable',
        sentence(
          'The engine stopped answering while the image was read. Start it, then read the image again.',
        ),
        { cause: error },
      );
  }
  if (error.kind !== 'protocol') return error;
  return new EngineError(
    'protocol',
    sentence(
      'What the engine sent of the image is damaged. Read it again; if that does not help, pull it anew.',
    ),
    { cause: error },
  );
}
