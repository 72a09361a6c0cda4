import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ConfigurationTarget, env, workspace } from 'vscode';
import { busyboxImage } from '../../scripts/rig/images.mjs';
import { which } from '../../scripts/rig/processes.mjs';
import { pushImage, startRegistry, type RigRegistry } from '../../scripts/rig/registry.mjs';
import { ask, BASE, ready, refuses, run } from './commandsSupport';
import { skipBecause } from './support';

const me = { username: 'me', password: 'a: s3cret' };
const setting = (name: string): readonly string[] =>
  workspace.getConfiguration('quayside').get<readonly string[]>(name, []);
const set = (name: string, value: readonly string[] | undefined): Thenable<void> =>
  workspace.getConfiguration('quayside').update(name, value, ConfigurationTarget.Global);

async function storedFor(address: string): Promise<unknown> {
  const file = path.join(process.env['DOCKER_CONFIG'] ?? '', 'config.json');
  const config = await readFile(file, 'utf8').catch(() => '{}');
  return (JSON.parse(config) as { auths?: Record<string, unknown> }).auths?.[address];
}

suite('commands: registries', () => {
  let folder: string;
  let open: RigRegistry;
  let locked: RigRegistry;
  let secure: RigRegistry;
  const stops: (() => Promise<void>)[] = [];
  const made: string[] = [];

  suiteSetup(async function () {
    await ready();
    for (const program of ['docker-registry', 'htpasswd', 'openssl'])
      if (!(await which(program))) skipBecause(this, `${program} is not installed here`);
    folder = await mkdtemp(path.join(os.tmpdir(), 'quayside-registries-'));
    const start = async (name: string, options: Parameters<typeof startRegistry>[1]) => {
      const { registry, stop } = await startRegistry(path.join(folder, name), options);
      stops.push(stop);
      return registry;
    };
    open = await start('open', { deletable: true });
    locked = await start('locked', { login: me });
    secure = await start('secure', { tls: true });
    await pushImage(open, 'team/app', await busyboxImage(), '1');
    await pushImage(secure, 'app', await busyboxImage(), '1');
  });

  suiteTeardown(async () => {
    await set('registries', undefined);
    await set('registryCertificates', undefined);
    for (const reference of made) await ask('DELETE', `/images/${reference}?force=1`).catch(() => undefined);
    for (const stop of stops) await stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('one is added and removed again', async () => {
    const added = await run('quayside.registries.add', { address: `http://${open.address}/v2/` });
    assert.deepEqual(added, { address: open.address });
    await run('quayside.registries.add', { address: 'ghcr.io/owner' });
    assert.deepEqual(setting('registries'), [open.address, 'ghcr.io/owner']);
    await run('quayside.registries.remove', { address: 'ghcr.io/owner' });
    assert.deepEqual(setting('registries'), [open.address]);
    await refuses(run('quayside.registries.remove', { address: 'ghcr.io' }), 'invalid', /not added here/);
    await refuses(run('quayside.registries.add', { address: 'a b' }), 'invalid', /"a b" is not the address/);
  });

  test('a login is kept where the CLI keeps it, and pushes and pulls use it', async () => {
    const { address } = locked;
    const reference = `${address}/team/app:1`;
    made.push(reference);
    await refuses(run('quayside.images.push', { id: BASE }, { reference }), 'denied', /log in|login/i);
    const gone = ask('GET', `/images/${reference}/json`);
    await assert.rejects(gone, 'the tag that was given for the push went with it');

    const wrong = { address, username: me.username, password: 'no' };
    await refuses(run('quayside.registries.login', wrong), 'denied', /refused the user name or the password/);
    assert.equal(await storedFor(address), undefined);
    await run('quayside.registries.add', { address, ...me });
    assert.ok(await storedFor(address));
    assert.ok(setting('registries').includes(address));

    const pushed = await run('quayside.images.push', { id: BASE }, { reference });
    assert.match(pushed.digest, /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(await run('quayside.registries.openRepository', { name: `${address}/team/app` }), {
      repository: `${address}/team/app`,
      tags: ['1'],
    });
    await run('quayside.images.remove', { id: reference });
    const pulled = await run('quayside.registries.pullTag', { reference });
    assert.equal(pulled.digest, pushed.digest);

    assert.deepEqual(await run('quayside.registries.logout', { address }), { address, known: true });
    assert.equal(await storedFor(address), undefined);
    await refuses(
      run('quayside.registries.openRepository', { name: `${address}/team/app` }),
      'denied',
      /asks for a login/,
    );
    await refuses(run('quayside.images.checkUpdate', { id: reference }), 'denied', /asks for a login/);
  });

  test('an update is there when the registry has another image under the tag', async () => {
    const reference = `${open.address}/team/app:moving`;
    made.push(reference);
    await pushImage(open, 'team/app', await busyboxImage(), 'moving');
    const { digest } = await run('quayside.images.pull', { reference });
    const current = await run('quayside.images.checkUpdate', { id: reference });
    assert.deepEqual(current, { reference, upToDate: true, local: digest, remote: digest });
    await pushImage(open, 'team/app', { ...(await busyboxImage()), config: { Cmd: ['date'] } }, 'moving');
    const [newer] = (await run('quayside.images.checkUpdate', [{ id: reference }])) as {
      upToDate: boolean;
      local: string;
      remote: string;
    }[];
    assert.ok(newer);
    assert.deepEqual([newer.upToDate, newer.local], [false, digest]);
    assert.equal((await run('quayside.images.pull', { reference })).digest, newer.remote);
    const own = `${open.address}/team/own:1`;
    made.push(own);
    await pushImage(open, 'team/own', { ...(await busyboxImage()), config: { Cmd: ['ls'] } }, '1');
    await run('quayside.images.tag', { id: BASE }, { reference: own });
    const other = await run('quayside.images.checkUpdate', { id: own });
    assert.ok('local' in other);
    assert.deepEqual([other.upToDate, other.local], [false, '']);
  });

  test('references are copied, by tag and by digest', async () => {
    const reference = `${open.address}/team/app:1`;
    assert.equal(await run('quayside.registries.copyReference', { reference }, { what: 'tag' }), reference);
    const byDigest = await run('quayside.registries.copyReference', { reference, what: 'digest' });
    assert.match(byDigest, new RegExp(`^${open.address}/team/app@sha256:[0-9a-f]{64}$`));
    assert.equal(await env.clipboard.readText(), byDigest);
  });

  test('a tag is deleted where the registry allows it, and only when it is meant', async () => {
    const reference = `${open.address}/team/gone:1`;
    await pushImage(open, 'team/gone', await busyboxImage(), '1');
    await refuses(run('quayside.registries.deleteTag', { reference }), 'invalid', /"confirm": true/);
    const deleted = await run('quayside.registries.deleteTag', { reference, confirm: true });
    assert.equal(deleted.reference, reference);
    await refuses(
      run('quayside.registries.deleteTag', { reference }, { confirm: true }),
      'notFound',
      /does not have this/,
    );
    await set('registryCertificates', [secure.ca ?? '']);
    const refused = run('quayside.registries.deleteTag', {
      reference: `${secure.address}/app:1`,
      confirm: true,
    });
    await refuses(refused, 'invalid', /does not let tags be deleted/);
    await set('registryCertificates', undefined);
  });

  test('an unknown certificate and a registry that is down are told', async () => {
    const name = `${secure.address}/app`;
    await refuses(run('quayside.registries.openRepository', { name }), 'tls', /certs\.d.*ca\.crt/);
    await set('registryCertificates', [secure.ca ?? '']);
    assert.deepEqual((await run('quayside.registries.openRepository', { name })).tags, ['1']);
    // The engine has certificates of its own: where only it gets there, it is asked.
    await set('registryCertificates', undefined);
    const reference = `${name}:1`;
    made.push(reference);
    const { digest } = await run('quayside.images.pull', { reference });
    assert.deepEqual(await run('quayside.images.checkUpdate', { id: reference }), {
      reference,
      upToDate: true,
      local: digest,
      remote: digest,
    });
    const nowhere = run('quayside.registries.openRepository', { name: 'localhost:1/app' });
    await refuses(nowhere, 'unreachable', /No registry answers at localhost:1/);
    const unnamed = run('quayside.registries.openRepository', {});
    await refuses(unnamed, 'invalid', /"name" is missing/);
  });

  test('pages are known of the public registries', async () => {
    const page = (target: object): Promise<string> => run('quayside.registries.openInBrowser', target);
    assert.equal(await page({ address: 'docker.io' }), 'https://hub.docker.com/');
    assert.equal(await page({ reference: 'nginx:1.27' }), 'https://hub.docker.com/_/nginx');
    assert.equal(
      await page({ id: 'ghcr.io/owner/app:1' }),
      'https://github.com/owner/app/pkgs/container/app',
    );
    await refuses(page({ address: open.address }), 'invalid', /No page of localhost/);
  });
});
