import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { api } from '../../scripts/rig/engineApi.mjs';
import { ask, cleanUp, look, ready, refuses, run, start, stateOf, until } from './commandsSupport';
import { engineHost, engineIsShared, skipBecause } from './support';

const PART = 'host-compose';
const PROJECT = 'qs-host-shop';
const project = { 'com.docker.compose.project': PROJECT };

async function exists(where: string): Promise<boolean> {
  return ask('GET', where).then(
    () => true,
    () => false,
  );
}

suite('commands: compose projects', () => {
  suiteSetup(ready);
  teardown(async () => {
    await cleanUp(PART);
    await ask('DELETE', `/networks/${PROJECT}_default`).catch(() => undefined);
    await ask('DELETE', `/volumes/${PROJECT}_data`).catch(() => undefined);
  });

  async function shop(): Promise<string[]> {
    const Labels = project;
    await api(engineHost, 'POST', '/networks/create', { json: { Name: `${PROJECT}_default`, Labels } });
    await api(engineHost, 'POST', '/volumes/create', { json: { Name: `${PROJECT}_data`, Labels } });
    const spec = {
      labels: project,
      network: `${PROJECT}_default`,
      volumes: [`${PROJECT}_data:/data`],
      stopSignal: 'SIGKILL',
    };
    return [await start(PART, spec), await start(PART, spec)];
  }

  test('down removes the containers and networks of the project, and nothing else', async () => {
    const ids = await shop();
    const other = await start(PART);
    await refuses(run('quayside.compose.down', { id: PROJECT }, {}), 'invalid', /confirm/);
    const outcome = await run('quayside.compose.down', { id: PROJECT }, { confirm: true });
    assert.deepEqual(outcome.failed, []);
    for (const id of ids) {
      assert.ok(outcome.done.includes(id));
      assert.equal(await look(id), undefined);
    }
    assert.equal(await exists(`/networks/${PROJECT}_default`), false);
    assert.equal(await exists(`/volumes/${PROJECT}_data`), true, 'volumes stay unless they are asked for');
    assert.equal(await stateOf(other), 'running');
  });

  test('down with its volumes', async () => {
    await shop();
    const outcome = await run('quayside.compose.down', { id: PROJECT }, { confirm: true, volumes: true });
    assert.deepEqual(outcome.failed, []);
    assert.equal(await exists(`/volumes/${PROJECT}_data`), false);
  });

  test('a project that is not there, and files that are not here, are told', async () => {
    await refuses(
      run('quayside.compose.down', { id: 'qs-nobody' }, { confirm: true }),
      'notFound',
      /qs-nobody/,
    );
    const elsewhere = {
      ...project,
      'com.docker.compose.project.working_dir': '/no/such/folder',
      'com.docker.compose.project.config_files': '/no/such/folder/compose.yaml',
    };
    await start(PART, { labels: elsewhere });
    await refuses(run('quayside.compose.up', { id: PROJECT }, {}), 'invalid', /confirm/);
    await refuses(
      run('quayside.compose.up', { id: PROJECT }, { confirm: true }),
      'notFound',
      /no such folder|not on this computer/,
    );
  });

  test('what reads the files is one command line of separate words', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'quayside host; '));
    try {
      const file = path.join(folder, 'compose $(x).yaml');
      writeFileSync(file, 'services: {}\n');
      const labels = {
        ...project,
        'com.docker.compose.project.working_dir': folder,
        'com.docker.compose.project.config_files': file,
      };
      await start(PART, { labels });
      const { command } = await run('quayside.compose.config', { id: PROJECT }, { confirm: true });
      assert.deepEqual(command, [
        'docker',
        'compose',
        `--project-name=${PROJECT}`,
        `--project-directory=${folder}`,
        `--file=${file}`,
        'config',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('stop all stops what runs, and only when it is meant', async function () {
    if (engineIsShared) return skipBecause(this, 'it stops every container of the engine');
    const [one, two] = [await start(PART), await start(PART)];
    await refuses(run('quayside.containers.stopAll', {}), 'invalid', /confirm/);
    const outcome = await run('quayside.containers.stopAll', { confirm: true, timeout: 0 });
    assert.ok(outcome.done.includes(one) && outcome.done.includes(two));
    assert.deepEqual([await stateOf(one), await stateOf(two)], ['exited', 'exited']);
  });

  test('how a container ended is one text', async () => {
    const command = ['sh', '-c', 'echo last words; echo alas >&2; exit 7'];
    const id = await start(PART, { name: 'qs-host-ended', command });
    await until('its end', async () => (await stateOf(id)) === 'exited');
    const report = (await run('quayside.containers.showExit', { id }, { show: false })) as string;
    assert.match(report, /It ended with exit code 7\./);
    assert.match(report, /Container: qs-host-ended/);
    assert.match(report, /die {2}exitCode=7/);
    assert.match(report, /^ {2}last words$/m);
    assert.match(report, /^! alas$/m);
  });

  test('a shell beside a container sees its processes and files, and leaves nothing', async () => {
    const id = await start(PART, { command: ['sh', '-c', 'echo secret > /mine; exec sleep 1000'] });
    const script = 'ps -o args | grep -q "[s]leep 1000" && echo seen; cat /proc/1/root/mine';
    const result = await run(
      'quayside.containers.debugShell',
      { id },
      { image: 'quayside-host/base:latest', command: ['sh', '-c', script], show: false },
    );
    assert.deepEqual([result.exitCode, result.stdout], [0, 'seen\nsecret\n'], result.stderr);
    assert.equal(await look(result.id), undefined);
  });
});
