import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { which } from '../../../scripts/rig/processes.mjs';
import { startRegistry, type RigRegistry } from '../../../scripts/rig/registry.mjs';
import { login, logout } from '../../../src/engine/auth/login';
import { Transport } from '../../../src/engine/transport';
import { engine } from '../../rig/engine';
import { helperScript, home, putDefaultHelper, type Home } from '../../unit/engine/auth/home';
import { caught } from '../../unit/engine/endpoint/caught';
import { put } from '../../unit/engine/endpoint/temporaryFolder';
import { dockerClis, type Cli } from '../support/clis';

const me = { username: 'me', password: 'a: s3cret<&>' };

const clis = await dockerClis();
const missing =
  (await which('docker-registry')) && (await which('htpasswd')) ? undefined : 'docker-registry or htpasswd';
const transport = new Transport({ source: 'added', contextName: 'default', host: engine.host });
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-login-'));
let registry: RigRegistry;
let stop: (() => Promise<void>) | undefined;

beforeAll(async () => {
  if (missing === undefined) ({ registry, stop } = await startRegistry(folder, { login: me }));
});

afterAll(async () => {
  transport.dispose();
  await stop?.();
  rmSync(folder, { recursive: true, force: true });
});

/** The CLI in a home; resolves with its exit code and what it said. */
function docker({ path: file }: Cli, { surroundings }: Home, args: string[], input = ''): Promise<string> {
  const env = { ...surroundings.env, HOME: surroundings.homedir, DOCKER_HOST: engine.host };
  return new Promise((resolve) => {
    const child = execFile(file, args, { env }, (error, stdout, stderr) => {
      resolve(`${String(error?.code ?? 0)} ${stdout}${stderr}`);
    });
    child.stdin?.end(input);
  });
}

/** Everything a login leaves: config.json and its mode, and what the helper keeps. */
async function left({ folder: docker, bin }: Home): Promise<unknown> {
  const config = path.join(docker, 'config.json');
  const secrets = path.join(bin, 'secrets');
  const names = await readdir(secrets).catch((): string[] => []);
  return {
    config: JSON.parse(await readFile(config, 'utf8')) as unknown,
    mode: (await stat(config)).mode & 0o777,
    secrets: await Promise.all(
      names
        .sort()
        .map(async (name) => [name, JSON.parse(await readFile(path.join(secrets, name), 'utf8')) as unknown]),
    ),
  };
}

const places: { name: string; config?: object; asDefault?: boolean }[] = [
  { name: 'no configuration' },
  {
    name: 'a file with others',
    config: { auths: { 'other.example': { auth: 'eDp5' } }, detachKeys: 'ctrl-e' },
  },
  { name: 'a store', config: { credsStore: 'test' } },
  {
    name: 'a store, and the file for this registry',
    config: { credsStore: 'test', credHelpers: { REGISTRY: '' } },
  },
  { name: 'a helper', config: { credHelpers: { REGISTRY: 'test' } } },
  { name: 'the platform’s own helper', asDefault: true },
];

describe.skipIf(missing !== undefined).each(clis)('docker $version', (cli) => {
  async function place({ config, asDefault = false }: (typeof places)[number]): Promise<Home> {
    const filled = JSON.parse(JSON.stringify(config ?? null).replaceAll('REGISTRY', registry.address)) as
      object | null;
    const made = await home(filled ?? undefined, {}, process.platform);
    const script = helperScript(made.bin);
    await put(path.join(made.bin, 'docker-credential-test'), script);
    if (asDefault) await putDefaultHelper(made, script);
    return made;
  }

  test.each(places)('login and logout: $name', async (one) => {
    const [theirs, ours] = [await place(one), await place(one)];
    const args = ['login', '-u', me.username, '--password-stdin', registry.address];
    expect(await docker(cli, theirs, args, me.password)).toMatch(/^0 /);
    await login(transport, { registry: registry.address, ...me }, ours.surroundings);
    expect(await left(ours)).toEqual(await left(theirs));

    // The image is not there; whoever is not logged in is not even told so.
    expect(await docker(cli, ours, ['pull', `${registry.address}/nothing`])).toMatch(
      /manifest unknown|not found/,
    );

    expect(await docker(cli, theirs, ['logout', registry.address])).toMatch(/^0 /);
    expect(await logout(registry.address, ours.surroundings)).toBe(true);
    expect(await left(ours)).toEqual(await left(theirs));
    expect(await docker(cli, ours, ['pull', `${registry.address}/nothing`])).toMatch(
      /no basic auth credentials/,
    );
  });

  test('a wrong password is refused by both, and neither keeps it', async () => {
    const [theirs, ours] = [await home({}, {}, process.platform), await home({}, {}, process.platform)];
    const args = ['login', '-u', me.username, '--password-stdin', registry.address];
    expect(await docker(cli, theirs, args, 'wr0ng')).toMatch(/^1 .*unauthorized/is);
    const wrong = { registry: registry.address, username: me.username, password: 'wr0ng' };
    const error = await caught(login(transport, wrong, ours.surroundings));
    expect(error.kind).toBe('denied');
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain('wr0ng');
    expect(await left(ours)).toMatchObject({ config: {} });
  });
});

test('a registry that is not there is unreachable, not refused', async () => {
  const ours = await home({}, {}, process.platform);
  const away = { registry: 'localhost:1', ...me };
  expect((await caught(login(transport, away, ours.surroundings))).kind).toBe('unreachable');
});
