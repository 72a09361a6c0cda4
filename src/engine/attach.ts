import { EngineError, sentence } from './errors';
import { containerPath } from './paths';
import type { Requests } from './requests';
import { DEFAULT_DETACH_KEYS } from './streams/detachKeys';
import { resize, type Resize, type Session, type Size } from './streams/terminal';
import { exitOf } from './waiting';
import { record, text, type Json } from './wire/read';

export interface AttachSession extends Session {
  /** The full id. */
  readonly id: string;
  /** Tell its terminal a new size. */
  readonly resize: Resize;
  /** Leave it as it is; the container goes on. Reading its output rejects with kind `cancelled`. */
  detach(): void;
  /** The exit code of the container; `undefined` once it was left. */
  readonly exitCode: Promise<number | undefined>;
}

/** The streams of running containers, as `docker attach` (`cli/command/container/attach.go`). */
export class Attach {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /**
   * Join a running container. Its input is given only if it was created with one (`-i`) and `stdin` is not `false`.
   * With a terminal of `size` a program that draws its whole screen is made to draw it again. The engine leaves on
   * `detachKeys` too. Aborting the signal leaves the container as it is. `conflict` when it does not run, is paused or
   * is restarting.
   */
  async open(
    id: string,
    options: { readonly stdin?: boolean; readonly size?: Size; readonly detachKeys?: string },
    signal: AbortSignal,
  ): Promise<AttachSession> {
    const { size, detachKeys = DEFAULT_DETACH_KEYS } = options;
    const found = await this.#running(id, signal);
    const config = record(found['Config']);
    const tty = config['Tty'] === true;
    const stdin = options.stdin !== false && config['OpenStdin'] === true;
    const fullId = text(found['Id']);
    const where = `/containers/${fullId}`;
    const left = new AbortController();
    const either = AbortSignal.any([signal, left.signal]);
    // Before the streams are joined: an end in between would leave nothing to be told.
    const waiting = await this.#requests.stream('POST', `${where}/wait`, { signal: either });
    try {
      const query = { stream: true, stdin, stdout: true, stderr: true, detachKeys };
      const stream = await this.#requests.hijack(`${where}/attach`, { query, signal: either });
      // A stream that nobody reads at the moment must not bring the process down; its reader gets the error as well.
      stream.on('error', () => undefined);
      // Joined to a container that has just ended, a stream never ends.
      await this.#running(fullId, either);
      if (tty && size) await this.#redraw(where, size, either);
      return {
        id: fullId,
        tty,
        stream,
        resize: (to, during) => resize(this.#requests, where, to, during),
        detach: () => left.abort(),
        exitCode: exitCode(waiting, either),
      };
    } catch (error) {
      left.abort();
      throw error;
    }
  }

  async #running(id: string, signal: AbortSignal): Promise<Json> {
    const found = record(await this.#requests.json('GET', containerPath(id, 'json'), { signal }));
    const state = record(found['State']);
    const name = text(found['Name']).replace(/^\//, '');
    if (state['Running'] !== true)
      throw new EngineError('conflict', sentence('The container {0} is not running. Start it first.', name));
    if (state['Paused'] === true)
      throw new EngineError('conflict', sentence('The container {0} is paused. Unpause it first.', name));
    if (state['Restarting'] === true)
      throw new EngineError(
        'conflict',
        sentence('The container {0} is restarting. Wait until it runs.', name),
      );
    return found;
  }

  /** A program draws again when its terminal changes, so it changes to another size and to the right one. */
  async #redraw(where: string, { columns, rows }: Size, signal: AbortSignal): Promise<void> {
    try {
      await resize(this.#requests, where, { columns: columns + 1, rows }, signal);
      await resize(this.#requests, where, { columns, rows }, signal);
    } catch (error) {
      // Its screen stays as it is, which is no reason not to attach.
      if (signal.aborted) throw error;
    }
  }
}

/** The exit code that a wait answers; `undefined` when it was given up. */
function exitCode(waiting: Parameters<typeof exitOf>[0], signal: AbortSignal): Promise<number | undefined> {
  const code = exitOf(waiting, signal).then(
    (exit) => exit.code,
    (error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    },
  );
  // Whoever wants the code gets the failure with it; nobody else need hear of it.
  code.catch(() => undefined);
  return code;
}
