import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, env, extensions, window, workspace } from 'vscode';
import { ask, BASE, cleanUp, ready, refuses, run, start, stateOf, until } from './commandsSupport';

const PART = 'host-storage';
const VOLUME = 'qs-host-volume';
const CLONE = 'qs-host-volume-clone';
const NETWORK = 'qs-host-network';
const labels = { 'dev.quayside.test': PART };

const gone = (where: string): Promise<boolean> =>
  ask('GET', where).then(
    () => false,
    () => true,
  );

suite('commands: volumes, networks, disk', () => {
  suiteSetup(ready);
  teardown(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await cleanUp(PART);
    for (const name of [VOLUME, CLONE]) await ask('DELETE', `/volumes/${name}`).catch(() => undefined);
    await ask('DELETE', `/networks/${NETWORK}`).catch(() => undefined);
  });

  test('a volume is made, looked into, and removed', async () => {
    const made = await run('quayside.volumes.create', { name: VOLUME, labels, driver: 'local' });
    assert.deepEqual(made, { name: VOLUME });
    const id = await start(PART, {
      volumes: [`${VOLUME}:/data`],
      command: ['sh', '-c', 'mkdir /data/sub; echo hello > /data/sub/file; exec sleep 1000'],
    });
    await until('the file', async () => {
      const found = await run(
        'quayside.containers.exec',
        { id },
        { command: ['ls', '/data/sub'], show: false },
      );
      return found && !Array.isArray(found) && found.stdout.includes('file');
    });
    const inspected = (await run('quayside.volumes.inspect', { id: VOLUME }, { show: false })) as {
      Labels: unknown;
    };
    assert.deepEqual(inspected.Labels, labels);
    const files = await run('quayside.volumes.browse', { id: VOLUME }, { path: '/sub' });
    assert.deepEqual(
      files?.map(({ name, type, size }) => [name, type, size]),
      [['file', 'file', 6]],
    );
    await refuses(run('quayside.volumes.browse', { id: 'qs-no-volume' }, {}), 'notFound', /qs-no-volume/);
    assert.ok(await gone('/volumes/qs-no-volume'), 'looking makes no volume');
    const filters = encodeURIComponent(JSON.stringify({ label: ['dev.quayside.helper'] }));
    assert.deepEqual(await ask('GET', `/containers/json?all=1&filters=${filters}`), [], 'no helper is left');
    await refuses(run('quayside.volumes.remove', { id: VOLUME }), 'conflict', /use/);
    await cleanUp(PART);
    assert.deepEqual(await run('quayside.volumes.remove', { id: VOLUME }), { done: [VOLUME], failed: [] });
    assert.ok(await gone(`/volumes/${VOLUME}`));
  });

  test('what is in a volume goes out and in, is kept in a file, cloned and emptied', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quayside-host-'));
    const files = async (id: string, path = '/') =>
      (await run('quayside.volumes.browse', { id }, { path }))?.map(({ name }) => name);
    try {
      mkdirSync(join(folder, 'sub'));
      writeFileSync(join(folder, 'sub/file'), 'hello');
      await run('quayside.volumes.create', { name: VOLUME, labels });
      const target = { id: VOLUME };
      const copied = await run('quayside.volumes.copyTo', target, { from: join(folder, 'sub') });
      assert.deepEqual(copied, { files: 1, bytes: 5 });
      assert.deepEqual(await files(VOLUME, '/sub'), ['file']);
      await run('quayside.volumes.copyFrom', target, { path: '/sub/file', to: join(folder, 'out') });
      assert.equal(readFileSync(join(folder, 'out'), 'utf8'), 'hello');
      await run('quayside.volumes.copyFrom', target, { to: join(folder, 'all') });
      assert.equal(readFileSync(join(folder, 'all/sub/file'), 'utf8'), 'hello');

      const to = join(folder, 'backup.tar.gz');
      assert.deepEqual(await run('quayside.volumes.backup', target, { to }), { files: 1, bytes: 5 });
      await refuses(run('quayside.volumes.clone', target, { name: VOLUME }), 'conflict', /already/);
      await run('quayside.volumes.clone', target, { name: CLONE });
      assert.deepEqual(await files(CLONE, '/sub'), ['file']);
      await refuses(run('quayside.volumes.empty', target, {}), 'invalid', /confirm/);
      await run('quayside.volumes.empty', target, { confirm: true });
      assert.deepEqual(await files(VOLUME), []);
      await run('quayside.volumes.restore', target, { from: to });
      assert.deepEqual(await files(VOLUME, '/sub'), ['file']);
      await ask('DELETE', `/volumes/${CLONE}`);
      await refuses(
        run('quayside.volumes.restore', { id: CLONE }, { from: join(folder, 'out'), create: true }),
        'invalid',
        /no tar archive/,
      );
      assert.ok(await gone(`/volumes/${CLONE}`), 'a restore that fails leaves no volume');
      await run('quayside.volumes.restore', { id: CLONE }, { from: to, create: true });
      assert.deepEqual(await files(CLONE, '/sub'), ['file']);

      const sizes = await run('quayside.volumes.showSizes');
      assert.equal(sizes.find(({ name }) => name === CLONE)?.bytes, 5);
      assert.equal(await run('quayside.volumes.copy', target, { what: 'name' }), VOLUME);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('the rows of the trees are what the commands act on', async () => {
    await run('quayside.volumes.create', { name: VOLUME, labels });
    const { id } = await run('quayside.networks.create', { name: NETWORK, labels });
    const container = await start(PART, { name: 'qs-host-joined', network: NETWORK });
    const engine = extensions.getExtension<{ engines: { shown: { name: string }[] } }>('quayside.quayside');
    const [shown] = engine?.exports.engines.shown ?? [];
    assert.ok(shown);
    const endpoint = { kind: 'endpoint', engine: shown.name, id: container, network: id };
    await commands.executeCommand('quayside.networks.disconnect', endpoint, [endpoint]);
    const { Containers } = (await ask('GET', `/networks/${id}`)) as { Containers: object };
    assert.deepEqual(Containers, {});
    const row = { kind: 'volume', engine: shown.name, id: VOLUME };
    assert.deepEqual(await commands.executeCommand('quayside.volumes.remove', row, {}), {
      done: [VOLUME],
      failed: [],
    });
  });

  test('a cleanup by rules removes what it has planned, and nothing else', async () => {
    const stopped = await start(PART, { command: ['true'], labels: { old: 'yes' } });
    const kept = await start(PART, { command: ['true'], labels: { keep: 'yes' } });
    await until('their end', async () =>
      (await Promise.all([stopped, kept].map(stateOf))).every((state) => state === 'exited'),
    );
    const options = { kinds: ['containers' as const], keep: { labels: ['keep=yes'] } };
    await refuses(run('quayside.system.planPrune', options), 'invalid', /confirm/);
    const plan = await run('quayside.system.planPrune', { ...options, dryRun: true });
    const ids = plan?.victims.map((victim) => victim.id) ?? [];
    assert.ok(ids.includes(stopped) && !ids.includes(kept));
    const done = await run('quayside.system.planPrune', { ...options, confirm: true });
    assert.deepEqual(done?.victims.map((victim) => victim.id).sort(), ids.sort());
    assert.deepEqual(done.refused, []);
    assert.equal(await stateOf(stopped), undefined);
    assert.equal(await stateOf(kept), 'exited');
  });

  test('volumes are pruned as planned, and only the anonymous unless all are meant', async () => {
    await run('quayside.volumes.create', { name: VOLUME, labels });
    const { name } = await run('quayside.volumes.create', { labels });
    await refuses(run('quayside.volumes.prune', {}), 'invalid', /confirm/);
    const plan = await run('quayside.volumes.prune', { dryRun: true });
    const names = plan.victims.map((victim) => victim.name);
    assert.ok(names.includes(name) && !names.includes(VOLUME));
    await run('quayside.volumes.prune', { confirm: true });
    assert.ok(await gone(`/volumes/${name}`));
    assert.ok(!(await gone(`/volumes/${VOLUME}`)));
    const all = await run('quayside.volumes.prune', { dryRun: true, all: true });
    assert.ok(all.victims.some((victim) => victim.name === VOLUME));
  });

  test('a network is made, joined by an address and a name, left, and removed', async () => {
    const options = {
      name: NETWORK,
      subnet: '172.31.77.0/24',
      gateway: '172.31.77.1',
      internal: true,
      labels,
    };
    const { id } = await run('quayside.networks.create', options);
    const container = await start(PART);
    await run(
      'quayside.networks.connect',
      { id: NETWORK },
      { container, aliases: ['db'], ip: '172.31.77.9' },
    );
    const inspected = (await run('quayside.networks.inspect', { id }, { show: false })) as {
      Internal: boolean;
      Containers: Record<string, { IPv4Address: string }>;
    };
    assert.equal(inspected.Internal, true);
    assert.equal(inspected.Containers[container]?.IPv4Address, '172.31.77.9/24');
    await refuses(run('quayside.networks.remove', { id: NETWORK }), 'conflict', /is used by containers/);
    await run('quayside.networks.disconnect', { id: NETWORK }, { container, force: true });
    assert.deepEqual(await run('quayside.networks.remove', { id: NETWORK }), { done: [id], failed: [] });
    await refuses(run('quayside.networks.create', {} as never), 'invalid', /name/);
    await refuses(run('quayside.networks.remove', { id: 'qs-no-network' }), 'notFound', /qs-no-network/);
  });

  test('networks without a container are pruned, the engine’s own never', async () => {
    await run('quayside.networks.create', { name: NETWORK, labels });
    const plan = await run('quayside.networks.prune', { dryRun: true });
    const names = plan.victims.map(({ name }) => name);
    assert.ok(names.includes(NETWORK) && !names.includes('bridge'));
    await run('quayside.networks.prune', { confirm: true });
    assert.ok(await gone(`/networks/${NETWORK}`));
  });

  test('a prune of everything is the plan of its parts', async () => {
    const stopped = await start(PART, { command: ['true'] });
    await until(
      'its end',
      async () =>
        !((await ask('GET', `/containers/${stopped}/json`)) as { State: { Running: boolean } }).State.Running,
    );
    const { victims } = await run('quayside.system.prune', { dryRun: true });
    assert.ok(victims.some(({ id }) => id === stopped));
    assert.deepEqual(await run('quayside.buildCache.prune', { dryRun: true }), { victims: [], bytes: 0 });
  });

  test('what the disk holds, as numbers and as a table', async () => {
    const usage = await run('quayside.engines.diskUsage', {});
    assert.ok(usage.images.items.some(({ tags }) => tags.includes(BASE)));
    assert.ok(usage.images.size > 0);
    const text = window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^TYPE +COUNT +IN USE +SIZE +CAN BE FREED$/m);
    assert.match(text, new RegExp(BASE.replace('/', '\\/')));
    assert.ok(workspace.textDocuments.length > 0);
  });

  test('the events of a span of time', async () => {
    const since = (Date.now() / 1000 - 1).toFixed(3);
    const id = await start(PART);
    const events = await run('quayside.engines.events', { since, show: false });
    const mine = (events ?? []).filter((event) => event.id === id).map(({ action }) => action);
    assert.deepEqual(mine.slice(0, 2), ['create', 'start']);
    await refuses(
      run('quayside.engines.events', { since: 'a while ago', show: false }),
      'invalid',
      /a while ago/,
    );
  });

  test('the layers of an image, with what made them', async () => {
    const layers = (await run('quayside.images.layers', { id: BASE }, { show: false })) as {
      digest: string;
      size: number;
    }[];
    const { RootFS } = (await ask('GET', `/images/${BASE}/json`)) as { RootFS: { Layers: string[] } };
    assert.deepEqual(layers.map(({ digest }) => digest).filter(Boolean), RootFS.Layers);
  });

  test('what is worth copying goes to the clipboard', async () => {
    const id = await start(PART, { name: 'qs-host-copy' });
    assert.equal(await run('quayside.containers.copy', { id }, { what: 'name' }), 'qs-host-copy');
    assert.match(await run('quayside.containers.copy', { id }, { what: 'ip' }), /^\d+\.\d+\.\d+\.\d+$/);
    assert.equal(await run('quayside.images.copy', { id: BASE }, { what: 'name' }), BASE);
    assert.equal(await env.clipboard.readText(), BASE);
    await refuses(run('quayside.containers.copy', { id }, { what: 'colour' }), 'notFound', /name, id, image/);
  });
});
