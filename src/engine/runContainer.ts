import { abortable, create, nameOf, removesItself, undone, type Created, type RunRequest } from './creation';
import { EngineError, cancelled, sentence, toEngineError } from './errors';
import type { Requests } from './requests';
import { collectOutput, type Output } from './streams/collect';
import { DEFAULT_DETACH_KEYS } from './streams/detachKeys';
import { outputOf, resizing, type Resize, type Session } from './streams/terminal';
import { exitOf, type ContainerExit } from './waiting';
import { record } from './wire/read';

export type { Created, RunRequest };

export interface AttachedRun extends Created, Session {
  /** Tell its terminal a new size. */
  readonly resize: Resize;
  /** Leave it running: reading its output, and `exit`, reject with kind `cancelled`. */
  detach(): void;
  /** How it ended; with `--rm`, told once it is removed. Independent of its output, which must be read all the same. */
  readonly exit: Promise<ContainerExit>;
}

/** ms that a container has to end after the signal that an abort sends it. */
const GRACE = 10_000;

/** Why the streams of a container were left that did not end in that time. */
const IMPATIENT = Symbol('impatient');

/**
 * `docker run -d`: create and start. The image must be on the engine. A container that does not start is removed again,
 * with the volumes made for it alone; one that was given a name stays, as it does with the CLI, and the error names it,
 * unless the start was aborted.
 */
export async function runDetached(
  requests: Requests,
  request: RunRequest,
  signal?: AbortSignal,
): Promise<Created> {
  const made = await create(requests, request, signal);
  try {
    await requests.head('POST', `/containers/${made.id}/start`, { signal });
    return made;
  } catch (error) {
    throw await undone(requests, request, made.id, toEngineError(error));
  }
}

/**
 * `docker run` without `-d`: create, attach, wait, start, resize, in the order of the CLI
 * (`cli/command/container/run.go`), in which neither output nor exit code of the shortest container is lost. The
 * streams that `body` attaches are joined.
 *
 * When it does not start: see `runDetached`. Aborting the signal afterwards is what closing the CLI's terminal is: the
 * container gets SIGHUP where it has a terminal, else SIGINT as from Ctrl-C, and its output and exit are told as ever. If it
 * has not ended 10 s later it is left running, and `exit` rejects with kind `cancelled` and its name.
 */
export async function runAttached(
  requests: Requests,
  request: RunRequest,
  signal: AbortSignal,
): Promise<AttachedRun> {
  const body = record(request.body);
  const tty = body['Tty'] === true;
  const made = await create(requests, request, signal);
  const where = `/containers/${made.id}`;
  const left = new AbortController();
  const begin = AbortSignal.any([signal, left.signal]);
  try {
    // What is opened here outlives an abort: the container's last words are still to come.
    const stream = await abortable(
      requests.hijack(`${where}/attach`, { query: attachQuery(request), signal: left.signal }),
      begin,
    );
    stream.on('error', () => undefined);
    const condition = removesItself(request) ? 'removed' : 'next-exit';
    const wait = requests.stream('POST', `${where}/wait`, { query: { condition }, signal: left.signal });
    const exit = exitOf(await abortable(wait, begin), left.signal);
    exit.catch(() => undefined);
    await requests.head('POST', `${where}/start`, { signal: begin });
    const name = nameOf(request, made.id);
    const ended = endedBy(signal, requests, { where, name, tty }, left, exit);
    // Whoever wants to know gets the failure with it; nobody else need hear of it.
    ended.catch(() => undefined);
    return {
      ...made,
      tty,
      stream,
      resize: resizing(requests, where, tty ? request.size : undefined, left.signal),
      detach: () => left.abort(),
      exit: ended,
    };
  } catch (error) {
    left.abort();
    throw await undone(requests, request, made.id, toEngineError(error));
  }
}

/**
 * `docker run` to its end, for callers that want a value. Output beyond `limit` bytes (`invalid`) ends the container.
 * Rejects with kind `cancelled` after an abort has ended it, see `runAttached`.
 */
export async function runToEnd(
  requests: Requests,
  request: RunRequest & { readonly limit?: number },
  signal: AbortSignal,
): Promise<Created & Output & { readonly exitCode: number }> {
  const run = await runAttached(requests, request, signal);
  const { id, warnings } = run;
  try {
    const [output, exit] = await Promise.all([collectOutput(outputOf(run), request.limit), run.exit]);
    if (signal.aborted) throw cancelled();
    return { id, warnings, ...output, exitCode: exit.code };
  } catch (error) {
    // An abort ends the output as well; what became of the container is the better answer.
    const failure = toEngineError(
      signal.aborted
        ? await run.exit.then(
            () => cancelled(),
            (reason: unknown) => reason,
          )
        : error,
    );
    run.detach();
    if (failure.kind === 'invalid')
      await requests.head('POST', `/containers/${id}/kill`).catch(() => undefined);
    throw failure;
  }
}

/** The exit code that `docker run` ends with when a container does not start: 127 not found, 126 not executable, else 125. */
export function failedStartCode(error: EngineError): 125 | 126 | 127 {
  const said = error.cause instanceof Error ? error.cause.message : error.message;
  if (/executable file not found|no such file or directory|system cannot find the file specified/.test(said))
    return 127;
  return /permission denied|is a directory/.test(said) ? 126 : 125;
}

/** `exit`, ended by the signal of the terminal once `signal` has fired. */
async function endedBy(
  signal: AbortSignal,
  requests: Requests,
  { where, name, tty }: { where: string; name: string; tty: boolean },
  left: AbortController,
  exit: Promise<ContainerExit>,
): Promise<ContainerExit> {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    // It may have ended already, or not listen: either way the time decides.
    requests
      .head('POST', `${where}/kill`, { query: { signal: tty ? 'SIGHUP' : 'SIGINT' } })
      .catch(() => undefined);
    timer = setTimeout(() => {
      left.abort(IMPATIENT);
    }, GRACE);
  };
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await exit;
  } catch (error) {
    if (left.signal.reason !== IMPATIENT) throw error;
    throw new EngineError(
      'cancelled',
      sentence('The container {0} did not end and still runs. Stop it when you no longer need it.', name),
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

function attachQuery({
  body,
  detachKeys = DEFAULT_DETACH_KEYS,
}: RunRequest): Readonly<Record<string, string | boolean>> {
  const { AttachStdin, AttachStdout, AttachStderr } = record(body);
  return {
    stream: true,
    stdin: AttachStdin === true,
    stdout: AttachStdout === true,
    stderr: AttachStderr === true,
    detachKeys,
  };
}
