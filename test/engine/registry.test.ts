import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busyboxImage } from '../../scripts/rig/images.mjs';
import { which } from '../../scripts/rig/processes.mjs';
import { pushImage, startRegistry, type RigRegistry } from '../../scripts/rig/registry.mjs';
import { listRepositories } from '../../src/engine/registry/catalog';
import { RegistryClient } from '../../src/engine/registry/client';
import { describeTag, digestOf } from '../../src/engine/registry/describe';
import { removeImage } from '../../src/engine/registry/remove';
import { listTags } from '../../src/engine/registry/tags';
import { base64, home, type Home } from '../unit/engine/auth/home';
import { caught } from '../unit/engine/endpoint/caught';
import { startTokenServer, type TokenServer } from './support/tokenServer';

const me = { username: 'me', password: 'a: s3cret<&>' };
const programs = ['docker-registry', 'htpasswd', 'openssl', 'busybox'];
const missing = (await Promise.all(programs.map((name) => which(name)))).every(Boolean)
  ? undefined
  : `one of ${programs.join(', ')} is not installed here`;

const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-registries-'));
const stops: (() => Promise<void>)[] = [];

type Options = Parameters<typeof startRegistry>[1];

async function start(name: string, options: Options): Promise<RigRegistry> {
  const { registry, stop } = await startRegistry(path.join(folder, name), options);
  stops.push(stop);
  return registry;
}

/** A client with what is stored for it. */
async function client({ address }: RigRegistry, stored?: object): Promise<RegistryClient & { home: Home }> {
  const at = await home(stored ? { auths: { [address]: stored } } : undefined);
  return Object.assign(new RegistryClient(address, { surroundings: at.surroundings }), { home: at });
}

const auth = ({ username, password } = me): object => ({ auth: base64(`${username}:${password}`) });

