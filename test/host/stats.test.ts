import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commands, extensions, window } from 'vscode';
import { Engine } from '../../src/engine/engine';
import { page } from '../../src/panels/page';
import { StatsFeed } from '../../src/panels/stats/feed';
import { statsStrings } from '../../src/panels/stats/strings';
import type { StatsToWebview } from '../../src/protocol/stats';
import { api } from '../../scripts/rig/engineApi.mjs';
import { busyboxImage, loadImage } from '../../scripts/rig/images.mjs';
import { until } from '../../scripts/rig/processes.mjs';
import { engineHost } from './support';

const LABEL = 'stats-host';
const IMAGE = 'quayside-test/base:latest';

suite('stats', () => {
  let ids: string[];

  suiteSetup(async () => {
    await removeAll();
    await loadImage(engineHost, IMAGE, await busyboxImage());
    ids = await Promise.all([start(), start()]);
  });
  suiteTeardown(removeAll);

  test('one panel for one set of containers, in whatever order they are named', async () => {
    const show = (order: string[]) =>
      commands.executeCommand(
        'quayside.containers.stats',
        order.map((id) => ({ id })),
        { show: true },
      );
    await show(ids);
    await show([...ids].reverse());
    const tabs = () => window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs().filter(({ label }) => label.startsWith('Stats')).length, 1);
    await show(ids.slice(0, 1));
    assert.equal(tabs().filter(({ label }) => label.startsWith('Stats')).length, 2);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('samples go out once a second for all containers together, and not to a page that does not keep up', async () => {
    await using feed = openFeed(ids);
    feed.ready();
    const points = () => feed.posted.filter((message) => message.type === 'points');
    await until('the first samples', () => points().length === 1);
    const [first] = points();
    // Nobody says that they were seen.
    await until('more samples', () => ids.every((id) => feed.count(id) >= 4));
    assert.equal(points().length, 1);
    feed.seen();
    await until('what was waiting', () => points().length === 2);
    const waited = points()[1];
    for (const message of [first, waited]) assert.equal(message?.type, 'points');
    const times = points().flatMap(({ points: sent }) => (sent[key(ids[0])] ?? []).map(({ time }) => time));
    assert.deepEqual(
      times,
      feed.history(ids[0]).map(({ time }) => time),
    );

    const began = performance.now();
    const before = points().length;
    await until('three more', () => (feed.seen(), points().length >= before + 3));
    assert.ok(performance.now() - began > 1900, 'a second between two of them');
  });

  test('what was measured while the page was away is history, and not what is now', async () => {
    await using feed = openFeed(ids);
    await until('samples', () => feed.count(ids[0]) >= 2);
    feed.ready();
    await until('newer samples', () => feed.posted.some(({ type }) => type === 'points'));
    const sent = feed.posted.flatMap((message) =>
      message.type === 'points' ? (message.points[key(ids[0])] ?? []) : [],
    );
    const [old] = feed.history(ids[0]);
    assert.ok(old?.first && sent.every(({ time }) => time > old.time));
  });

  test('a container that the engine does not have is called removed, an unknown engine is named', async () => {
    const gone = 'f'.repeat(64);
    await using feed = openFeed([gone]);
    feed.ready();
    await until('the verdict', () =>
      feed.posted.some(
        (message) => message.type === 'containers' && message.containers[0]?.state === 'removed',
      ),
    );
    await using stray = openFeed([gone], 'nowhere');
    stray.ready();
    const [message] = stray.posted;
    assert.ok(message?.type === 'containers');
    assert.match(message.containers[0]?.problem ?? '', /"nowhere"/);
  });

  test('nothing in the page may run or load but its own, whatever its words are', () => {
    const { extensionUri } = extensions.getExtension('quayside.quayside') ?? assert.fail();
    const evil = '</script><script>alert(1)</script>" onload="alert(1)';
    const html = page(extensionUri, 'stats', { evil });
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'nonce-[^']{20,}';/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    const scripts = [...html.matchAll(/<script ([^>]*)>/g)].map(([, attributes]) => attributes ?? '');
    assert.equal(scripts.length, 2);
    assert.ok(scripts.every((attributes) => attributes.includes(`nonce="${nonce}"`)));
    assert.notEqual(page(extensionUri, 'stats', {}).includes(nonce), true);
    const words = /id="strings"[^>]*>([^<]*)<\/script>/.exec(html)?.[1] ?? '';
    assert.deepEqual(JSON.parse(words), { evil });
  });

  test('every place in a text of the panel is one its page fills', () => {
    for (const [name, text] of Object.entries<string>({ ...statsStrings() })) {
      const places = [...text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index));
      assert.deepEqual(
        places,
        places.map((_, index) => index),
        name,
      );
    }
  });

  test('what the page loads ships with the extension', () => {
    const folder = extensions.getExtension('quayside.quayside')?.extensionPath ?? '';
    for (const file of ['stats.js', 'stats.css'])
      assert.ok(readFileSync(path.join(folder, 'dist/webview', file)).length > 1000, file);
  });
});

function key(id = ''): string {
  return `test/${id}`;
}

/** A feed on the engine of this run, watched as if its panel were visible. */
function openFeed(containers: string[], engineName = 'test') {
  const engine = new Engine(
    'test',
    () => Promise.resolve({ source: 'added', contextName: 'default', host: engineHost }),
    { env: {}, homedir: '/nonexistent', platform: process.platform },
  );
  const posted: StatsToWebview[] = [];
  const engines = {
    all: [engine],
    onDidChange: () => ({ dispose: () => undefined }),
    get: (name: string) => {
      throw new Error(`There is no engine named "${name}".`);
    },
  };
  const feed = new StatsFeed(
    {
      engines: engines as never,
      post: (message) => posted.push(message),
      say: (error) => (error as Error).message,
      note: () => undefined,
    },
    containers.map((id) => ({ engine: engineName, id, name: 'x' })),
  );
  feed.show();
  const history = (id = '') => feed.history(`${engineName}/${id}`);
  return {
    posted,
    history,
    count: (id = '') => history(id).length,
    ready: () => feed.ready(),
    seen: () => feed.seen(),
    [Symbol.asyncDispose]: () => {
      feed.dispose();
      engine.dispose();
      return Promise.resolve();
    },
  };
}

async function start(): Promise<string> {
  const json = { Image: IMAGE, Cmd: ['sleep', '1000'], Labels: { 'dev.quayside.test': LABEL } };
  const { Id } = (await api(engineHost, 'POST', '/containers/create', { json })) as { Id: string };
  await api(engineHost, 'POST', `/containers/${Id}/start`);
  return Id;
}

async function removeAll(): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`dev.quayside.test=${LABEL}`] }));
  const all = (await api(engineHost, 'GET', `/containers/json?all=1&filters=${filters}`)) as { Id: string }[];
  for (const { Id } of all) await api(engineHost, 'DELETE', `/containers/${Id}?force=1`);
}
