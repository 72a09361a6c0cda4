import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRepositories } from '../../../../src/engine/registry/catalog';
import { RegistryClient } from '../../../../src/engine/registry/client';
import { describeTag } from '../../../../src/engine/registry/describe';
import { listTags } from '../../../../src/engine/registry/tags';
import { base64, home } from '../auth/home';
import { caught } from '../endpoint/caught';

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Something that answers as no registry should; its address. */
async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `localhost:${(server.address() as AddressInfo).port}`;
}

let stored: Record<string, object>;
beforeEach(() => {
  stored = {};
});

async function client(address: string, deadline?: number): Promise<RegistryClient> {
  const { surroundings } = await home({ auths: stored });
  return new RegistryClient(address, { surroundings, ...(deadline === undefined ? {} : { deadline }) });
}

const password = { auth: base64('me:secret') };

test.each([
  [
    'the date to come back',
    { 'Retry-After': new Date(Date.now() + 600_000).toUTCString() },
    /in (?:9|10) minutes/,
  ],
  ['seconds', { 'Retry-After': '30' }, /in 30 seconds/],
  ['nothing', {}, /Wait a while/],
])('too many requests, with %s', async (_, headers, said) => {
  const address = await serve((_request, response) => response.writeHead(429, headers).end('{}'));
  const error = await caught(listTags(await client(address), 'app'));
  expect(error).toMatchObject({ kind: 'denied', status: 429 });
  expect(error.message).toMatch(said);
});

test.each<[string, Answer, string, RegExp]>([
  ['an error of its own', (_, response) => response.writeHead(500).end('oops'), 'unreachable', /status 500/],
  [
    'half an answer',
    (_, response) => response.end('{"name":"app","tags":["1"'),
    'protocol',
    /not a registry/,
  ],
  ['no object', (_, response) => response.end('[1]'), 'protocol', /not a registry/],
  ['a page', (_, response) => response.end('<html>hello</html>'), 'protocol', /not a registry/],
  [
    'a login of another kind',
    (_, response) => response.writeHead(401, { 'WWW-Authenticate': 'Negotiate' }).end(),
    'protocol',
    /not a registry/,
  ],
  [
    'nothing after the headers',
    (_, response) => {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('{', () => response.destroy());
    },
    'unreachable',
    /was lost/,
  ],
  [
    'more than it may',
    (_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
      };
      response.on('drain', more);
      response.on('error', () => undefined);
      more();
    },
    'protocol',
    /more than a registry has to say/,
  ],
  [
    'itself again and again',
    ({ url = '' }, response) => response.writeHead(307, { Location: `${url}&again` }).end(),
    'protocol',
    /leads to another address/,
  ],
])('%s', async (_, answer, kind, said) => {
  const error = await caught(listTags(await client(await serve(answer)), 'app'));
  expect(error.kind).toBe(kind);
  expect(error.message).toMatch(said);
});

test('one that says nothing is waited for only so long', async () => {
  const address = await serve(() => undefined);
  const error = await caught(listTags(await client(address, 300), 'app'));
  expect(error).toMatchObject({ kind: 'unreachable' });
  expect(error.message).toMatch(/did not answer in time/);
});

test('what proves who we are stays with the host it is for', async () => {
  const seen: (string | undefined)[] = [];
  const other = await serve(({ headers }, response) => {
    seen.push(headers.authorization);
    response.end('{"tags":["1"]}');
  });
  const address = await serve(({ headers, url = '' }, response) => {
    if (headers.authorization === undefined)
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="here"' }).end();
    else if (url.includes('moved')) response.end('{"tags":["2"]}');
    else if (url.startsWith('/v2/app')) response.writeHead(307, { Location: `http://${other}${url}` }).end();
    else response.writeHead(307, { Location: '/v2/moved/tags/list' }).end();
  });
  stored[address] = password;
  const one = await client(address);
  expect(await listTags(one, 'app')).toEqual(['1']);
  expect(seen).toEqual([undefined]);
  expect(await listTags(one, 'near')).toEqual(['2']);
});

