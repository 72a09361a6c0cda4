import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { commands, extensions, window, workspace, ConfigurationTarget } from 'vscode';
import { api } from '../../scripts/rig/engineApi.mjs';
import type { QuaysideApi } from '../../src/api';
import { Engine } from '../../src/engine/engine';
import { LogsFeed } from '../../src/panels/logs/feed';
import { openPlace } from '../../src/panels/logs/openPlace';
import { logsStrings } from '../../src/panels/logs/strings';
import { page } from '../../src/panels/page';
import type { LogsBatch, LogsReading, LogsToWebview } from '../../src/protocol/logs';
import { ask, BASE, cleanUp, ready, refuses, run, start, until } from './commandsSupport';
import { engineHost } from './support';

const PART = 'logs';
const PROJECT = 'qs-host-logs';
/** 10,000 lines, then what it is told. */
const MANY = 'i=0; while [ $i -lt 10000 ]; do echo "line $i"; i=$((i+1)); done; exec sleep 1000';

suite('logs', () => {
  suiteSetup(ready);
  teardown(() => cleanUp(PART));

  const tabs = () => window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
  const closeAll = () => commands.executeCommand('workbench.action.closeAllEditors');

  test('one panel for one set of containers; the setting, or an option, says a terminal instead', async () => {
    const ids = [await start(PART), await start(PART)];
    const targets = ids.map((id) => ({ id }));
    await run('quayside.containers.logs', targets);
    await run('quayside.containers.logs', [...targets].reverse());
    const logs = () => tabs().filter((label) => label.startsWith('Logs'));
    await until('the panel', () => logs().length > 0);
    assert.deepEqual(logs(), ['Logs: 2 containers']);
    const terminals = () => window.terminals.filter(({ name }) => name.startsWith('Logs')).length;
    await run('quayside.containers.logs', targets, { view: 'terminal' });
    assert.equal(terminals(), 1);
    const settings = workspace.getConfiguration('quayside');
    await settings.update('logs.view', 'terminal', ConfigurationTarget.Global);
    try {
      await run('quayside.containers.logs', targets);
      assert.equal(terminals(), 2);
    } finally {
      await settings.update('logs.view', undefined, ConfigurationTarget.Global);
    }
    assert.equal(logs().length, 1);
    for (const terminal of window.terminals) terminal.dispose();
    await closeAll();
    await refuses(
      run('quayside.containers.logs', { id: ids[0] ?? '' }, { since: 'yesterday' }),
      'invalid',
      /yesterday/,
    );
  });

  test('a page that takes nothing in is sent no more than a few batches, and then all of it, in order', async () => {
    const id = await start(PART, { command: ['sh', '-c', MANY] });
    await until('all its lines', async () => {
      const answer = await run('quayside.containers.logs', { id }, { show: false, tail: 1 });
      return answer && !Array.isArray(answer) && answer.stdout === 'line 9999\n';
    });
    using feed = openFeed([id], { tail: 'all', since: '' });
    feed.feed.ready();
    await until('older lines', () => feed.batches().some(({ older }) => older));
    const sent = feed.batches().length;
    assert.ok(sent <= 6, `${sent} batches`);
    await until('the end', () => {
      feed.takeAll();
      return feed.posted.some(({ type }) => type === 'olderDone');
    });
    const older = feed.lines(true);
    assert.deepEqual(
      [...older, ...feed.lines(false)],
      Array.from({ length: 10_000 }, (_, i) => `line ${i}`),
    );
  });

  test('older lines come in their order until there are none, and what was cleared does not come again', async () => {
    const id = await start(PART, { command: ['sh', '-c', MANY.replace('10000', '300')] });
    await until('all its lines', async () => {
      const answer = await run('quayside.containers.logs', { id }, { show: false, tail: 1 });
      return answer && !Array.isArray(answer) && answer.stdout === 'line 299\n';
    });
    using feed = openFeed([id], { tail: 100, since: '' });
    feed.feed.ready();
    await until('the last lines', () => feed.lines(false).length === 100);
    const older = async (): Promise<boolean> => {
      const before = feed.done().length;
      feed.feed.older(150, undefined);
      return until('older lines', () => (feed.takeAll(), feed.done()[before])).then(({ all }) => all);
    };
    assert.equal(await older(), false);
    assert.deepEqual(feed.lines(true)[0], 'line 50');
    assert.equal(await older(), false);
    assert.deepEqual(
      feed.lines(true).slice(150),
      Array.from({ length: 50 }, (_, i) => `line ${i}`),
    );
    assert.equal(await older(), true);

    const times = feed.batches().flatMap(({ older: before, times: own }) => (before ? [] : [...own]));
    feed.feed.cleared((times.at(-1) ?? 0) + 0.001);
    feed.feed.read({ tail: 'all', since: '' });
    await until('a new beginning', () => feed.posted.filter(({ type }) => type === 'begin').length === 2);
    await run('quayside.containers.exec', { id }, { command: ['sh', '-c', 'echo new > /proc/1/fd/1'] });
    await until('the new line', () => feed.lines(false, 2).length > 0);
    assert.deepEqual(feed.lines(false, 2), ['new']);
  });

  test('a compose project is one log, in the order of time, with what happened between', async () => {
    const ids = [
      await member('a', { Test: ['CMD-SHELL', 'test -e /tmp/well'], Interval: 1e9, Retries: 1 }),
      await member('b'),
    ];
    const engine = extensions.getExtension<QuaysideApi>('quayside.quayside')?.exports.engines.get().name;
    const group = { kind: 'containerGroup', engine, by: 'compose', name: PROJECT };
    await commands.executeCommand('quayside.containers.logs', group);
    await until('the panel', () => tabs().includes('Logs: 2 containers'));
    await closeAll();

    using feed = openFeed(ids, { tail: 100, since: '' });
    feed.feed.ready();
    const seen = (text: string | RegExp) =>
      until(`"${String(text)}"`, () => (feed.takeAll(), feed.lines(false).some((line) => line.match(text))));
    const inside = (id = '', command = '') =>
      run('quayside.containers.exec', { id }, { command: ['sh', '-c', command], show: false });
    await until('both to be followed', () =>
      feed.posted.some(
        (message) =>
          message.type === 'containers' && message.containers.every(({ state }) => state === 'following'),
      ),
    );
    await inside(ids[0], 'touch /tmp/well');
    await seen('Health check: healthy');
    const written = ['one', 'two', 'three'];
    for (const [index, text] of written.entries()) {
      await inside(ids[index % 2], `echo ${text} >/proc/1/fd/1`);
    }
    await seen('three');
    assert.deepEqual(
      feed.lines(false).filter((line) => written.includes(line)),
      written,
    );
    await ask('POST', `/containers/${ids[1] ?? ''}/restart?t=0`);
    // By which of its two signals is a matter of luck.
    await seen(/^Stopped with exit code (137|143)$/);
    await seen(/^Started again$/);
    await ask('DELETE', `/containers/${ids[0] ?? ''}?force=1`);
    await seen(/was removed/);
    const times = feed.batches().flatMap((batch) => [...batch.times]);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  });

  test('a time to begin with leaves out what is older, and a jump reads from one on', async () => {
    const script = 'for i in 1 2 3 4 5 6; do echo "line $i"; sleep 0.1; done; exec sleep 1000';
    const id = await start(PART, { command: ['sh', '-c', script] });
    using feed = openFeed([id], { tail: 100, since: '' });
    feed.feed.ready();
    await until('all its lines', () => (feed.takeAll(), feed.lines(false).length === 6));
    const times = feed.batches().flatMap((batch) => [...batch.times]);
    const second = (index: number): string => ((times[index] ?? 0) / 1000 - 0.02).toFixed(3);
    feed.feed.read({ tail: 1, since: '' });
    await until('the last line', () => feed.lines(false, 2).length === 1);
    feed.feed.older('all', second(3));
    const done = await until('what is older', () => (feed.takeAll(), feed.done()[0]));
    assert.deepEqual(feed.lines(true, 2), ['line 4', 'line 5']);
    assert.equal(done.all, false, 'there is more before that');
    feed.feed.read({ tail: 100, since: second(4) });
    await until('the lines since', () => feed.lines(false, 3).length === 2);
    assert.deepEqual(feed.lines(false, 3), ['line 5', 'line 6']);
  });

  test('a file is opened only when it is one of the workspace, whatever a line names', async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const outside = path.join(os.tmpdir(), `quayside-outside-${process.pid}.js`);
    const link = path.join(folder, 'link.js');
    const own = path.join(folder, 'own.js');
    writeFileSync(outside, 'secret');
    writeFileSync(own, '1\n2\n3\n');
    symlinkSync(outside, link);
    try {
      const nowhere = { source: () => undefined };
      const opened = await openPlace(nowhere, { container: 0, path: '/app/own.js', line: 2, column: 1 });
      assert.equal(path.basename(opened.opened), 'own.js');
      assert.equal(window.activeTextEditor?.selection.active.line, 1);
      for (const said of [
        outside,
        '/app/link.js',
        'link.js',
        '/etc/passwd',
        '../../../../etc/passwd',
        folder,
        '',
      ])
        await refuses(
          openPlace(nowhere, { container: 0, path: said, line: 1 }),
          'notFound',
          /folders that are open/,
        );
    } finally {
      for (const file of [outside, link, own]) rmSync(file, { force: true });
      await closeAll();
    }
  });

  test('the page may start workers of its own text, and what it loads ships with the extension', () => {
    const { extensionUri } = extensions.getExtension('quayside.quayside') ?? assert.fail();
    const html = page(extensionUri, 'logs', { ...logsStrings() }, { workers: true });
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    assert.match(policy, /worker-src blob:;/);
    assert.doesNotMatch(policy, /unsafe|\*|script-src[^;]*blob/);
    for (const file of ['logs.js', 'logs.css'])
      assert.ok(readFileSync(path.join(extensionUri.fsPath, 'dist/webview', file)).length > 1000, file);
    for (const [name, text] of Object.entries<string>({ ...logsStrings() })) {
      const places = [...text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index));
      assert.deepEqual(
        places,
        places.map((_, index) => index),
        name,
      );
    }
  });
});