describe.skipIf(missing !== undefined)(`registries${missing === undefined ? '' : ` (${missing})`}`, () => {
  afterAll(async () => {
    for (const stop of stops) await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('plain', () => {
    let registry: RigRegistry;
    let image: Awaited<ReturnType<typeof busyboxImage>>;

    beforeAll(async () => {
      registry = await start('plain', { deletable: true });
      image = await busyboxImage();
      for (const tag of ['1.9', '1.10', 'latest', 'edge', '0123abc']) {
        await pushImage(registry, 'team/app', image, tag);
      }
      await pushImage(registry, 'other', image);
    });

    test('tags come with the likely ones first', async () => {
      const tags = ['latest', '1.10', '1.9', 'edge', '0123abc'];
      expect(await listTags(await client(registry), 'team/app')).toEqual(tags);
      const error = await caught(listTags(await client(registry), 'nothing'));
      expect(error).toMatchObject({ kind: 'notFound', status: 404 });
    });

    test('repositories come page by page', async () => {
      const one = await client(registry);
      expect(await listRepositories(one)).toEqual({ names: ['other', 'team/app'] });
      const first = await listRepositories(one, '_catalog?n=1');
      expect(first?.names).toEqual(['other']);
      expect(await listRepositories(one, first?.next)).toMatchObject({ names: ['team/app'] });
    });

    test('a tag has digest, size, platform and date', async () => {
      const facts = await describeTag(await client(registry), 'team/app', 'latest');
      expect(facts).toMatchObject({
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
        created: Date.UTC(2025, 0, 15),
        platforms: [`linux/${process.arch === 'x64' ? 'amd64' : process.arch}`],
      });
      expect(facts.size).toBeGreaterThan(500_000);
      expect(await digestOf(await client(registry), 'team/app', 'latest')).toBe(facts.digest);
      const error = await caught(describeTag(await client(registry), 'team/app', 'none'));
      expect(error.kind).toBe('notFound');
    });

    test('a list of platforms has them all, and the size of the one that is looked at', async () => {
      const one = await client(registry);
      const { digest, size } = await describeTag(one, 'team/app', 'latest');
      const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
      const entry = (platform: object): object => ({ mediaType, digest, size: 1, platform });
      const list = {
        schemaVersion: 2,
        mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json',
        manifests: [
          entry({ os: 'linux', architecture: 'arm64', variant: 'v8' }),
          entry({ os: 'linux', architecture: 'amd64' }),
          entry({ os: 'unknown', architecture: 'unknown' }),
        ],
      };
      const url = `http://${registry.address.replace('localhost', '127.0.0.1')}/v2/team/app/manifests/many`;
      const headers = { 'Content-Type': list.mediaType };
      expect((await fetch(url, { method: 'PUT', body: JSON.stringify(list), headers })).status).toBe(201);
      const facts = await describeTag(one, 'team/app', 'many', 'linux/arm64');
      expect(facts).toMatchObject({ size, platforms: ['linux/arm64/v8', 'linux/amd64'] });
      expect(facts.digest).not.toBe(digest);
    });

    test('a tag is removed where it still names the same image', async () => {
      const one = await client(registry);
      await pushImage(registry, 'gone', image, '1');
      const { digest } = await describeTag(one, 'gone', '1');
      const other = `sha256:${'0'.repeat(64)}`;
      expect((await caught(removeImage(one, 'gone', '1', other))).kind).toBe('conflict');
      await removeImage(one, 'gone', '1', digest);
      expect((await caught(describeTag(one, 'gone', '1'))).kind).toBe('notFound');
      expect(await listTags(one, 'gone').catch(() => [])).toEqual([]);
    });

    test('what is cancelled says so', async () => {
      const signal = AbortSignal.abort();
      expect((await caught(listTags(await client(registry), 'other', signal))).kind).toBe('cancelled');
    });
  });

  test('a registry with a password is told the stored one, and says what is wrong with it', async () => {
    const registry = await start('password', { login: me });
    await pushImage(registry, 'app', await busyboxImage(), '1');
    expect(await listTags(await client(registry, auth()), 'app')).toEqual(['1']);
    const none = await caught(listTags(await client(registry), 'app'));
    expect(none).toMatchObject({ kind: 'denied', status: 401 });
    expect(none.message).toMatch(/asks for a login/);
    const wrong = await caught((await client(registry, auth({ ...me, password: 'no' }))).ping());
    expect(wrong).toMatchObject({ kind: 'denied', status: 401 });
    expect(wrong.message).toMatch(/refuses the user name or the password/);
    const { digest } = await describeTag(await client(registry, auth()), 'app', '1');
    const refused = await caught(removeImage(await client(registry, auth()), 'app', '1', digest));
    expect(refused.message).toMatch(/does not let tags be deleted/);
  });

  test('a certificate that signs itself is trusted where Docker looks for it, and where the setting says', async () => {
    const registry = await start('tls', { tls: true, login: me });
    await pushImage(registry, 'app', await busyboxImage(), '1');
    const unknown = await caught(listTags(await client(registry, auth()), 'app'));
    expect(unknown.kind).toBe('tls');
    expect(unknown.message).toContain(`/etc/docker/certs.d/${registry.address}/ca.crt`);

    const known = await client(registry, auth());
    const place = path.join(known.home.folder, 'certs.d', registry.address);
    await mkdir(place, { recursive: true });
    await copyFile(registry.ca ?? '', path.join(place, 'ca.crt'));
    expect(await listTags(known, 'app')).toEqual(['1']);

    const { surroundings } = (await client(registry, auth())).home;
    const certificates = [registry.ca ?? ''];
    expect(
      await listTags(new RegistryClient(registry.address, { surroundings, certificates }), 'app'),
    ).toEqual(['1']);
    const insecure = (host: string): boolean => host === registry.address;
    expect(await listTags(new RegistryClient(registry.address, { surroundings, insecure }), 'app')).toEqual([
      '1',
    ]);
  });

  describe('tokens', () => {
    let server: TokenServer;
    let registry: RigRegistry;

    beforeAll(async () => {
      server = await startTokenServer(path.join(folder, 'keys'), me);
      stops.unshift(() => server.stop());
      registry = await start('token', { auth: server.auth });
    });

    test('a password gets a token for each thing, once', async () => {
      const one = await client(registry, auth());
      await one.ping();
      expect(await listRepositories(one)).toEqual({ names: [] });
      server.asked.length = 0;
      for (let time = 0; time < 2; time++)
        expect((await caught(listTags(one, 'team/app'))).kind).toBe('notFound');
      expect(server.asked).toEqual(['GET repository:team/app:pull as me']);
    });

    test('without a login, with a wrong one, and with one that has expired', async () => {
      const none = await caught(listTags(await client(registry), 'team/app'));
      expect(none).toMatchObject({ kind: 'denied', status: 401 });
      expect(none.message).toMatch(/asks for a login/);
      const wrong = await caught((await client(registry, auth({ ...me, password: 'no' }))).ping());
      expect(wrong.message).toMatch(/refuses the user name or the password/);
      const identity = { ...auth({ ...me, password: '' }), identitytoken: 'identity-1' };
      const one = await client(registry, identity);
      expect((await caught(listTags(one, 'team/app'))).kind).toBe('notFound');
      server.identity = 'identity-2';
      const expired = await caught((await client(registry, identity)).ping());
      expect(expired).toMatchObject({ kind: 'denied', status: 401 });
      expect(expired.message).toMatch(/has expired. Log in again/);
    });
  });
});
