import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commands, extensions, window } from 'vscode';
import { Engine } from '../../src/engine/engine';
import { DetailsFeed } from '../../src/panels/details/feed';
import { Past } from '../../src/panels/details/past';
import { detailsStrings } from '../../src/panels/details/strings';
import type { Details, DetailsToWebview } from '../../src/protocol/details';
import { ask, cleanUp, ready, refuses, run, start, until } from './commandsSupport';
import { engineHost } from './support';

const PART = 'host-details';

suite('details', () => {
  suiteSetup(ready);
  teardown(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await cleanUp(PART);
  });

  test('one panel per container, whatever it is called by; what is not there is an error', async () => {
    const id = await start(PART, { name: 'qs-host-details' });
    assert.deepEqual(await run('quayside.containers.details', { id }), { id });
    const panels = () => window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until('the panel', () => panels().includes('qs-host-details'));
    const again = await run('quayside.containers.details', [{ id: 'qs-host-details' }], { tab: 'inspect' });
    assert.deepEqual(again, [{ id }]);
    assert.equal(panels().length, 1);
    await refuses(run('quayside.containers.details', { id: 'qs-nowhere' }), 'notFound', /./);
  });

  test('the first message has everything, secrets masked; a change of the container is another', async () => {
    const id = await start(PART, { env: { API_TOKEN: 'very-secret' }, memory: '64m' });
    await using feed = await openFeed(id);
    feed.ready();
    const [first] = feed.posted;
    assert.ok(first?.type === 'details');
    assert.doesNotMatch(JSON.stringify(first), /very-secret/);
    const [place] = first.details.masked.map((text) => JSON.parse(text) as unknown);
    assert.equal(feed.valueAt(place), 'API_TOKEN=very-secret');
    await ask('POST', `/containers/${id}/rename?name=qs-host-renamed`);
    await until('the new name', () => feed.last()?.Name === '/qs-host-renamed');
    await ask('POST', `/containers/${id}/stop?t=0`);
    await until('its end', () => feed.last()?.State.Status === 'exited');
    assert.ok(feed.marks().includes('die'));
  });

  test('processes are read only while their tab is shown, and the panel is', async () => {
    const id = await start(PART, { command: ['sleep', '1234'] });
    await using feed = await openFeed(id);
    feed.ready();
    await until('the model', () => feed.posted.some(({ type }) => type === 'containers'));
    assert.equal(feed.processes().length, 0);
    feed.choose('processes');
    await until('the process', () => /sleep 1234/.test(JSON.stringify(feed.processes().at(-1))));
    feed.hide();
    const count = feed.processes().length;
    feed.show();
    await until('the model', () => feed.last() !== undefined);
    assert.equal(feed.processes().length, count, 'nobody is there to see them');
  });

  test('every place in a text of the panel is one its page fills, and its files ship', () => {
    for (const [name, text] of Object.entries<string>({ ...detailsStrings() })) {
      const places = [...text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index));
      assert.deepEqual(
        places,
        places.map((_, index) => index),
        name,
      );
    }
    const folder = extensions.getExtension('quayside.quayside')?.extensionPath ?? '';
    for (const file of ['details.js', 'details.css'])
      assert.ok(readFileSync(path.join(folder, 'dist/webview', file)).length > 1000, file);
  });
});

/** A feed on the engine of this run, watched as if its panel were visible. */
async function openFeed(id: string) {
  const engine = new Engine(
    'test',
    () => Promise.resolve({ source: 'added', contextName: 'default', host: engineHost }),
    { env: {}, homedir: '/nonexistent', platform: process.platform },
  );
  const posted: DetailsToWebview[] = [];
  const engines = { all: [engine], onDidChange: () => ({ dispose: () => undefined }), get: () => engine };
  const feed = new DetailsFeed(
    {
      engines: engines as never,
      post: (message) => posted.push(message),
      say: (error) => (error as Error).message,
      note: () => undefined,
    },
    { engine: 'test', id, name: 'x' },
    new Past(),
    await engine.containers.inspect(id),
    'overview',
  );
  feed.show();
  const all = (): Details[] =>
    posted.flatMap((message) => (message.type === 'details' ? [message.details] : []));
  return {
    posted,
    last: () => all().at(-1)?.inspected as { Name: string; State: { Status: string } } | undefined,
    marks: () =>
      posted.flatMap((message) => (message.type === 'marks' ? message.marks.map(({ kind }) => kind) : [])),
    processes: () => posted.filter(({ type }) => type === 'processes'),
    ready: () => feed.ready(),
    show: () => feed.show(),
    hide: () => feed.hide(),
    choose: (tab: Parameters<DetailsFeed['choose']>[0]) => feed.choose(tab),
    valueAt: (at: unknown) => feed.valueAt(at),
    [Symbol.asyncDispose]: () => {
      feed.dispose();
      engine.dispose();
      return Promise.resolve();
    },
  };
}
