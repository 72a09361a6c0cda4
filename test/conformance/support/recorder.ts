import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

/** A request to create something, as it was sent. */
export interface Recorded {
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Recorder extends AsyncDisposable {
  /** Its `DOCKER_HOST`. */
  readonly host: string;
  /** What was recorded since it was last taken. */
  take(): Recorded[];
}

/**
 * A socket in front of the engine's. Creations (of containers, or of what else `path` makes) are recorded and refused, so
 * that nothing comes of them: what a client sends is all that matters here. Everything else is the engine's own answer.
 */
export async function startRecorder(
  engine: http.RequestOptions,
  path = '/containers/create',
): Promise<Recorder> {
  const folder = mkdtempSync(join(os.tmpdir(), 'quayside-recorder-'));
  const socket = join(folder, 'docker.sock');
  let recorded: Recorded[] = [];

  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://engine');
    if (request.method === 'POST' && url.pathname.endsWith(path)) {
      void json(request).then((body) => {
        recorded.push({ query: Object.fromEntries(url.searchParams), body });
        response.writeHead(409, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ message: 'recorded' }));
      });
      return;
    }
    const { method, url: target, headers } = request;
    const onward = http.request({ ...engine, method, path: target, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', (error) => response.destroy(error));
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));

  return {
    host: `unix://${socket}`,
    take: () => {
      const taken = recorded;
      recorded = [];
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