/** A container of a compose project that says nothing by itself. */
async function member(service: string, Healthcheck?: object): Promise<string> {
  const json = {
    Image: BASE,
    Cmd: ['sleep', '1000'],
    HostConfig: { Init: true },
    Labels: {
      'dev.quayside.test': PART,
      'com.docker.compose.project': PROJECT,
      'com.docker.compose.service': service,
    },
    ...(Healthcheck && { Healthcheck }),
  };
  const { Id } = (await api(engineHost, 'POST', '/containers/create', { json })) as { Id: string };
  await ask('POST', `/containers/${Id}/start`);
  return Id;
}

/** A feed on the engine of this run, and what it has posted. */
function openFeed(ids: string[], reading: LogsReading) {
  const engine = new Engine(
    'test',
    () => Promise.resolve({ source: 'added', contextName: 'default', host: engineHost }),
    { env: {}, homedir: '/nonexistent', platform: process.platform },
  );
  const posted: LogsToWebview[] = [];
  const engines = { all: [engine], onDidChange: () => ({ dispose: () => undefined }), get: () => engine };
  const feed = new LogsFeed(
    { engines: engines as never, post: (message) => posted.push(message), note: () => undefined },
    ids.map((id) => ({ engine: 'test', id, name: 'x' })),
    reading,
  );
  const batches = (): LogsBatch[] => posted.filter((message) => message.type === 'lines');
  return {
    feed,
    posted,
    batches,
    done: () => posted.filter((message) => message.type === 'olderDone'),
    takeAll: () => {
      for (const { batch } of batches()) feed.taken(batch);
    },
    lines: (older: boolean, session = 1) =>
      batches()
        .filter((batch) => batch.older === older && batch.session === session)
        .flatMap(({ text }) => new TextDecoder().decode(text).split('\n').slice(0, -1)),
    [Symbol.dispose]: () => {
      feed.dispose();
      engine.dispose();
    },
  };
}
