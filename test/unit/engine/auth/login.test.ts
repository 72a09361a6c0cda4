import { chmod, lstat, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { login, logout } from '../../../../src/engine/auth/login';
import { registryAuth } from '../../../../src/engine/auth/registryAuth';
import { EngineError } from '../../../../src/engine/errors';
import type { Call, Requests } from '../../../../src/engine/requests';
import { caught } from '../endpoint/caught';
import { put, temporaryFolder } from '../endpoint/temporaryFolder';
import { base64, helperScript, home, putDefaultHelper, type Home } from './home';

/** Only what a login asks; how an engine really answers is the conformance suite's. */
function engine(answer: () => unknown): Requests & { asked: [string, string, Call | undefined][] } {
  const asked: [string, string, Call | undefined][] = [];
  const never = () => Promise.reject(new Error('not asked by a login'));
  return {
    asked,
    json: (method, path, call) => {
      asked.push([method, path, call]);
      return Promise.resolve().then(answer);
    },
    version: never,
    atLeast: never,
    head: never,
    stream: never,
    hijack: never,
  };
}

const accepting = () => engine(() => ({ Status: 'Login Succeeded', IdentityToken: '' }));
const me = { registry: 'h.example', username: 'me', password: 's3cret' };
const configOf = async ({ folder }: Home): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
const hub = 'https://index.docker.io/v1/';

describe('into the file', () => {
  test('the engine is asked, then it is kept as the CLI keeps it', async () => {
    const place = await home();
    const requests = accepting();
    expect(await login(requests, me, place.surroundings)).toEqual({
      file: join(place.folder, 'config.json'),
    });
    const body = { username: 'me', password: 's3cret', serveraddress: 'h.example' };
    expect(requests.asked).toEqual([['POST', '/auth', { body, signal: undefined }]]);
    expect(await configOf(place)).toEqual({ auths: { 'h.example': { auth: base64('me:s3cret') } } });
    expect((await stat(join(place.folder, 'config.json'))).mode & 0o777).toBe(0o600);
    expect(await registryAuth('h.example/x', place.surroundings)).toBeDefined();
  });

  test('Docker Hub has a key of its own', async () => {
    const place = await home();
    await login(accepting(), { username: 'me', password: 'p' }, place.surroundings);
    expect(await configOf(place)).toEqual({ auths: { [hub]: { auth: base64('me:p') } } });
  });

  test('a token is kept in place of the password', async () => {
    const place = await home();
    await login(
      engine(() => ({ IdentityToken: 'tok' })),
      me,
      place.surroundings,
    );
    expect(await configOf(place)).toEqual({
      auths: { 'h.example': { auth: base64('me:'), identitytoken: 'tok' } },
    });
  });

  test('what else stands there stays, and so do its mode and its other name', async () => {
    const config = {
      auths: { other: { auth: 'x', odd: 1 } },
      unknown: { deep: [1, null] },
      currentContext: 'c',
    };
    const place = await home();
    const dotfiles = await temporaryFolder({ 'docker.json': JSON.stringify(config) });
    await chmod(join(dotfiles, 'docker.json'), 0o640);
    await put(join(place.folder, 'keep'), '');
    await symlink(join(dotfiles, 'docker.json'), join(place.folder, 'config.json'));
    await login(accepting(), me, place.surroundings);
    expect(await configOf(place)).toEqual({
      ...config,
      auths: { ...config.auths, 'h.example': { auth: base64('me:s3cret') } },
    });
    expect((await lstat(join(place.folder, 'config.json'))).isSymbolicLink()).toBe(true);
    expect((await stat(join(dotfiles, 'docker.json'))).mode & 0o777).toBe(0o640);
    expect(await readdir(dotfiles)).toEqual(['docker.json']);
  });

  test('a link to what is not there yet stays one', async () => {
    const place = await home({});
    const dotfiles = await temporaryFolder({});
    await rm(join(place.folder, 'config.json'));
    await symlink(join(dotfiles, 'one.json'), join(place.folder, 'config.json'));
    await symlink('two.json', join(dotfiles, 'one.json'));
    await login(accepting(), me, place.surroundings);
    expect((await lstat(join(place.folder, 'config.json'))).isSymbolicLink()).toBe(true);
    expect((await lstat(join(dotfiles, 'two.json'))).isFile()).toBe(true);
    expect(await configOf(place)).toEqual({ auths: { 'h.example': { auth: base64('me:s3cret') } } });
  });

  test('a damaged file is left as it is, before anybody is asked', async () => {
    const place = await home();
    await put(join(place.folder, 'config.json'), '{bad');
    const requests = accepting();
    expect((await caught(login(requests, me, place.surroundings))).kind).toBe('invalid');
    expect(requests.asked).toEqual([]);
    expect(await readFile(join(place.folder, 'config.json'), 'utf8')).toBe('{bad');
  });

  test('a folder that cannot be made is named', async () => {
    const place = await home();
    await put(place.folder, 'a file where the folder should be');
    const error = await caught(login(accepting(), me, place.surroundings));
    expect(error.kind).toBe('denied');
    expect(error.message).toContain(place.folder);
  });
});

describe('into a helper', () => {
  async function withHelper(config: object): Promise<Home> {
    const place = await home(config);
    await put(join(place.bin, 'docker-credential-test'), helperScript(place.bin));
    return place;
  }
  const kept = (place: Home, server = 'h.example') => readFile(join(place.bin, 'secrets', server), 'utf8');

  test('the secret goes there, and the file only names the server', async () => {
    const place = await withHelper({ credsStore: 'test' });
    expect(await login(accepting(), me, place.surroundings)).toEqual({ helper: 'test' });
    expect(JSON.parse(await kept(place))).toEqual({
      ServerURL: 'h.example',
      Username: 'me',
      Secret: 's3cret',
    });
    expect(await configOf(place)).toEqual({ credsStore: 'test', auths: { 'h.example': {} } });
    expect(await readFile(join(place.bin, 'calls'), 'utf8')).toBe('store\n');
  });

  test('a token is stored under its own name', async () => {
    const place = await withHelper({ credHelpers: { 'h.example': 'test' } });
    await login(
      engine(() => ({ IdentityToken: 'tok' })),
      me,
      place.surroundings,
    );
    expect(JSON.parse(await kept(place))).toMatchObject({ Username: '<token>', Secret: 'tok' });
  });

  test('the platform’s own is written down once it is used', async () => {
    const place = await home();
    await putDefaultHelper(place, helperScript(place.bin));
    const { helper } = (await login(accepting(), me, place.surroundings)) as { helper: string };
    expect(['osxkeychain', 'pass', 'secretservice']).toContain(helper);
    expect(await configOf(place)).toEqual({ credsStore: helper, auths: { 'h.example': {} } });
  });

  test('one that fails says nothing of the secret, and nothing is written', async () => {
    const place = await withHelper({ credsStore: 'test' });
    await put(join(place.bin, 'docker-credential-test'), '#!/bin/sh\ncat\nexit 1\n');
    const error = await caught(login(accepting(), me, place.surroundings));
    expect(error.kind).toBe('denied');
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain('s3cret');
    expect(await configOf(place)).toEqual({ credsStore: 'test' });
  });
});

describe('refused', () => {
  test('by the registry: a sentence, no password, nothing kept', async () => {
    const place = await home();
    const refusing = engine(() => {
      throw new EngineError('denied', 'The registry refused the login.', { status: 401 });
    });
    const error = await caught(login(refusing, me, place.surroundings));
    expect(error).toMatchObject({
      kind: 'denied',
      status: 401,
      message: 'h.example refused the user name or the password. Check both and log in again.',
    });
    expect(JSON.stringify([error.stack, String(error.cause)])).not.toContain('s3cret');
    await expect(stat(place.folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('other failures keep their kind', async () => {
    const place = await home();
    const away = engine(() => {
      throw new EngineError('unreachable', 'x');
    });
    expect((await caught(login(away, me, place.surroundings))).kind).toBe('unreachable');
  });
});

describe('logout', () => {
  test('forgets the old keys too, and nothing else', async () => {
    const auth = { auth: base64('u:p') };
    const auths = {
      'h.example': auth,
      'http://h.example': auth,
      'https://h.example': auth,
      'https://h.example/v1/': auth,
      'h.example:5000': auth,
    };
    const place = await home({ auths, other: 1 });
    expect(await logout('https://h.example/v2/', place.surroundings)).toBe(true);
    expect(await configOf(place)).toEqual({ auths: { 'h.example:5000': auth }, other: 1 });
    expect(await logout('h.example', place.surroundings)).toBe(false);
  });

  test('of Docker Hub forgets what a login in the browser left', async () => {
    const auth = { auth: base64('u:p') };
    const place = await home({
      auths: { [hub]: auth, [`${hub}access-token`]: auth, [`${hub}refresh-token`]: auth, 'h.example': auth },
    });
    expect(await logout('', place.surroundings)).toBe(true);
    expect(await configOf(place)).toEqual({ auths: { 'h.example': auth } });
  });

  test('from nowhere makes no file', async () => {
    const place = await home();
    expect(await logout('', place.surroundings)).toBe(false);
    await expect(stat(place.folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('in a helper', async () => {
    const place = await home({ credsStore: 'test' });
    await put(join(place.bin, 'docker-credential-test'), helperScript(place.bin));
    await login(accepting(), { username: 'me', password: 'p' }, place.surroundings);
    expect(await registryAuth('ubuntu', place.surroundings)).toBeDefined();
    expect(await logout('docker.io', place.surroundings)).toBe(true);
    expect(await registryAuth('ubuntu', place.surroundings)).toBeUndefined();
    expect(await configOf(place)).toEqual({ credsStore: 'test', auths: {} });
  });

  test('a helper that fails for one key of several is enough; for all it is told', async () => {
    const place = await home({ credsStore: 'test', auths: { 'h.example': {}, [hub]: {} } });
    await put(join(place.bin, 'docker-credential-test'), '#!/bin/sh\nread -r key\n[ "$key" = h.example ]\n');
    expect(await logout('h.example', place.surroundings)).toBe(true);
    expect((await caught(logout('', place.surroundings))).kind).toBe('denied');
    expect(await configOf(place)).toEqual({ credsStore: 'test', auths: { [hub]: {} } });
  });
});
