import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { commands, extensions, window, workspace, ConfigurationTarget } from 'vscode';
import { Engine } from '../../src/engine/engine';
import { LogsFeed } from '../../src/panels/logs/feed';
import { openPlace } from '../../src/panels/logs/openPlace';
import { logsStrings } from '../../src/panels/logs/strings';
import { page } from '../../src/panels/page';
import type { LogsBatch, LogsReading, LogsToWebview } from '../../src/protocol/logs';
import { cleanUp, ready, refuses, run, start, until } from './commandsSupport';
import { engineHost } from './support';

const PART = 'logs';
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
