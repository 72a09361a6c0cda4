import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { DockerHub, parseHubNames, parseHubTags } from '../../../../src/engine/registry/hub';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** What is there instead of Docker Hub, and what it was asked. */
async function hub(answer: (path: string) => { status?: number; body: string }) {
  const asked: string[] = [];
  const server = http.createServer(({ url = '' }, response) => {
    asked.push(url);
    const { status = 200, body } = answer(url);
    response.writeHead(status, { Connection: 'close' }).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { hub: new DockerHub(`http://127.0.0.1:${port}`), asked };
}

test('answers of any shape are read, and what is no name is left out', () => {
  for (const odd of [undefined, null, [], 'x', { results: 1 }, { results: [null, 1, {}] }]) {
    expect(parseHubNames(odd)).toEqual([]);
    expect(parseHubTags(odd)).toEqual([]);
  }
  const names = { results: [{ repo_name: 'library/alpine', is_official: true }, { repo_name: 'x y' }] };
  expect(parseHubNames(names)).toEqual([{ name: 'alpine', description: '', official: true }]);
  const own = { results: [{ namespace: 'me', name: 'app', description: 'mine' }] };
  expect(parseHubNames(own)).toEqual([{ name: 'me/app', description: 'mine', official: false }]);
  const digest = `sha256:${'a'.repeat(64)}`;
  const images = [
    { os: 'linux', architecture: 'arm', variant: 'v7', size: 12 },
    { os: 'unknown', architecture: 'unknown', size: 1 },
  ];
  const tags = [
    { name: '3.20', digest, last_updated: '2025-01-15T00:00:00Z', images },
    { name: 'a\nRUN evil' },
    { name: 5 },
  ];
  expect(parseHubTags({ results: tags })).toEqual([
    {
      name: '3.20',
      digest,
      updated: Date.UTC(2025, 0, 15),
      images: [{ platform: 'linux/arm/v7', size: 12 }],
    },
  ]);
});

test('a question is asked once, and a name that is not there is an answer', async () => {
  const { hub: one, asked } = await hub((path) =>
    path.includes('nothing') ? { status: 404, body: '{}' } : { body: '{"results":[{"repo_name":"redis"}]}' },
  );
  expect(await one.search('red is')).toEqual([{ name: 'redis', description: '', official: false }]);
  await Promise.all([one.search('red is'), one.search('red is')]);
  expect(await one.tags('library/nothing')).toEqual([]);
  expect(asked).toEqual([
    '/v2/search/repositories/?page_size=25&query=red%20is',
    '/v2/namespaces/library/repositories/nothing/tags?page_size=100',
  ]);
});

test.each([
  ['refuses', { status: 429, body: '' }],
  ['talks nonsense', { body: '<html>' }],
])('one that %s is left alone for a while', async (_, answer) => {
  const { hub: one, asked } = await hub(() => answer);
  expect(await one.search('redis')).toBeUndefined();
  expect(await one.tags('library/redis')).toBeUndefined();
  expect(asked).toHaveLength(1);
});
