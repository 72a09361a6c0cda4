import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { commands, env, window } from 'vscode';
import { ask, BASE, cleanUp, look, ready, refuses, run, start, stateOf } from './commandsSupport';
import { engineIsShared, registry, skipBecause } from './support';

const PART = 'host-images';

interface ImageInspect {
  readonly Id: string;
  readonly RepoTags: readonly string[];
}

const image = (reference: string): Promise<ImageInspect> =>
  ask('GET', `/images/${reference}/json`) as Promise<ImageInspect>;

/** Whether the engine has it. */
const has = (reference: string): Promise<boolean> =>
  image(reference).then(
    () => true,
    () => false,
  );

suite('commands: images and engines', () => {
  let folder: string;

  suiteSetup(async () => {
    await ready();
    folder = await mkdtemp(path.join(os.tmpdir(), 'quayside-images-'));
  });
  teardown(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await cleanUp(PART);
  });
  suiteTeardown(() => rm(folder, { recursive: true, force: true }));

  test('a pull answers what came', async function () {
    if (registry === undefined) skipBecause(this, 'there is no registry');
    const reference = `${registry}/diamol/ch02-hello-diamol`;
    await ask('DELETE', `/images/${reference}:latest?force=1`).catch(() => undefined);
    const pulled = await run('quayside.images.pull', { reference });
    assert.deepEqual(Object.keys(pulled).sort(), ['digest', 'id', 'reference']);
    assert.equal(pulled.reference, `${reference}:latest`);
    assert.match(pulled.digest, /^sha256:[0-9a-f]{64}$/);
    assert.equal(pulled.id, (await image(`${reference}:latest`)).Id);
    assert.deepEqual(await run('quayside.images.pull', { reference }), pulled);
  });

  test('what cannot be pulled says why', async function () {
    await refuses(run('quayside.images.pull', { reference: 'Not A Name' }), 'invalid', /Not A Name/);
    if (registry === undefined) skipBecause(this, 'there is no registry');
    const unknown = run('quayside.images.pull', { reference: `${registry}/diamol/base:nothing` });
    await refuses(unknown, 'notFound', /diamol\/base:nothing|tag/);
    const nowhere = run('quayside.images.pull', { reference: 'localhost:1/nothing/here' });
    await refuses(nowhere, 'unreachable', /could not reach .*:1/);
  });

  test('a tag is given and taken', async () => {
    const { Id } = await image(BASE);
    assert.deepEqual(await run('quayside.images.tag', { id: BASE }, { reference: 'quayside-host/other' }), {
      id: Id,
      reference: 'quayside-host/other:latest',
    });
    assert.deepEqual(await run('quayside.images.remove', { id: 'quayside-host/other' }), {
      done: [Id],
      failed: [],
    });
    assert.equal(await has('quayside-host/other'), false);
    assert.equal(await has(BASE), true);
    const several = ['quayside-host/other:1', 'localhost:5000/quayside-host/other'];
    assert.deepEqual(await run('quayside.images.tag', { id: BASE }, { reference: several }), {
      id: Id,
      reference: 'quayside-host/other:1',
      references: ['quayside-host/other:1', 'localhost:5000/quayside-host/other:latest'],
    });
    for (const id of several) await run('quayside.images.remove', { id });
    const half = run('quayside.images.tag', { id: BASE }, { reference: ['quayside-host/half', 'A:B:C'] });
    await refuses(half, 'invalid', /A:B:C/);
    assert.equal(await has('quayside-host/half'), false);
    await refuses(run('quayside.images.tag', { id: BASE }, { reference: 'A:B:C' }), 'invalid', /A:B:C/);
    const nothing = run('quayside.images.tag', { id: 'qs/nothing' }, { reference: 'qs/other' });
    await refuses(nothing, 'notFound', /qs\/nothing/);
  });

  test('an image that is in use stays, unless forced', async () => {
    await run('quayside.images.tag', { id: BASE }, { reference: 'quayside-host/used' });
    const id = await start(PART, { image: 'quayside-host/used' });
    const committed = await run('quayside.containers.commit', { id }, { reference: 'quayside-host/single' });
    await start(PART, { image: 'quayside-host/single', name: 'qs-host-user' });
    const single = { id: 'quayside-host/single' };
    await refuses(run('quayside.images.remove', single), 'conflict', /used by container qs-host-user\./);
    await start(PART, { image: 'quayside-host/single', name: 'qs-host-other-user' });
    await refuses(
      run('quayside.images.remove', single),
      'conflict',
      /used by containers qs-host-(?:other-)?user, qs-host-(?:other-)?user\./,
    );
    await cleanUp(PART);
    assert.deepEqual(
      await run('quayside.images.remove', [single, { id: 'qs/none' }]).then(({ done }) => done),
      [committed.id],
    );
    await run('quayside.images.remove', { id: 'quayside-host/used' }, { force: true });
  });

  test('inspect and history answer, and show what is wanted', async () => {
    const hidden = await run('quayside.images.inspect', { id: BASE }, { show: false });
    assert.deepEqual(hidden, await image(BASE));
    const rows = (await run('quayside.images.history', { id: BASE })) as {
      size: number;
      createdBy: string;
    }[];
    assert.ok(rows.some(({ size, createdBy }) => size > 1_000_000 && createdBy.includes('busybox')));
    assert.match(
      window.activeTextEditor?.document.getText() ?? '',
      /^CREATED +SIZE +TAGS +CREATED BY\n[^]*busybox/,
    );
  });

  test('images go to a registry, and into a file and back', async function () {
    const to = path.join(folder, 'saved.tar');
    await run('quayside.images.tag', { id: BASE }, { reference: 'quayside-host/saved:1' });
    const { bytes } = await run('quayside.images.save', { id: 'quayside-host/saved:1' }, { to });
    assert.equal((await stat(to)).size, bytes);
    await run('quayside.images.remove', { id: 'quayside-host/saved:1' });
    const { loaded } = await run('quayside.images.load', { from: to });
    assert.deepEqual(loaded, ['quayside-host/saved:1']);
    await run('quayside.images.remove', { id: 'quayside-host/saved:1' });
    const missing = path.join(folder, 'missing.tar');
    await refuses(run('quayside.images.load', { from: missing }), 'notFound', /missing\.tar/);
    if (registry === undefined) skipBecause(this, 'there is no registry');
    const reference = `${registry}/quayside-host/pushed:1`;
    const pushed = await run('quayside.images.push', { id: BASE }, { reference });
    assert.equal(pushed.reference, reference);
    assert.match(pushed.digest, /^sha256:/);
    assert.deepEqual(await run('quayside.images.push', undefined, { reference }), pushed);
    await run('quayside.images.remove', { id: reference });
    assert.equal((await run('quayside.images.pull', { reference })).digest, pushed.digest);
    await run('quayside.images.remove', { id: reference });
  });

  test('a prune of images takes what is dangling, or all that is unused', async function () {
    if (engineIsShared) skipBecause(this, 'others use this engine');
    const id = await start(PART, { command: ['sh', '-c', 'echo > /file'], init: false });
    const first = await run('quayside.containers.commit', { id }, { reference: 'quayside-host/moving' });
    const second = await run(
      'quayside.containers.commit',
      { id },
      { reference: 'quayside-host/moving', message: 'two' },
    );
    assert.notEqual(first.id, second.id);
    const plan = await run('quayside.images.prune', { dryRun: true });
    assert.deepEqual(
      plan.victims.map((victim) => victim.id),
      [first.id],
    );
    const all = await run('quayside.images.prune', { dryRun: true, all: true });
    assert.ok(all.victims.some((victim) => victim.id === second.id));
    await refuses(run('quayside.images.prune', {}), 'invalid', /confirm/);
    const { victims } = await run('quayside.images.prune', { confirm: true });
    assert.deepEqual(
      victims.map((victim) => victim.id),
      [first.id],
    );
    assert.equal(await has('quayside-host/moving'), true);
    await run('quayside.images.remove', { id: 'quayside-host/moving' });
  });

  test('a container is made again, with a difference', async () => {
    const id = await start(PART, {
      name: 'qs-host-first',
      env: { GREETING: 'hello', API_TOKEN: 'hidden' },
      volumes: ['/data'],
      restart: 'on-failure:2',
    });
    const other = await run(
      'quayside.containers.duplicate',
      { id },
      { name: 'qs-host-second', hostname: 'second' },
    );
    assert.ok(other);
    assert.equal(await stateOf(other.id), 'running');
    const { Config, HostConfig } = (await look(other.id)) as unknown as {
      Config: { Env: string[]; Hostname: string; Cmd: string[] };
      HostConfig: { RestartPolicy: { Name: string } };
    };
    assert.ok(Config.Env.includes('GREETING=hello'));
    assert.deepEqual([Config.Hostname, Config.Cmd], ['second', ['sleep', '1000']]);
    assert.equal(HostConfig.RestartPolicy.Name, 'on-failure');
    await refuses(
      run('quayside.containers.duplicate', { id }, { name: 'qs-host-second' }),
      'conflict',
      /in use/,
    );

    const line = await run('quayside.containers.copyRunCommand', { id });
    assert.match(line, /^docker run .*--name qs-host-first/);
    assert.doesNotMatch(line, /hidden/);
    assert.match(await env.clipboard.readText(), /API_TOKEN=hidden/);
  });

  test('engines are added, used, and forgotten', async () => {
    await run('quayside.engines.add', { name: 'qs-elsewhere', host: 'tcp://127.0.0.1:1' });
    try {
      const twice = run('quayside.engines.add', { name: 'qs-elsewhere', host: 'tcp://127.0.0.1:1' });
      await refuses(twice, 'conflict', /qs-elsewhere/);
      await refuses(run('quayside.engines.add', { name: 'x', host: 'nonsense://' }), 'invalid', /nonsense/);
      const work = run('quayside.containers.inspect', { id: 'web', engine: 'qs-elsewhere' }, { show: false });
      await refuses(work, 'unreachable', /127\.0\.0\.1:1/);
      assert.deepEqual(await run('quayside.engines.use', { name: 'qs-elsewhere' }), {
        name: 'qs-elsewhere',
        names: ['qs-elsewhere'],
      });
      await refuses(run('quayside.containers.inspect', { id: 'web' }, { show: false }), 'unreachable', /./);
      await refuses(run('quayside.engines.use', { name: 'qs-nowhere' }), 'notFound', /qs-nowhere/);
    } finally {
      assert.deepEqual(await run('quayside.engines.forget', { name: 'qs-elsewhere' }), {
        name: 'qs-elsewhere',
      });
    }
    await refuses(run('quayside.engines.forget', { name: 'default' }), 'invalid', /docker context rm/);
    assert.ok(await run('quayside.engines.inspect', { show: false }));
    await run('quayside.engines.reconnect', {});
  });

  test('views are filtered and grouped by code as well', async () => {
    await run('quayside.views.filter', { text: 'state:running' });
    await run('quayside.views.clearFilter');
    await run('quayside.views.groupBy', { by: 'stack' });
    await run('quayside.views.groupBy', { by: 'compose' });
    const wrong = { by: 'colour' } as unknown as { by: 'none' };
    await refuses(run('quayside.views.groupBy', wrong), 'invalid', /colour/);
    await run('quayside.views.refresh');
  });
});
