import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import type { Outcome } from '../../src/ids';
import { ask, cleanUp, look, ready, refuses, run, start, stateOf, until } from './commandsSupport';
import { engineIsShared, skipBecause } from './support';

const PART = 'host-lifecycle';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

suite('commands: the life of containers', () => {
  suiteSetup(ready);
  teardown(() => cleanUp(PART));

  test('every command of the manifest is registered', async () => {
    const manifest = extensions.getExtension('quayside.quayside')?.packageJSON as Manifest;
    const known = new Set(await commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
  });

  test('stop, start, restart and kill answer full ids, whatever way the container was named', async () => {
    const id = await start(PART, { name: 'qs-host-life' });
    assert.match(id, /^[0-9a-f]{64}$/);
    assert.deepEqual(await run('quayside.containers.stop', { id: 'qs-host-life' }, { timeout: 0 }), {
      done: [id],
      failed: [],
    });
    assert.equal(await stateOf(id), 'exited');
    assert.deepEqual(await run('quayside.containers.start', { id: id.slice(0, 12) }), {
      done: [id],
      failed: [],
    });
    assert.equal(await stateOf(id), 'running');
    assert.deepEqual(await run('quayside.containers.restart', { id }, { timeout: 0 }), {
      done: [id],
      failed: [],
    });
    assert.equal(await stateOf(id), 'running');
    assert.deepEqual(await run('quayside.containers.kill', { id }, { signal: 'SIGKILL' }), {
      done: [id],
      failed: [],
    });
    const killed = await until('its end', async () => {
      const found = await look(id);
      return found?.State.Status === 'exited' && found;
    });
    assert.equal(killed.State.ExitCode, 137);
  });

  test('what is paused goes on by unpause, and by start', async () => {
    const id = await start(PART);
    await run('quayside.containers.pause', { id });
    assert.equal(await stateOf(id), 'paused');
    await run('quayside.containers.unpause', { id });
    assert.equal(await stateOf(id), 'running');
    await run('quayside.containers.pause', { id });
    await run('quayside.containers.start', { id });
    assert.equal(await stateOf(id), 'running');
  });

  test('stopping what is stopped is no failure', async () => {
    const id = await start(PART, { command: ['true'] });
    await until('its end', async () => (await stateOf(id)) === 'exited');
    assert.deepEqual(await run('quayside.containers.stop', { id }), { done: [id], failed: [] });
  });

  test('of several, each tells how it went', async () => {
    const [one, two] = [await start(PART), await start(PART)];
    const outcome = await run(
      'quayside.containers.stop',
      [{ id: one }, { id: 'qs-host-nobody' }, { id: two }],
      { timeout: 0 },
    );
    assert.deepEqual(outcome.done, [one, two]);
    assert.deepEqual(
      outcome.failed.map(({ id, error }) => [id, error.kind]),
      [['qs-host-nobody', 'notFound']],
    );
  });

  test('a list of one that fails answers too, and an empty list does nothing', async () => {
    const outcome = await run('quayside.containers.start', [{ id: 'qs-host-nobody' }]);
    assert.equal(outcome.failed[0]?.error.kind, 'notFound');
    assert.deepEqual(await run('quayside.containers.start', []), { done: [], failed: [] });
  });

  test('a name may have the slash in front that the engine writes; no name leads elsewhere', async () => {
    const id = await start(PART, { name: 'quayside-host-slash' });
    assert.deepEqual(await run('quayside.containers.pause', { id: '/quayside-host-slash' }), {
      done: [id],
      failed: [],
    });
    assert.equal(await stateOf(id), 'paused');
    for (const name of ['../images/json', '..', 'a/../../version'])
      await refuses(
        run('quayside.containers.inspect', { id: name }, { show: false }),
        'notFound',
        /Check the name|answered|says|answer/,
      );
    await refuses(run('quayside.containers.stop', { id: ' ' }), 'invalid', /has no "id"/);
  });

  test('one that is not there rejects with what to do', async () => {
    await refuses(run('quayside.containers.stop', { id: 'qs-host-nobody' }), 'notFound', /qs-host-nobody/);
    await refuses(run('quayside.containers.stop', { id: '' }), 'invalid', /id/);
    const elsewhere = run('quayside.containers.stop', { id: 'x', engine: 'nowhere' });
    await refuses(elsewhere, 'notFound', /no engine named "nowhere"/);
  });

  test('pausing what does not run is a conflict', async () => {
    const id = await start(PART, { command: ['true'] });
    await until('its end', async () => (await stateOf(id)) === 'exited');
    await refuses(run('quayside.containers.pause', { id }), 'conflict', /not running/);
  });

  test('a row and options act without a question', async () => {
    const id = await start(PART);
    const node = { kind: 'container', engine: 'default', id };
    const outcome = await commands.executeCommand('quayside.containers.stop', node, { timeout: 0 });
    assert.deepEqual(outcome, { done: [id], failed: [] });
  });

  test('a group acts on all that is under it, and on nothing else', async () => {
    const labels = { 'com.docker.compose.project': 'qs-host-project' };
    const ids = [await start(PART, { labels }), await start(PART, { labels })];
    const other = await start(PART);
    const group = { kind: 'containerGroup', engine: 'default', by: 'compose', name: 'qs-host-project' };
    const outcome: Outcome = await commands.executeCommand('quayside.containers.stop', group, { timeout: 0 });
    assert.deepEqual([...outcome.done].sort(), [...ids].sort());
    assert.deepEqual(outcome.failed, []);
    assert.equal(await stateOf(other), 'running');
  });

  test('from a menu, a failure is shown and answers nothing', async () => {
    const gone = { kind: 'container', engine: 'default', id: 'f'.repeat(64) };
    assert.equal(await commands.executeCommand('quayside.containers.stop', gone, undefined), undefined);
    assert.equal(await commands.executeCommand('quayside.containers.inspect', gone, [gone]), undefined);
  });

  test('removing what runs needs force, and takes its anonymous volumes when told to', async () => {
    const id = await start(PART, { volumes: ['/data'] });
    await refuses(run('quayside.containers.remove', { id }), 'conflict', /force/);
    const { Mounts } = (await ask('GET', `/containers/${id}/json`)) as { Mounts: { Name: string }[] };
    const volume = Mounts[0]?.Name ?? '';
    await ask('GET', `/volumes/${volume}`);
    assert.deepEqual(await run('quayside.containers.remove', { id }, { force: true, volumes: true }), {
      done: [id],
      failed: [],
    });
    assert.equal(await look(id), undefined);
    await assert.rejects(ask('GET', `/volumes/${volume}`), /404/);
  });

  test('many are removed at once', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => start(PART)));
    const outcome = await run(
      'quayside.containers.remove',
      ids.map((id) => ({ id })),
      { force: true },
    );
    assert.deepEqual(outcome, { done: ids, failed: [] });
  });

  test('a new name is checked, and must be free', async () => {
    const id = await start(PART, { name: 'qs-host-old' });
    await start(PART, { name: 'qs-host-taken' });
    assert.deepEqual(
      await run('quayside.containers.rename', { id: 'qs-host-old' }, { name: 'qs-host-new' }),
      {
        id,
        name: 'qs-host-new',
      },
    );
    assert.equal((await look(id))?.Name, '/qs-host-new');
    const again = run('quayside.containers.rename', { id }, { name: 'qs-host-taken' });
    await refuses(again, 'conflict', /qs-host-taken.*already in use/);
    await refuses(run('quayside.containers.rename', { id }, { name: 'no blanks' }), 'invalid', /no blanks/);
    await refuses(run('quayside.containers.rename', { id }), 'invalid', /"name" is missing/);
  });

  test('a prune that is tried tells what would go, and lets it be', async () => {
    const id = await start(PART, { command: ['sh', '-c', 'head -c 100000 /dev/zero > /file'] });
    const running = await start(PART);
    await until('its end', async () => (await stateOf(id)) === 'exited');
    const { victims, bytes } = await run('quayside.containers.prune', { dryRun: true });
    // Options may stand where those of commands with a target do.
    const second = await commands.executeCommand('quayside.containers.prune', undefined, { dryRun: true });
    assert.deepEqual(second, { victims, bytes });
    const victim = victims.find((item) => item.id === id);
    assert.ok(victim && victim.bytes >= 100_000);
    assert.ok(bytes >= victim.bytes);
    assert.equal(
      victims.some((item) => item.id === running),
      false,
    );
    assert.equal(await stateOf(id), 'exited');
  });

  test('code that prunes or removes all must say that it means to', async () => {
    const id = await start(PART);
    await refuses(run('quayside.containers.prune', {}), 'invalid', /confirm/);
    await refuses(run('quayside.containers.removeAll', {}), 'invalid', /confirm/);
    assert.equal(await stateOf(id), 'running');
  });

  test('a prune that is meant removes what is stopped', async function () {
    if (engineIsShared) skipBecause(this, 'others use this engine');
    const id = await start(PART, { command: ['true'] });
    const running = await start(PART);
    await until('its end', async () => (await stateOf(id)) === 'exited');
    const { victims } = await run('quayside.containers.prune', { confirm: true });
    assert.deepEqual(
      victims.map((victim) => victim.id),
      [id],
    );
    assert.equal(await look(id), undefined);
    assert.equal(await stateOf(running), 'running');
  });

  test('all are removed, also those that have only just come', async function () {
    if (engineIsShared) skipBecause(this, 'others use this engine');
    const ids = await Promise.all([
      start(PART),
      start(PART, { remove: true }),
      start(PART, { command: ['true'] }),
    ]);
    const { done, failed } = await run('quayside.containers.removeAll', { confirm: true });
    assert.deepEqual(failed, []);
    assert.deepEqual([...done].sort(), [...ids].sort());
    assert.deepEqual(await ask('GET', '/containers/json?all=1'), []);
  });
});
