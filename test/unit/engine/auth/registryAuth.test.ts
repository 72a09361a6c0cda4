import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { anonymousAuth, registryAuth, registryConfig } from '../../../../src/engine/auth/registryAuth';
import { hostnameOf, serverAddress, serverOf } from '../../../../src/engine/auth/server';
import { caught } from '../endpoint/caught';
import { put } from '../endpoint/temporaryFolder';
import { base64, helperScript, home, putDefaultHelper, type Home } from './home';

afterEach(() => {
  vi.useRealTimers();
});

const decoded = (header: string | undefined): unknown =>
  header === undefined ? undefined : JSON.parse(Buffer.from(header, 'base64url').toString());

async function authOf(reference: string, { surroundings }: Home): Promise<unknown> {
  return decoded((await registryAuth(reference, surroundings))?.header);
}

const hub = 'https://index.docker.io/v1/';

test.each([
  ['ubuntu', hub],
  ['team/app:1', hub],
  ['docker.io/library/ubuntu', hub],
  ['index.docker.io/x', hub],
  ['localhost/x', 'localhost'],
  ['localhost:5000/a/b@sha256:' + 'a'.repeat(64), 'localhost:5000'],
  ['ghcr.io/a/b', 'ghcr.io'],
])('the server of %s', (reference, server) => {
  expect(serverOf(reference)).toBe(server);
});

test.each([
  ['', hub],
  [' docker.io ', hub],
  ['index.docker.io', hub],
  [hub, hub],
  ['https://ghcr.io/v2/', 'ghcr.io'],
  ['http://localhost:5000', 'localhost:5000'],
  ['me:secret@h', 'h'],
  ['h/', 'h'],
])('the registry %j', (typed, server) => {
  expect(serverAddress(typed)).toBe(server);
});

test('an old key is its host and port', () => {
  expect(hostnameOf('https://h.example:5000/v2/')).toBe('h.example:5000');
});

describe('the file', () => {
  const cases: [string, object, unknown][] = [
    ['h.example/x', {}, undefined],
    ['h.example/x', { 'other.example': { auth: base64('u:p') } }, undefined],
    [
      'h.example/x',
      { 'h.example': { auth: base64('u:p:q') } },
      { username: 'u', password: 'p:q', serveraddress: 'h.example' },
    ],
    [
      'h.example/x',
      { 'h.example': { auth: base64('u:\0p\0\0') } },
      { username: 'u', password: 'p', serveraddress: 'h.example' },
    ],
    ['h.example/x', { 'h.example': { auth: base64('u:') } }, { username: 'u', serveraddress: 'h.example' }],
    ['h.example/x', { 'h.example': { auth: base64(':p') } }, { serveraddress: 'h.example' }],
    ['h.example/x', { 'h.example': { auth: '?' } }, { serveraddress: 'h.example' }],
    ['h.example/x', { 'h.example': {} }, { serveraddress: 'h.example' }],
    [
      'h.example/x',
      { 'h.example': { username: 'u', password: 'p', email: 'e' } },
      { username: 'u', password: 'p', email: 'e', serveraddress: 'h.example' },
    ],
    [
      'h.example/x',
      { 'h.example': { auth: base64('u:'), identitytoken: 't' } },
      { username: 'u', serveraddress: 'h.example', identitytoken: 't' },
    ],
    [
      'h.example/x',
      { 'https://h.example/v2/': { auth: base64('u:p') } },
      { username: 'u', password: 'p', serveraddress: 'https://h.example/v2/' },
    ],
    ['ubuntu', { [hub]: { auth: base64('u:p') } }, { username: 'u', password: 'p', serveraddress: hub }],
    ['ubuntu', { 'docker.io': { auth: base64('u:p') } }, undefined],
  ];
  test.each(cases)('%s with %j', async (reference, auths, sent) => {
    // The empty helper keeps the machine's own keychain out of the test.
    expect(await authOf(reference, await home({ auths, credHelpers: { 'h.example': '' } }))).toEqual(sent);
  });

  test('is base64url, with Go’s escapes', async () => {
    const { surroundings } = await home({ auths: { h: {}, 'h.example': { auth: base64('u:<&>??>é') } } });
    const header = (await registryAuth('h.example/x', surroundings))?.header ?? '';
    expect(header).toMatch(/^[\w-]+=*$/);
    expect(Buffer.from(header, 'base64url').toString()).toContain(
      '"password":"\\u003c\\u0026\\u003e??\\u003eé"',
    );
  });

  test('nobody is an empty object', () => {
    expect(decoded(anonymousAuth.header)).toEqual({});
  });

  test('no name of an image is refused', async () => {
    const { surroundings } = await home();
    expect((await caught(registryAuth('NO', surroundings))).kind).toBe('invalid');
  });
});

