import type { Readable } from 'node:stream';
import { EngineError, sentence } from './errors';
import { ndjson } from './streams/ndjson';
import { chunks } from './streams/read';
import { number, record, text } from './wire/read';

/** How a container ended. */
export interface ContainerExit {
  /** 128 and more: ended by a signal. */
  readonly code: number;
  /** What kept the engine from waiting to the end. */
  readonly error?: string;
}

/** The answer to `POST /containers/{id}/wait`, whose headers come at once and whose body comes with the end. */
export async function exitOf(waiting: Readable, signal?: AbortSignal): Promise<ContainerExit> {
  for await (const answer of ndjson(chunks(waiting, signal))) {
    const error = text(record(record(answer)['Error'])['Message']);
    return { code: number(record(answer)['StatusCode']), ...(error === '' ? {} : { error }) };
  }
  throw new EngineError(
    'unreachable',
    sentence(
      'The connection to the engine ended before the container did. Look at its state before you go on.',
    ),
  );
}
