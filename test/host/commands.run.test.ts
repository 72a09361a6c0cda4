import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { window, workspace } from 'vscode';
import { ask, BASE, cleanUp, look, ready, refuses, run, start, stateOf, until } from './commandsSupport';
import { registry, skipBecause } from './support';

const PART = 'host-run';
const labels = { 'dev.quayside.test': PART };

/** Ids of all containers, to see that none is left behind. */
async function all(): Promise<string[]> {
  return ((await ask('GET', '/containers/json?all=1')) as { Id: string }[]).map(({ Id }) => Id).sort();
}

suite('commands: run', () => {
  suiteSetup(ready);
  teardown(async () => {
    for (const terminal of window.terminals) terminal.dispose();
    await cleanUp(PART);
  });

  test('detached, it answers at once and goes on', async () => {
    const answer = await run('quayside.containers.run', {
      image: BASE,
      command: ['sleep', '1000'],
      name: 'qs-host-detached',
      detach: true,
      env: { GREETING: 'hello' },
      labels,
    });
    assert.match(answer.id, /^[0-9a-f]{64}$/);
    assert.deepEqual(answer, { id: answer.id, warnings: [] });
    assert.equal((await look('qs-host-detached'))?.Id, answer.id);
    assert.equal(await stateOf(answer.id), 'running');
  });

  test('to its end, it answers all it wrote and how it ended', async () => {
    const command = ['sh', '-c', 'echo out; echo err >&2; exit 7'];
    const answer = await run('quayside.containers.run', { image: BASE, command, labels, show: false });
    assert.deepEqual(answer, { id: answer.id, warnings: [], exitCode: 7, stdout: 'out\n', stderr: 'err\n' });
    assert.equal(await stateOf(answer.id), 'exited');
  });

  test('the shortest container that removes itself loses nothing', async () => {
    const runs = Array.from({ length: 10 }, (_, index) =>
      run('quayside.containers.run', {
        image: BASE,
        command: ['sh', '-c', `echo ${index}; exit ${index}`],
        remove: true,
        labels,
        show: false,
      }),
    );
    for (const [index, { id, exitCode, stdout }] of (await Promise.all(runs)).entries()) {
      assert.deepEqual([exitCode, stdout], [index, `${index}\n`]);
      assert.equal(await look(id), undefined);
    }
  });

  test('one that waits for input is told that there is none', async () => {
    const answer = await run('quayside.containers.run', {
      image: BASE,
      command: ['cat'],
      interactive: true,
      labels,
      show: false,
    });
    assert.deepEqual([answer.exitCode, answer.stdout], [0, '']);
  });

  test('relative paths and env-files count from the workspace', async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    await writeFile(path.join(folder, 'greeting.txt'), 'from the workspace');
    await writeFile(path.join(folder, 'some.env'), 'NAME=quay\n');
    const answer = await run('quayside.containers.run', {
      image: BASE,
      command: ['sh', '-c', 'cat /work/greeting.txt; echo " $NAME"'],
      volumes: ['./:/work:ro'],
      envFile: ['some.env'],
      remove: true,
      labels,
      show: false,
    });
    assert.equal(answer.stdout, 'from the workspace quay\n');
  });

  test('what is missing is pulled, unless it must not be', async function () {
    if (registry === undefined) skipBecause(this, 'there is no registry');
    const image = `${registry}/diamol/ch02-hello-diamol`;
    await ask('DELETE', `/images/${image}:latest?force=1`).catch(() => undefined);
    const never = run('quayside.containers.run', { image, pull: 'never', labels, show: false });
    await refuses(never, 'notFound', /not on this engine/);
    const answer = await run('quayside.containers.run', { image, remove: true, labels, show: false });
    assert.match(answer.stdout ?? '', /Hello from Chapter 2!/);
    const again = await run('quayside.containers.run', {
      image,
      pull: 'always',
      remove: true,
      labels,
      show: false,
    });
    assert.equal(again.exitCode, 0);
    const foreign = { image, platform: 'windows/amd64', labels, show: false };
    await refuses(run('quayside.containers.run', foreign), 'notFound', /./);
  });

  test('an image that no registry has says so, and nothing is made', async function () {
    if (registry === undefined) skipBecause(this, 'there is no registry');
    const before = await all();
    const image = `${registry}/diamol/nothing-like-this`;
    await refuses(
      run('quayside.containers.run', { image, detach: true }),
      'notFound',
      /nothing-like-this|registry/,
    );
    assert.deepEqual(await all(), before);
  });

  test('a port that is taken says so, and nothing is left', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const before = await all();
    try {
      const spec = { image: BASE, detach: true, ports: [`${port}:80`], labels };
      await refuses(run('quayside.containers.run', spec), 'conflict', new RegExp(`${port}.*already used`));
      assert.deepEqual(await all(), before);
    } finally {
      server.close();
    }
  });

  test('a container in the way of a port is told from a program', async () => {
    const id = await start(PART, { ports: ['127.0.0.1::80'] });
    const { NetworkSettings } = (await ask('GET', `/containers/${id}/json`)) as {
      NetworkSettings: { Ports: Record<string, { HostPort: string }[]> };
    };
    const port = NetworkSettings.Ports['80/tcp']?.[0]?.HostPort ?? '';
    const second = { image: BASE, detach: true, ports: [`127.0.0.1:${port}:80`], labels };
    await refuses(run('quayside.containers.run', second), 'conflict', /another container/);
  });

  test('a command that is not there says so; what was given a name is named', async () => {
    const before = await all();
    const spec = { image: BASE, command: ['/qs-nothing'], labels };
    await refuses(run('quayside.containers.run', { ...spec, detach: true }), 'notFound', /qs-nothing/);
    await refuses(run('quayside.containers.run', { ...spec, show: false }), 'notFound', /qs-nothing/);
    await refuses(run('quayside.containers.run', spec), 'notFound', /qs-nothing/);
    assert.deepEqual(await all(), before);
    const named = run('quayside.containers.run', { ...spec, detach: true, name: 'qs-host-half' });
    await refuses(named, 'notFound', /qs-host-half/);
  });

  test('a name that is taken, and what is no run at all', async () => {
    await start(PART, { name: 'qs-host-twice' });
    const twice = run('quayside.containers.run', { image: BASE, detach: true, name: 'qs-host-twice' });
    await refuses(twice, 'conflict', /qs-host-twice.*already in use/);
    await refuses(run('quayside.containers.run', { image: '' }), 'invalid', /./);
    await refuses(run('quayside.containers.run', { image: BASE, ports: ['a:b'] }), 'invalid', /a:b/);
    const wrong = { image: BASE, nmae: 'web' } as { image: string };
    await refuses(run('quayside.containers.run', wrong), 'invalid', /nmae/);
    const elsewhere = { image: BASE, engine: 'nowhere' };
    await refuses(run('quayside.containers.run', elsewhere), 'notFound', /nowhere/);
  });

  test('with a terminal, it answers once it runs', async () => {
    const spec = { image: BASE, tty: true, interactive: true, name: 'qs-host-tty', labels };
    const { id } = await run('quayside.containers.run', spec);
    assert.equal(await stateOf(id), 'running');
    const terminal = window.terminals.find(({ name }) => name === 'qs-host-tty');
    assert.ok(terminal);
    terminal.sendText('exit 5');
    const ended = await until('the end of the shell', async () => {
      const found = await look(id);
      return found?.State.Status === 'exited' && found;
    });
    assert.equal(ended.State.ExitCode, 5);
  });

  test('closing the terminal leaves it running', async () => {
    const spec = { image: BASE, tty: true, interactive: true, name: 'qs-host-left', labels };
    const { id } = await run('quayside.containers.run', spec);
    const terminal = window.terminals.find(({ name }) => name === 'qs-host-left');
    terminal?.dispose();
    await until('the terminal to close', () => !window.terminals.some(({ name }) => name === 'qs-host-left'));
    // Its streams are let go of by then; a container that would end of it has had the time of another's whole life.
    await run('quayside.containers.run', {
      image: BASE,
      command: ['true'],
      remove: true,
      labels,
      show: false,
    });
    assert.equal(await stateOf(id), 'running');
  });

  test('an image runs by its own command, and by another', async () => {
    const answer = await run(
      'quayside.images.run',
      { id: BASE },
      { command: ['echo', 'hi'], labels, show: false },
    );
    assert.equal(answer.stdout, 'hi\n');
    const detached = await run('quayside.images.run', { id: BASE }, { detach: true, tty: true, labels });
    assert.equal(await stateOf(detached.id), 'running');
  });

  test('${workspaceFolder} in a volume is the folder that is open', async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const id = await start(PART, { volumes: ['${workspaceFolder}:/work:ro'] });
    const { HostConfig } = (await look(id)) as unknown as { HostConfig: { Binds: string[] } };
    assert.deepEqual(HostConfig.Binds, [`${folder}:/work:ro`]);
  });
});
