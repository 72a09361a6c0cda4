import { EngineError, sentence } from '../errors';
import type { Frame } from './frames';

/** What a command wrote; bytes, since not all of it need be text. */
export interface Output {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

const MEGABYTE = 1024 * 1024;

/** Bytes; more than a person reads, and as much as one string should hold. */
const LONGEST_OUTPUT = 128 * MEGABYTE;

/** All of the output. Kind `invalid` when it is longer than `limit` bytes. */
export async function collectOutput(
  frames: AsyncIterable<readonly Frame[]>,
  limit = LONGEST_OUTPUT,
): Promise<Output> {
  const parts = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let length = 0;
  for await (const batch of frames) {
    for (const { stream, data } of batch) {
      parts[stream].push(data);
      length += data.length;
    }
    if (length > limit) {
      throw new EngineError(
        'invalid',
        sentence('The output is longer than {0} MB. Ask for less of it.', Math.floor(limit / MEGABYTE)),
      );
    }
  }
  return { stdout: Buffer.concat(parts.stdout), stderr: Buffer.concat(parts.stderr) };
}
