import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import tar from 'tar-stream';

/** A `POST /build` as it was sent. */
export interface RecordedBuild {
  readonly query: URLSearchParams;
  /** One line for each entry of the context, in its order. */
  readonly entries: readonly string[];
  /** The content of files, by name. */
  readonly contents: ReadonlyMap<string, string>;
}

export interface BuildRecorder extends AsyncDisposable {
  /** Its `DOCKER_HOST`. */
  readonly host: string;
  /** What was recorded since it was last taken. */
  take(): RecordedBuild[];
}

/**
 * A socket in front of the engine's. Builds are recorded and refused, so that nothing comes of them; everything else is
 * the engine's own answer. The archive is read by a reader that is not ours.
 */
export async function startBuildRecorder(engine: http.RequestOptions): Promise<BuildRecorder> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-builds-'));
  const socket = path.join(folder, 'docker.sock');
  let recorded: RecordedBuild[] = [];

  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://engine');
    if (request.method === 'POST' && url.pathname.endsWith('/build')) {
      void readContext(request).then((context) => {
        recorded.push({ query: url.searchParams, ...context });
        response.writeHead(400, { 'content-type': 'application/json' });
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

/** With an end, which the CLI leaves out when it adds a Dockerfile from outside. */
async function* ended(archive: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const piece of archive) {
    length += piece.length;
    yield piece;
  }
  yield Buffer.alloc(((512 - (length % 512)) % 512) + 1024);
}

async function readContext(
  request: http.IncomingMessage,
): Promise<Pick<RecordedBuild, 'entries' | 'contents'>> {
  const entries: string[] = [];
  const contents = new Map<string, string>();
  const extract = tar.extract();
  Readable.from(ended(request)).pipe(extract);
  for await (const entry of extract) {
    const { name, type, mode, uid, gid, size, linkname, mtime } = entry.header;
    let content = '';
    for await (const piece of entry) content += (piece as Buffer).toString('latin1');
    contents.set(name, content);
    entries.push(
      [
        name,
        type,
        // Older CLIs put the type of the file there too.
        (mode & 0o7777).toString(8),
        `${uid}:${gid}`,
        size,
        linkname,
        mtime.getTime() / 1000,
      ].join(' | '),
    );
  }
  return { entries, contents };
}