describe('DOCKER_AUTH_CONFIG', () => {
  const auths = { 'h.example': { auth: base64('file:p') } };
  const given = (value: unknown) => ({
    DOCKER_AUTH_CONFIG: typeof value === 'string' ? value : JSON.stringify(value),
  });

  test('wins over the file, for the servers it names', async () => {
    const place = await home({ auths }, given({ auths: { 'h.example': { auth: base64('env:p') } } }));
    expect(await authOf('h.example/x', place)).toMatchObject({ username: 'env' });
    const other = await home({ auths }, given({ auths: { 'other.example': { auth: base64('env:p') } } }));
    expect(await authOf('h.example/x', other)).toMatchObject({ username: 'file' });
  });

  test.each(['', '{', '[]', 'null', '{"auths":7}'])('%j counts as not set', async (value) => {
    expect(await authOf('h.example/x', await home({ auths }, given(value)))).toMatchObject({
      username: 'file',
    });
  });
});

describe('helpers', () => {
  /** A home with `docker-credential-test`, and what it keeps. */
  async function withHelper(config: object, secrets: Record<string, object> = {}): Promise<Home> {
    const place = await home(config);
    await put(join(place.bin, 'docker-credential-test'), helperScript(place.bin));
    for (const [server, secret] of Object.entries(secrets)) {
      await put(join(place.bin, 'secrets', server.replace(/[/:]/g, '_')), JSON.stringify(secret));
    }
    return place;
  }
  const secret = { ServerURL: 'ignored', Username: 'me', Secret: 'hidden' };
  const sent = { username: 'me', password: 'hidden', serveraddress: 'h.example' };

  test('the common one', async () => {
    const place = await withHelper({ credsStore: 'test' }, { 'h.example': secret });
    expect(await authOf('h.example/x', place)).toEqual(sent);
    expect(await authOf('other.example/x', place)).toBeUndefined();
    expect(await readFile(join(place.bin, 'calls'), 'utf8')).toBe('get\nget\n');
  });

  test('one of a registry’s own comes first, and may be the file', async () => {
    const auths = { 'h.example': { auth: base64('file:p') }, [hub]: { auth: base64('file:p') } };
    const own = await withHelper({ auths, credHelpers: { 'h.example': 'test' } }, { 'h.example': secret });
    expect(await authOf('h.example/x', own)).toEqual(sent);
    expect(await authOf('ubuntu', own)).toMatchObject({ username: 'file' });
    const file = await withHelper({ auths, credsStore: 'test', credHelpers: { 'h.example': '' } });
    expect(await authOf('h.example/x', file)).toMatchObject({ username: 'file' });
  });

  test('a token is an identity token', async () => {
    const token = { Username: '<token>', Secret: 'tok' };
    const place = await withHelper({ credsStore: 'test' }, { [hub]: token });
    expect(await authOf('ubuntu', place)).toEqual({ serveraddress: hub, identitytoken: 'tok' });
  });

  test('the email stays in the file', async () => {
    const place = await withHelper(
      { credsStore: 'test', auths: { 'h.example': { email: 'e' } } },
      { 'h.example': secret },
    );
    expect(await authOf('h.example/x', place)).toEqual({ ...sent, email: 'e' });
  });

  test('one that is not installed is named', async () => {
    const error = await caught(
      registryAuth('h.example/x', (await home({ credsStore: 'gone' })).surroundings),
    );
    expect(error.kind).toBe('invalid');
    expect(error.message).toContain('docker-credential-gone');
  });

  test.each(['../evil', '/bin/sh', 'a b', 'a;b', '..\\evil', 'x\0y'])(
    'the name %j is never started',
    async (name) => {
      const place = await home({ credsStore: name });
      await put(join(place.bin, 'docker-credential-..', 'x'), '');
      await put(join(place.bin, 'evil'), '#!/bin/sh\ntouch "$HOME/started"\n');
      expect((await caught(registryAuth('h.example/x', place.surroundings))).kind).toBe('invalid');
    },
  );

  test('one in a relative folder of PATH is never started', async () => {
    const place = await home({ credsStore: 'test' }, { PATH: 'relative:.:' });
    expect((await caught(registryAuth('h.example/x', place.surroundings))).kind).toBe('invalid');
  });

  test('is found where PATH does not lead, and finds its own tools there', async () => {
    const place = await home({ credsStore: 'test' }, { PATH: '/usr/bin:/bin' });
    const folder = join(place.folder, 'bin');
    await put(join(folder, 'docker-credential-test'), `#!/bin/sh\nneighbour\n`);
    await put(join(folder, 'neighbour'), `#!/bin/sh\necho '{"Username":"me","Secret":"hidden"}'\n`);
    expect(await authOf('h.example/x', place)).toEqual(sent);
  });

  test('one that fails is told without what it was given', async () => {
    const place = await home({ credsStore: 'test' });
    await put(
      join(place.bin, 'docker-credential-test'),
      `#!/bin/sh\necho 'the keychain is locked'\nexit 1\n`,
    );
    const error = await caught(registryAuth('h.example/x', place.surroundings));
    expect(error.kind).toBe('denied');
    expect(String(error.cause)).toContain('the keychain is locked');
  });

  test('an answer that is no JSON is in no part of the error', async () => {
    const place = await home({ credsStore: 'test' });
    await put(join(place.bin, 'docker-credential-test'), `#!/bin/sh\necho 'Secret: hidden'\n`);
    const error = await caught(registryAuth('h.example/x', place.surroundings));
    expect(error.kind).toBe('denied');
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain('hidden');
  });

  test('what it was asked for is in no part of the error, and what it says behind it does no harm', async () => {
    const place = await home({ credsStore: 'test' });
    const program = join(place.bin, 'docker-credential-test');
    const answer = `{"ServerURL":"x","Username":"me","Secret":"hidden"}`;
    await put(program, `#!/bin/sh\necho '${answer}'; echo 'There is a newer one.'\n`);
    expect(await registryAuth('h.example/x', place.surroundings)).toBeDefined();
    await put(program, `#!/bin/sh\necho '${answer}'; exit 1\n`);
    const error = await caught(registryAuth('h.example/x', place.surroundings));
    expect(error.kind).toBe('denied');
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain('hidden');
  });

  test('one that does not read its input, and one that floods', async () => {
    const place = await home({ credsStore: 'test' });
    await put(
      join(place.bin, 'docker-credential-test'),
      `#!/bin/sh\nexec 0<&-\necho '{"Username":"me","Secret":"hidden"}'\n`,
    );
    expect(await authOf('h.example/x', place)).toEqual(sent);
    await put(join(place.bin, 'docker-credential-test'), `#!/bin/sh\nyes\n`);
    expect((await caught(registryAuth('h.example/x', place.surroundings))).message).toContain('failed');
  });

  test('one that does not answer is ended after a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const place = await home({ credsStore: 'test' });
    await put(join(place.bin, 'docker-credential-test'), `#!/bin/sh\ntrap '' TERM\nexec sleep 100\n`);
    const asked = caught(registryAuth('h.example/x', place.surroundings));
    await vi.waitUntil(() => vi.getTimerCount() > 0, { timeout: 5000 });
    vi.advanceTimersByTime(60_000);
    expect((await asked).message).toContain('did not answer for a minute');
  });

  test('one that hangs is ended when the signal says so', async () => {
    const place = await home({ credsStore: 'test' });
    await put(
      join(place.bin, 'docker-credential-test'),
      `#!/bin/sh\necho $$ > '${place.bin}/pid'\nexec sleep 100\n`,
    );
    const controller = new AbortController();
    const asked = caught(registryAuth('h.example/x', place.surroundings, controller.signal));
    const pid = async () => Number(await readFile(join(place.bin, 'pid'), 'utf8').catch(() => '0'));
    await expect.poll(pid).toBeGreaterThan(0);
    controller.abort();
    expect((await asked).kind).toBe('cancelled');
    const helper = await pid();
    await expect
      .poll(() => {
        try {
          return process.kill(helper, 0);
        } catch {
          return false;
        }
      })
      .toBe(false);
  });

  test('without a configuration, the platform’s own where it is installed', async () => {
    const place = await home();
    expect(await authOf('h.example/x', place)).toBeUndefined();
    const script = `#!/bin/sh\necho '{"Username":"me","Secret":"hidden"}'\n`;
    await putDefaultHelper(place, script);
    expect(await authOf('h.example/x', place)).toEqual(sent);
  });

  test('a build is given everything', async () => {
    const config = {
      auths: { 'file.example': { auth: base64('u:p') }, 'a.example': {} },
      credHelpers: { 'own.example': 'test', 'broken.example': 'gone' },
    };
    const secrets = { 'own.example': secret, 'common.example': { Username: '<token>', Secret: 't' } };
    const file = await withHelper(config, secrets);
    expect(decoded((await registryConfig(file.surroundings))?.header)).toEqual({
      'a.example': { serveraddress: 'a.example' },
      'file.example': { username: 'u', password: 'p', serveraddress: 'file.example' },
      'own.example': { username: 'me', password: 'hidden', serveraddress: 'own.example' },
    });
    const common = await withHelper({ ...config, credsStore: 'test' }, secrets);
    await put(join(common.bin, 'list'), '{"common.example":"<token>","gone.example":"x"}');
    expect(decoded((await registryConfig(common.surroundings))?.header)).toEqual({
      'common.example': { serveraddress: 'common.example', identitytoken: 't' },
      'own.example': { username: 'me', password: 'hidden', serveraddress: 'own.example' },
    });
    expect(await registryConfig((await home()).surroundings)).toBeUndefined();
  });
});
