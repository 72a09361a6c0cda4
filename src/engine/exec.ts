import type { Duplex, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { cancelled, toEngineError } from './errors';
import { containerPath } from './paths';
import type { Requests } from './requests';
import { collectOutput, type Output } from './streams/collect';
import { NO_DETACH_KEYS } from './streams/detachKeys';
import { outputOf, resizing, type Resize, type Session, type Size } from './streams/terminal';
import { number, record, text } from './wire/read';

/** A command to run in a container. */
export interface ExecRequest {
  readonly command: readonly string[];
  /** `name|uid[:group|gid]`; the container's own when left out. */
  readonly user?: string;
  readonly workdir?: string;
  /** Added to the container's. */
  readonly env?: Readonly<Record<string, string>>;
  readonly privileged?: boolean;
}

export interface ExecSession extends Session {
  readonly id: string;
  /** Tell its terminal a new size. */
  readonly resize: Resize;
  /** Leave it as it is; the command goes on. Reading its output rejects with kind `cancelled`. */
  detach(): void;
  /**
   * Known once all output has been read; `undefined` when the session was left and the command still runs. 126: not
   * executable, 127: not found, 128 and more: ended by a signal.
   */
  readonly exitCode: Promise<number | undefined>;
}

/** ms between two looks at a command whose output has ended and that has not. */
const STEP = 10;
const LONGEST_STEP = 500;

/** How often a command is looked at whose session has ended; then it was left behind. */
const LOOKS = 10;

/**
 * Commands in running containers, in the order of `docker exec`: look at the container (for a clear error: what is
 * created cannot be removed), create, start, resize. `id` is what the engine resolves. All reject with an
 * `EngineError`: `notFound`, or `conflict` when it does not run. Reference: `cli/command/container/exec.go`.
 */
export class Exec {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /**
   * Run a command to its end. Its output is bytes, at most `limit` of them (`invalid` beyond). A command that cannot be
   * run has exit code 126 or 127 and the engine's reason as output. Aborting stops the waiting, not the command: the
   * engine has no way to.
   */
  async run(
    id: string,
    request: ExecRequest & { readonly stdin?: Buffer | string | Readable; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<Output & { readonly exitCode: number }> {
    const { stdin } = request;
    const execId = await this.#create(id, request, { stdin: stdin !== undefined, tty: false }, signal);
    const stream = await this.#connect(execId, { tty: false }, signal);
    let failure: unknown;
    const feeding =
      stdin === undefined
        ? undefined
        : feed(stream, stdin).catch((error: unknown) => {
            failure = error;
            stream.destroy();
          });
    try {
      const output = await collectOutput(outputOf({ tty: false, stream }, signal), request.limit);
      const exitCode = await this.#exitCode(execId, Infinity, signal);
      return { ...output, exitCode: exitCode ?? 0 };
    } catch (error) {
      throw toEngineError(failure ?? error);
    } finally {
      // A command may end before its input does, and then nobody wants the rest.
      if (stdin !== undefined && typeof stdin === 'object' && 'destroy' in stdin) stdin.destroy();
      await feeding;
    }
  }

  /**
   * Begin a command and talk to it. Aborting the signal leaves it, and the command sees its input end. The engine
   * leaves it on `detachKeys` (20.10 then reports exit code 126, so look for them first: `DetachFilter`); without them
   * there are none, since a shell needs ctrl-p.
   */
  async start(
    id: string,
    request: ExecRequest & {
      readonly tty?: boolean;
      readonly stdin?: boolean;
      readonly size?: Size;
      readonly detachKeys?: string;
    },
    signal: AbortSignal,
  ): Promise<ExecSession> {
    const { tty = false, stdin = false, size, detachKeys = NO_DETACH_KEYS } = request;
    const execId = await this.#create(id, request, { stdin, tty, size, detachKeys }, signal);
    const stream = await this.#connect(execId, { tty, size }, signal);
    const where = `/exec/${execId}`;
    const exitCode = finished(stream, { writable: false }).then(
      () => this.#exitCode(execId, LOOKS, signal),
      // Destroyed by who had enough of it, or lost: what became of the command is to be asked all the same.
      () => this.#exitCode(execId, LOOKS, signal),
    );
    // Whoever wants the code gets the failure with it; nobody else need hear of it.
    exitCode.catch(() => undefined);
    return {
      id: execId,
      tty,
      stream,
      resize: resizing(this.#requests, where, tty ? size : undefined, signal),
      detach: () => void stream.destroy(),
      exitCode,
    };
  }

  async #create(
    id: string,
    request: ExecRequest,
    {
      stdin,
      tty,
      size,
      detachKeys,
    }: { stdin: boolean; tty: boolean; size?: Size | undefined; detachKeys?: string },
    signal?: AbortSignal,
  ): Promise<string> {
    const where = containerPath(id);
    await this.#requests.json('GET', `${where}/json`, { signal });
    const body = {
      AttachStdin: stdin,
      AttachStdout: true,
      AttachStderr: true,
      Tty: tty,
      Cmd: request.command,
      Env: Object.entries(request.env ?? {}).map(([name, value]) => `${name}=${value}`),
      User: request.user,
      WorkingDir: request.workdir,
      Privileged: request.privileged,
      DetachKeys: detachKeys,
      ConsoleSize: await this.#consoleSize(tty ? size : undefined, signal),
    };
    return text(record(await this.#requests.json('POST', `${where}/exec`, { body, signal }))['Id']);
  }

  async #connect(
    execId: string,
    { tty, size }: { tty: boolean; size?: Size | undefined },
    signal?: AbortSignal,
  ) {
    const body = {
      Detach: false,
      Tty: tty,
      ConsoleSize: await this.#consoleSize(tty ? size : undefined, signal),
    };
    const stream = await this.#requests.hijack(`/exec/${execId}/start`, { body, signal });
    // A stream that nobody reads at the moment must not bring the process down; its reader gets the error as well.
    stream.on('error', () => undefined);
    return stream;
  }

  /** From API 1.42 on a terminal can have its size from the start. */
  async #consoleSize(size: Size | undefined, signal?: AbortSignal): Promise<[number, number] | undefined> {
    if (!size || size.rows <= 0 || size.columns <= 0) return undefined;
    return (await this.#requests.atLeast('1.42', signal)) ? [size.rows, size.columns] : undefined;
  }

  /** The output ends a little before the engine knows the code. `undefined` when it still runs after so many looks. */
  async #exitCode(execId: string, looks: number, signal?: AbortSignal): Promise<number | undefined> {
    for (let look = 1; ; look++) {
      const found = record(await this.#requests.json('GET', `/exec/${execId}/json`, { signal }));
      if (found['Running'] !== true) return number(found['ExitCode']);
      if (look >= looks) return undefined;
      try {
        await wait(Math.min(look * STEP, LONGEST_STEP), undefined, { signal });
      } catch (error) {
        throw cancelled(error);
      }
    }
  }
}

/** Give the process its input, and its end. A process that does not want all of it is no error; a failing source is. */
async function feed(stream: Duplex, stdin: Buffer | string | Readable): Promise<void> {
  if (typeof stdin === 'string' || Buffer.isBuffer(stdin)) {
    stream.end(stdin);
    return;
  }
  for await (const chunk of stdin as AsyncIterable<Buffer>) {
    if (stream.destroyed) return;
    if (!stream.write(chunk)) await drained(stream);
  }
  stream.end();
}

function drained(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}
