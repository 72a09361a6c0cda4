import { rm, writeFile } from 'node:fs/promises';
import { hostFailure, shown } from './files/hostFailure';
import { EngineError, cancelled, sentence, toEngineError } from './errors';
import { networkPath } from './paths';
import type { Requests } from './requests';
import type { Size } from './streams/terminal';
import { record, text, texts } from './wire/read';

/** What `run/createBody` makes, and what the CLI takes from the terminal it runs in. */
export interface RunRequest {
  /** The name the user gave, if one. */
  readonly name?: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: object;
  readonly size?: Size;
  readonly detachKeys?: string;
  /** `--cidfile`: a file of this computer that is to hold the id, and must not be there yet. */
  readonly cidfile?: string;
}

export interface Created {
  readonly id: string;
  /** The engine's own sentences. */
  readonly warnings: readonly string[];
}

/** Make the container. When it is aborted, what the engine may still make is removed again. */
export async function create(
  requests: Requests,
  request: RunRequest,
  signal?: AbortSignal,
): Promise<Created> {
  // Not aborted itself: the engine would go on, and make a container that nobody knows of.
  const creating = createNoted(requests, request);
  try {
    const answer = record(await abortable(creating, signal));
    return { id: text(answer['Id']), warnings: texts(answer['Warnings']) };
  } catch (error) {
    if (signal?.aborted === true) {
      creating.then(
        (answer) => removeMade(requests, text(record(answer)['Id'])),
        () => undefined, // It was not made.
      );
    }
    throw error;
  }
}

/** With its id in the file that was asked for, which is claimed before there is a container. */
async function createNoted(requests: Requests, request: RunRequest): Promise<unknown> {
  const { cidfile } = request;
  if (cidfile === undefined) return createJoined(requests, request);
  await writeFile(cidfile, '', { flag: 'wx' }).catch((error: unknown) => {
    throw cidfileFailure(error, cidfile);
  });
  try {
    const answer = await createJoined(requests, request);
    await writeFile(cidfile, text(record(answer)['Id']));
    return answer;
  } catch (error) {
    await rm(cidfile, { force: true });
    throw error;
  }
}

function cidfileFailure(error: unknown, path: string): EngineError {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return hostFailure(error, path);
  return new EngineError(
    'conflict',
    sentence(
      'The container ID file "{0}" is there already. Remove it if its container is not needed, or name another file.',
      shown(path),
    ),
    { cause: error },
  );
}

/** Before API 1.44 a container is created on one network only; the CLI's further ones are joined before it starts. */
async function createJoined(requests: Requests, { query, body }: RunRequest): Promise<unknown> {
  const networking = record(record(body)['NetworkingConfig']);
  const endpoints = Object.entries(record(networking['EndpointsConfig']));
  if (endpoints.length < 2 || (await requests.atLeast('1.44')))
    return requests.json('POST', '/containers/create', { query, body });
  const mode = text(record(record(body)['HostConfig'])['NetworkMode']);
  const first = endpoints.filter(([name]) => name === mode);
  const one = { ...body, NetworkingConfig: { ...networking, EndpointsConfig: Object.fromEntries(first) } };
  const answer = await requests.json('POST', '/containers/create', { query, body: one });
  const id = text(record(answer)['Id']);
  try {
    for (const [name, EndpointConfig] of endpoints) {
      if (name === mode) continue;
      const where = networkPath(name, 'connect');
      await requests.head('POST', where, { body: { Container: id, EndpointConfig } });
    }
  } catch (error) {
    await removeMade(requests, id);
    throw error;
  }
  return answer;
}

/**
 * The error of a start that failed, once the container is gone or is named in it. With a name it stays, as it does with
 * the CLI, unless nobody wants it any more.
 */
export async function undone(
  requests: Requests,
  request: RunRequest,
  id: string,
  error: EngineError,
): Promise<EngineError> {
  const keep = request.name !== undefined && !removesItself(request) && error.kind !== 'cancelled';
  if (!keep && (await removeMade(requests, id))) return error;
  return new EngineError(
    error.kind,
    sentence(
      '{0} The container {1} is still there: start it again, or remove it.',
      error.message,
      nameOf(request, id),
    ),
    { cause: error.cause ?? error, ...(error.status === undefined ? {} : { status: error.status }) },
  );
}

/** Takes away what was made; answers whether it is gone. The engine may be removing it already, as it does with `--rm`. */
export async function removeMade(requests: Requests, id: string): Promise<boolean> {
  try {
    await requests.head('DELETE', `/containers/${id}`, { query: { force: true, v: true } });
    return true;
  } catch (error) {
    const failure = toEngineError(error);
    return (
      failure.kind === 'notFound' ||
      /removal of container .* is already in progress/i.test(String(failure.cause))
    );
  }
}

/** What to call it by. */
export function nameOf(request: RunRequest, id: string): string {
  return request.name ?? id.slice(0, 12);
}

/** Whether the engine removes it when it ends (`--rm`). */
export function removesItself({ body }: RunRequest): boolean {
  return record(record(body)['HostConfig'])['AutoRemove'] === true;
}

/** `work`, given up (not stopped) when the signal fires. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(cancelled());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
