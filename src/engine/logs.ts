import type { IncomingMessage } from 'node:http';
import type { LogOptions } from './logs/options';
import { followAcrossRestarts, type Divider, type Lifecycle } from './logs/restarts';
import { parseWhen } from './logs/when';
import { containerPath } from './paths';
import type { Requests } from './requests';
import { collectOutput, type Output } from './streams/collect';
import { frames, joinedFrames, rawFrames, type Frame } from './streams/frames';
import { gathered } from './streams/gathered';
import { LineAssembler, type LogLine } from './streams/lines';
import { chunks } from './streams/read';
import { record } from './wire/read';

/**
 * The logs of containers. `id` is what the engine resolves. Everything is read only as fast as it is consumed, in
 * batches of what has arrived together; the way to stop a follow is its signal. All reject with an `EngineError`:
 * `notFound` without such a container, `invalid` when its logging driver keeps nothing. Reference: moby
 * `api/swagger.yaml`, `/containers/{id}/logs`.
 */
export class Logs {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** The bytes as the container wrote them: those that `docker logs` prints, per stream. */
  async *output(
    id: string,
    options: LogOptions & { readonly timestamps?: boolean } = {},
    signal?: AbortSignal,
  ): AsyncGenerator<readonly Frame[]> {
    const { stream, tty } = await this.#open(id, options, signal);
    yield* (tty ? rawFrames : joinedFrames)(gathered(chunks(stream, signal)));
  }

  /** All of it at once, for callers that want a value; follows nothing. `invalid` above 128 MB. */
  collect(
    id: string,
    options: LogOptions & { readonly timestamps?: boolean } = {},
    signal?: AbortSignal,
  ): Promise<Output> {
    return collectOutput(this.output(id, { ...options, follow: false }, signal));
  }

  /**
   * Whole lines with their time, behind an empty batch that comes as soon as the log is open; see `LineAssembler`. A line
   * that is cut off by a lost connection is not given. A follow may end before the last words of a container that ends,
   * as the CLI's does; `followAcrossRestarts` gives them.
   */
  async *lines(
    id: string,
    options: LogOptions = {},
    signal?: AbortSignal,
  ): AsyncGenerator<readonly LogLine[]> {
    const { stream, tty } = await this.#open(id, { ...options, timestamps: true }, signal);
    yield [];
    yield* assemble(stream, tty, signal);
  }

  /**
   * The lines of a container for as long as there may be more: over its restarts, a lost connection and a log that is
   * rotated, with nothing lost or given twice, and a divider where it stopped or started. A batch is empty
   * when a log has been opened, and when it cannot be opened yet. Ends when it is removed or `lifecycle` ends. See `followAcrossRestarts`.
   */
  followAcrossRestarts(
    id: string,
    options: LogOptions,
    lifecycle: AsyncIterable<Lifecycle>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly LogLine[] | Divider> {
    const source = {
      open: async (current: string, wanted: LogOptions) => {
        const { stream, tty } = await this.#open(current, { ...wanted, timestamps: true }, signal);
        const clock = Date.parse(stream.headers.date ?? '');
        return { lines: assemble(stream, tty, signal), clock: Number.isNaN(clock) ? undefined : clock };
      },
      running: async (current: string) =>
        record((await this.#inspect(current, signal))['State'])['Running'] === true,
    };
    return followAcrossRestarts(source, id, options, lifecycle, signal);
  }

  async #open(
    id: string,
    options: LogOptions & { readonly timestamps?: boolean },
    signal?: AbortSignal,
  ): Promise<{ stream: IncomingMessage; tty: boolean }> {
    const {
      stdout = true,
      stderr = true,
      follow = false,
      timestamps = false,
      tail = 'all',
      since,
      until,
    } = options;
    const query = {
      stdout,
      stderr,
      follow,
      timestamps,
      tail: String(tail),
      since: since === undefined ? undefined : parseWhen(since),
      until: until === undefined ? undefined : parseWhen(until),
    };
    const told = await this.#requests.atLeast('1.42', signal);
    // Asked at the same time: on the way to a distant engine each answer takes its time.
    const asked = told ? undefined : (options.tty ?? this.#tty(id, signal));
    if (asked instanceof Promise) asked.catch(() => undefined);
    const stream = await this.#requests.stream('GET', containerPath(id, 'logs'), {
      query,
      signal,
    });
    try {
      const tty = (told ? toldTty(stream) : undefined) ?? (await asked) ?? options.tty;
      return { stream, tty: tty ?? (await this.#tty(id, signal)) };
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  async #tty(id: string, signal?: AbortSignal): Promise<boolean> {
    return record((await this.#inspect(id, signal))['Config'])['Tty'] === true;
  }

  async #inspect(id: string, signal?: AbortSignal): Promise<ReturnType<typeof record>> {
    return record(await this.#requests.json('GET', containerPath(id, 'json'), { signal }));
  }
}

/** From API 1.42 on the type of the answer says whether there are frames in it. */
function toldTty(stream: IncomingMessage): boolean | undefined {
  switch (stream.headers['content-type']) {
    case 'application/vnd.docker.multiplexed-stream':
      return false;
    case 'application/vnd.docker.raw-stream':
      return true;
    default:
      return undefined;
  }
}

async function* assemble(
  stream: IncomingMessage,
  tty: boolean,
  signal?: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
  const assembler = new LineAssembler({ tty });
  for await (const batch of (tty ? rawFrames : frames)(gathered(chunks(stream, signal)))) {
    const lines = assembler.push(batch);
    if (lines.length > 0) yield lines;
  }
  const rest = assembler.end();
  if (rest.length > 0) yield rest;
}