test('a password goes to no token server that would read it in the clear', async () => {
  const realm = 'Bearer realm="http://tokens.example/token",service="x"';
  const address = await serve((_, response) => response.writeHead(401, { 'WWW-Authenticate': realm }).end());
  stored[address] = password;
  const error = await caught(listTags(await client(address), 'app'));
  expect(error.kind).toBe('tls');
  expect(error.message).toMatch(/tokens.example without encryption, so it was not sent/);
});

test('a token that no longer counts is asked for anew', async () => {
  let valid = 0;
  let given = 0;
  const address: string = await serve(({ url = '', headers }, response) => {
    if (url.startsWith('/token')) {
      response.end(JSON.stringify({ token: `t${++given}`, expires_in: 3600 }));
    } else if (headers.authorization === `Bearer t${valid}`) {
      response.end('{"tags":["1"]}');
    } else {
      const realm = `Bearer realm="http://${address}/token",service="x",error="invalid_token"`;
      response.writeHead(401, { 'WWW-Authenticate': realm }).end();
    }
  });
  const one = await client(address);
  valid = 1;
  expect(await listTags(one, 'app')).toEqual(['1']);
  expect(await listTags(one, 'app')).toEqual(['1']);
  expect(given).toBe(1);
  valid = 2;
  expect(await listTags(one, 'app')).toEqual(['1']);
  const never = await caught(listTags(await client(address), 'app'));
  expect(never).toMatchObject({ kind: 'denied', status: 401 });
});

test('a helper that is missing is told where a login is needed, and nowhere else', async () => {
  const address: string = await serve(({ url = '', headers }, response) => {
    if (url.startsWith('/token')) response.end('{"token":"t"}');
    else if (headers.authorization && url.includes('public')) response.end('{"tags":["1"]}');
    else {
      const realm = `Bearer realm="http://${address}/token",service="x"`;
      response.writeHead(401, { 'WWW-Authenticate': realm }).end();
    }
  });
  const { surroundings } = await home({ credHelpers: { [address]: 'nowhere' } });
  const one = new RegistryClient(address, { surroundings });
  expect(await listTags(one, 'public')).toEqual(['1']);
  const error = await caught(listTags(one, 'private'));
  expect(error.message).toMatch(/docker-credential-nowhere .* is not installed/);
});

test('pages are followed within the registry, and not for ever', async () => {
  const asked: string[] = [];
  const address = await serve(({ url = '' }, response) => {
    asked.push(url);
    const more = url.includes('last=b')
      ? '<http://elsewhere.example/v2/app/tags/list>; rel="next"'
      : url.includes('last=a')
        ? '</v2/app/tags/list?last=b>; rel="next"'
        : '</v2/app/tags/list?n=2&last=a>; rel="next"';
    response.writeHead(200, { Link: more }).end(JSON.stringify({ tags: [`t${asked.length}`, 'bad tag', 7] }));
  });
  expect(await listTags(await client(address), 'app')).toEqual(['t3', 't2', 't1']);
  expect(asked).toHaveLength(3);
});

test('one that gives no list of repositories is no failure, one that is down is', async () => {
  const closed = await serve(({ url = '' }, response) =>
    response.writeHead(url.includes('_catalog') ? 404 : 200).end('{}'),
  );
  expect(await listRepositories(await client(closed))).toBeUndefined();
  const login = await serve((_, response) =>
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end(),
  );
  expect(await caught(listRepositories(await client(login)))).toMatchObject({ status: 401 });
});

test('what is not what its digest says is refused', async () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const address = await serve((_, response) =>
    response
      .writeHead(200, { 'Docker-Content-Digest': digest })
      .end(JSON.stringify({ schemaVersion: 2, config: {}, layers: [] })),
  );
  const error = await caught(describeTag(await client(address), 'app', '1'));
  expect(error.kind).toBe('protocol');
  expect(error.message).toMatch(/is damaged/);
});
