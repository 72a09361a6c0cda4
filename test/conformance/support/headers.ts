import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a client said about itself to a registry, through the engine. */
export interface Said {
  readonly path: string;
  readonly registryAuth: string | undefined;
  readonly registryConfig: string | undefined;
}

export interface HeaderRecorder extends AsyncDisposable {
  /** Its `DOCKER_HOST`. */
  readonly host: string;
  /** What was said since it was last taken. */
  take(): Said[];
}

/** Requests that carry credentials: pull, push, build. */
const carrying = /^POST \/v[\d.]+\/(images\/create|images\/.*\/push|build)\b/;

/**
 * A socket in front of the engine's. What would reach a registry is recorded and refused; everything else is the
 * engine's own answer.
 */
export async function startHeaderRecorder(engine: http.RequestOptions): Promise<HeaderRecorder> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-headers-'));
  const socket = path.join(folder, 'docker.sock');
  let said: Said[] = [];

  const server = http.createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    if (carrying.test(`${method} ${url}`)) {
      const header = (name: string) => headers[name]?.toString();
      said.push({
        path: url,
        registryAuth: header('x-registry-auth'),
        registryConfig: header('x-registry-config'),
      });
      request.resume();
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: 'recorded' }));
      return;
    }
    const onward = http.request({ ...engine, method, path: url, headers }, (answer) => {
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
      const taken = said;
      said = [];
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
