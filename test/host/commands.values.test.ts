import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { commands, window, workspace, type TextDocument } from 'vscode';
import { ask, cleanUp, ready, refuses, run, start, stateOf, until } from './commandsSupport';

const PART = 'host-values';

suite('commands: what they answer and show', () => {
  let folder: string;

  suiteSetup(async () => {
    await ready();
    folder = await mkdtemp(path.join(os.tmpdir(), 'quayside-values-'));
  });
  teardown(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await cleanUp(PART);
  });
  suiteTeardown(() => rm(folder, { recursive: true, force: true }));

  test('inspect answers what the engine sends, and shows it when wanted', async () => {
    const id = await start(PART, { name: 'qs-host-inspect' });
    const hidden = await run('quayside.containers.inspect', { id }, { show: false });
    assert.deepEqual(hidden, await ask('GET', `/containers/${id}/json`));
    assert.equal(shown(), undefined);

    await run('quayside.containers.inspect', { id: 'qs-host-inspect' });
    const document = shown();
    assert.ok(document);
    assert.equal(document.languageId, 'json');
    assert.match(document.fileName, /qs-host-inspect\.json$/);
    assert.equal((JSON.parse(document.getText()) as { Id: string }).Id, id);
    // No file system stands behind it, so VS Code opens it to be read alone.
    assert.equal(workspace.fs.isWritableFileSystem(document.uri.scheme), undefined);
  });

  test('an inspection that is open is read anew', async () => {
    const id = await start(PART, { name: 'qs-host-again' });
    await run('quayside.containers.inspect', { id });
    await run('quayside.containers.pause', { id });
    await run('quayside.containers.inspect', { id });
    const text = (): string => shown()?.getText() ?? '';
    await until('the new state', () => text().includes('"Status": "paused"'));
  });

  test('several are inspected at once', async () => {
    const ids = [await start(PART), await start(PART)];
    const all = await run(
      'quayside.containers.inspect',
      ids.map((id) => ({ id })),
      { show: false },
    );
    assert.deepEqual(
      (all as { Id: string }[]).map(({ Id }) => Id),
      ids,
    );
  });

  test('top answers processes, and shows them in columns', async () => {
    const id = await start(PART, { name: 'qs-host-top', command: ['sleep', '4711'] });
    const found = await run('quayside.containers.top', { id }, { args: '-eo pid,args', show: false });
    assert.ok(!Array.isArray(found));
    assert.deepEqual(found.titles, ['PID', 'COMMAND']);
    assert.ok(found.processes.some(([, args]) => args === 'sleep 4711'));
    await run('quayside.containers.top', { id });
    assert.match(shown()?.getText() ?? '', /^UID +PID[^]*sleep 4711$/m);
  });

  test('top of what does not run is a conflict', async () => {
    const id = await start(PART, { command: ['true'] });
    await until('its end', async () => (await stateOf(id)) === 'exited');
    await refuses(run('quayside.containers.top', { id }, { show: false }), 'conflict', /not running/);
  });

  test('stats answer one true sample', async () => {
    const id = await start(PART, { command: ['sh', '-c', 'while :; do :; done'], memory: '64m' });
    const sample = await run('quayside.containers.stats', { id }, { show: false });
    assert.ok(!Array.isArray(sample));
    assert.equal(sample.id, id);
    assert.ok(sample.cpuPercent > 10, `${sample.cpuPercent} %`);
    assert.equal(sample.memoryLimit, 64 * 1024 * 1024);
    assert.ok(sample.memoryUsed > 0 && sample.memoryUsed < 64 * 1024 * 1024);
    assert.ok((sample.pids ?? 0) >= 1);
  });

  test('logs answer both streams, and the part that is wanted', async () => {
    const id = await start(PART, {
      command: ['sh', '-c', 'for i in 1 2 3; do echo out $i; echo err $i >&2; done'],
    });
    await until('its end', async () => (await stateOf(id)) === 'exited');
    assert.deepEqual(await run('quayside.containers.logs', { id }, { show: false }), {
      stdout: 'out 1\nout 2\nout 3\n',
      stderr: 'err 1\nerr 2\nerr 3\n',
    });
    const last = await run('quayside.containers.logs', { id }, { show: false, tail: 1 });
    assert.ok(last && !Array.isArray(last));
    assert.match(last.stdout + last.stderr, /^(?:out|err) 3\n$/);
    const timed = await run('quayside.containers.logs', { id }, { show: false, timestamps: true });
    assert.ok(timed && !Array.isArray(timed));
    assert.match(timed.stdout, /^\d{4}-\d\d-\d\dT[\d:.]+Z out 1\n/);
  });

  test('logs understand the times that docker logs understands', async () => {
    const id = await start(PART, { command: ['echo', 'hello'] });
    await until('its end', async () => (await stateOf(id)) === 'exited');
    const said = async (options: { since?: string | number; until?: string | number }) => {
      const found = await run('quayside.containers.logs', { id }, { show: false, ...options });
      return found && !Array.isArray(found) ? found.stdout : undefined;
    };
    const now = Math.floor(Date.now() / 1000);
    assert.equal(await said({ since: '10m' }), 'hello\n');
    assert.equal(await said({ since: now - 600 }), 'hello\n');
    assert.equal(await said({ since: new Date(Date.now() - 600_000).toISOString() }), 'hello\n');
    assert.equal(await said({ since: now + 600 }), '');
    assert.equal(await said({ until: '10m' }), '');
    await refuses(said({ since: 'yesterday' }), 'invalid', /yesterday/);
  });

  test('a command answers its output and its exit code', async () => {
    const id = await start(PART, { user: '1000' });
    const found = await run(
      'quayside.containers.exec',
      { id },
      {
        command: ['sh', '-c', 'id -u; pwd; echo "$GREETING" >&2; exit 3'],
        user: '0',
        workdir: '/tmp',
        env: { GREETING: 'hé' },
        show: false,
      },
    );
    assert.deepEqual(found, { exitCode: 3, stdout: '0\n/tmp\n', stderr: 'hé\n' });
  });

  test('a command that is not there has the exit code of one', async () => {
    const id = await start(PART);
    const found = await run('quayside.containers.exec', { id }, { command: ['qs-nothing'], show: false });
    assert.ok(found && !Array.isArray(found));
    assert.ok([126, 127].includes(found.exitCode), String(found.exitCode));
  });

  test('a command in what does not run is a conflict', async () => {
    const id = await start(PART, { command: ['true'] });
    await until('its end', async () => (await stateOf(id)) === 'exited');
    const work = run('quayside.containers.exec', { id }, { command: ['ls'], show: false });
    await refuses(work, 'conflict', /not running/);
    await refuses(run('quayside.containers.exec', { id }), 'invalid', /"command" is missing/);
  });

  test('files go into a container and come back, also of one that is stopped', async () => {
    const id = await start(PART, { command: ['true'], init: false });
    await until('its end', async () => (await stateOf(id)) === 'exited');
    const source = path.join(folder, 'source');
    await mkdir(path.join(source, 'below'), { recursive: true });
    await writeFile(path.join(source, 'a.txt'), 'hello');
    await writeFile(path.join(source, 'below', 'b.txt'), 'again');

    assert.deepEqual(await run('quayside.containers.copyTo', { id }, { from: source, path: '/tmp/new' }), {
      files: 2,
      bytes: 10,
    });
    const back = path.join(folder, 'back');
    assert.deepEqual(await run('quayside.containers.copyFrom', { id }, { path: '/tmp/new', to: back }), {
      files: 2,
      bytes: 10,
    });
    assert.equal(await readFile(path.join(back, 'below', 'b.txt'), 'utf8'), 'again');
    const changes = await run('quayside.containers.diff', { id }, { show: false });
    // The engine tells them in no order of its own.
    assert.deepEqual(
      changes
        .flat()
        .map(({ kind, path }) => `${kind} ${path}`)
        .sort(),
      ['A /tmp/new', 'A /tmp/new/a.txt', 'A /tmp/new/below', 'A /tmp/new/below/b.txt', 'C /tmp'],
    );
  });

  test('several files go into a directory', async () => {
    const id = await start(PART);
    const from = [path.join(folder, 'one.txt'), path.join(folder, 'two.txt')];
    for (const file of from) await writeFile(file, path.basename(file));
    assert.deepEqual(await run('quayside.containers.copyTo', { id }, { from, path: '/tmp/' }), {
      files: 2,
      bytes: 14,
    });
    const found = await run(
      'quayside.containers.exec',
      { id },
      { command: ['cat', '/tmp/two.txt'], show: false },
    );
    assert.ok(found && !Array.isArray(found));
    assert.equal(found.stdout, 'two.txt');
  });

  test('a copy of what is not there says so', async () => {
    const id = await start(PART);
    const nothing = run('quayside.containers.copyFrom', { id }, { path: '/nothing', to: folder });
    await refuses(nothing, 'notFound', /\/nothing/);
    const missing = path.join(folder, 'missing');
    await refuses(
      run('quayside.containers.copyTo', { id }, { from: missing, path: '/' }),
      'notFound',
      /missing/,
    );
    await refuses(run('quayside.containers.copyTo', { id }), 'invalid', /"from" is missing/);
  });

  test('the browser is sent to the port that is published', async () => {
    const id = await start(PART, { ports: ['127.0.0.1::80', '127.0.0.1::22'] });
    const { NetworkSettings } = (await ask('GET', `/containers/${id}/json`)) as {
      NetworkSettings: { Ports: Record<string, { HostPort: string }[]> };
    };
    const port = NetworkSettings.Ports['80/tcp']?.[0]?.HostPort ?? '';
    assert.equal(await run('quayside.containers.openInBrowser', { id }), `http://localhost:${port}`);
    const other = NetworkSettings.Ports['22/tcp']?.[0]?.HostPort ?? '';
    const wanted = await run('quayside.containers.openInBrowser', { id }, { port: 22 });
    assert.equal(wanted, `http://localhost:${other}`);
    const absent = run('quayside.containers.openInBrowser', { id }, { port: 9 });
    await refuses(absent, 'notFound', new RegExp(`does not publish port 9, but .*${port}`));
  });

  test('without a published port there is nothing to browse', async () => {
    const id = await start(PART);
    await refuses(run('quayside.containers.openInBrowser', { id }), 'invalid', /-p 8080:80/);
    await run('quayside.containers.stop', { id }, { timeout: 0 });
    await refuses(run('quayside.containers.openInBrowser', { id }), 'conflict', /not running/);
  });

  test('limits change while it runs', async () => {
    const id = await start(PART, { memory: '64m' });
    await run('quayside.containers.update', { id }, { cpus: '0.5', restart: 'on-failure:3' });
    const { HostConfig } = (await ask('GET', `/containers/${id}/json`)) as {
      HostConfig: { NanoCpus: number; RestartPolicy: { Name: string; MaximumRetryCount: number } };
    };
    assert.equal(HostConfig.NanoCpus, 500_000_000);
    assert.deepEqual(HostConfig.RestartPolicy, { Name: 'on-failure', MaximumRetryCount: 3 });
    await refuses(run('quayside.containers.update', { id }, { memory: 'much' }), 'invalid', /much/);
    const limitsOf = async (one: string): Promise<readonly [number, number]> => {
      const found = (await ask('GET', `/containers/${one}/json`)) as {
        HostConfig: { Memory: number; MemorySwap: number };
      };
      return [found.HostConfig.Memory / 2 ** 20, found.HostConfig.MemorySwap / 2 ** 20];
    };
    await run('quayside.containers.update', { id }, { memory: '100m' });
    assert.deepEqual(await limitsOf(id), [100, 128], 'there was room under the limit with swap');
    const free = await start(PART);
    await run('quayside.containers.update', { id: free }, { memory: '64m' });
    assert.deepEqual(await limitsOf(free), [64, 128], 'what had no limit gets that of docker run');
    await run('quayside.containers.update', { id: free }, { memory: '256m' });
    assert.deepEqual(await limitsOf(free), [256, 512]);
  });

  test('a file system is exported, and made an image of', async () => {
    const id = await start(PART, { command: ['sh', '-c', 'echo kept > /kept; sleep 1000'] });
    const to = path.join(folder, 'all.tar');
    const { bytes } = await run('quayside.containers.export', { id }, { to });
    assert.ok(bytes > 1_000_000);
    const made = await run('quayside.images.import', { from: to, reference: 'quayside-host/imported' });
    assert.equal(made.reference, 'quayside-host/imported');
    const committed = await run(
      'quayside.containers.commit',
      { id },
      { reference: 'quayside-host/committed:1', changes: ['CMD ["cat", "/kept"]'], message: 'kept' },
    );
    const ran = await run('quayside.containers.run', {
      image: 'quayside-host/committed:1',
      remove: true,
      show: false,
    });
    assert.equal(ran.stdout, 'kept\n');
    const images = [{ id: 'quayside-host/imported' }, { id: committed.reference }];
    const { done, failed } = await run('quayside.images.remove', images);
    assert.deepEqual(failed, []);
    assert.deepEqual(done, [made.id, committed.id]);
  });

  test('the engine is told of, in words and as data', async () => {
    const facts = (await run('quayside.engines.inspect', {})) as {
      client: { name: string; version: string };
      version: { ApiVersion: string };
      info: { NCPU: number };
    };
    assert.equal(facts.client.name, 'Quayside');
    assert.ok(facts.info.NCPU >= 1);
    const text = shown()?.getText() ?? '';
    for (const word of [
      'Client',
      'API',
      'containerd',
      'runc',
      'Kernel',
      'Storage driver',
      'CPUs',
      'Memory',
    ]) {
      assert.match(text, new RegExp(`^${word}: +\\S`, 'm'));
    }
    assert.match(text, /"ApiVersion": /);
  });
});

/** The document the user looks at. */
function shown(): TextDocument | undefined {
  return window.activeTextEditor?.document;
}
