import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CancellationTokenSource,
  commands,
  extensions,
  MarkdownString,
  TreeItem,
  type Memento,
  type TreeView,
} from 'vscode';
import { api } from '../../scripts/rig/engineApi.mjs';
import { startProxy, type RigProxy } from '../../scripts/rig/proxy.mjs';
import type { QuaysideApi } from '../../src/api';
import type { Engines } from '../../src/engine/engines';
import { containersView } from '../../src/views/containersView';
import { EngineFacts } from '../../src/views/engineFacts';
import { parseFilter } from '../../src/views/filter';
import type { LiveTree } from '../../src/views/liveTree';
import { nodeId, type Node } from '../../src/views/nodes';
import { ask, BASE, cleanUp, ready, run, until } from './commandsSupport';
import { engineHost, engineIsShared, target } from './support';

const PART = 'host-views';
const ENGINE = 'host-views';

/** The Containers view as the editor sees it, over an engine whose connection can be watched and cut. */
suite('views', () => {
  let proxy: RigProxy;
  let engines: Engines;
  let tree: LiveTree;
  let view: TreeView<Node>;
  let folder: string;
  let repaints = 0;

  suiteSetup(async () => {
    await ready();
    await cleanUp(PART);
    folder = mkdtempSync(path.join(tmpdir(), 'quayside-views-'));
    const socket = path.join(folder, 'docker.sock');
    proxy = await startProxy(target(), socket);
    await run('quayside.engines.add', { name: ENGINE, host: `unix://${socket}` });
    await run('quayside.engines.use', { name: ENGINE });
    engines = extensions.getExtension<QuaysideApi>('quayside.quayside')?.exports.engines ?? assert.fail();
    // From here on the view is the tests', and the extension's own is not seen any more.
    tree = containersView({
      engines,
      state: forgetful(),
      facts: new EngineFacts(),
      look: () => ({ filter: parseFilter(`label:dev.quayside.test=${PART}`), groupBy: 'compose' }),
      describe: () => '',
    });
    view = tree.view;
    tree.onDidChangeTreeData(() => repaints++);
    await commands.executeCommand('quayside.containers.focus');
    await until('the view', () => view.visible);
  });

  suiteTeardown(async () => {
    tree.dispose();
    await run('quayside.engines.use', { name: [] });
    await run('quayside.engines.forget', { name: ENGINE });
    await proxy.down();
    rmSync(folder, { recursive: true, force: true });
    await cleanUp(PART);
  });

  teardown(() => cleanUp(PART));

  async function create(name: string, more: object = {}): Promise<string> {
    const body = { Image: BASE, Cmd: ['sleep', '1000'], HostConfig: { Init: true }, ...more };
    const json = { ...body, Labels: { 'dev.quayside.test': PART, ...(more as { Labels?: object }).Labels } };
    const { Id } = (await api(engineHost, 'POST', `/containers/create?name=${name}`, { json })) as {
      Id: string;
    };
    return Id;
  }

  /** The row of a container, as the editor would draw it now. */
  async function row(id: string): Promise<{ node: Node; item: TreeItem } | undefined> {
    const engine = engines.get().name;
    const node = (await everyNode()).find((one) => one.kind === 'container' && one.id === id);
    return node?.engine === engine ? { node, item: tree.getTreeItem(node) } : undefined;
  }

  async function everyNode(): Promise<Node[]> {
    const roots = await tree.getChildren();
    return [...roots, ...(await Promise.all(roots.map((root) => tree.getChildren(root)))).flat()];
  }

  /** Nothing was asked since; on an engine that others use too, their events pass by the same way. */
  function assertSilent(passed: number): void {
    if (!engineIsShared) assert.equal(proxy.bytes(), passed);
  }

  const rowThat = (id: string, contextValue: RegExp): Promise<{ node: Node; item: TreeItem }> =>
    until(`a row that is ${contextValue.source}`, async () => {
      const found = await row(id);
      return found && contextValue.test(found.item.contextValue ?? '') && found;
    });

  test('a container made outside is there, and what becomes of it is painted on the same row', async () => {
    const id = await create('qs-views-one', { Labels: { 'com.docker.compose.project': 'qs-views' } });
    const { node, item } = await rowThat(id, /^container;created;compose$/);
    assert.equal(item.id, nodeId(node));
    await ask('POST', `/containers/${id}/start`);
    const running = await rowThat(id, /^container;running;/);
    await ask('POST', `/containers/${id}/stop?t=0`);
    const stopped = await rowThat(id, /^container;exited;/);
    assert.equal(running.node, node);
    assert.equal(stopped.node, node);
    assert.equal(stopped.item.id, item.id);
    assert.match(String(stopped.item.description), /^Exited \(\d+\) .* ago · quayside-host\/base:latest$/);
  });

  test('selected rows stay selected through stop and start', async () => {
    const [one, two] = [await create('qs-views-a'), await create('qs-views-b')];
    await ask('POST', `/containers/${one}/start`);
    const { node } = await rowThat(one, /^container;running;/);
    await rowThat(two, /^container;created;/);
    await view.reveal(node, { select: true, focus: true });
    await until('the selection', () => view.selection.includes(node));
    await ask('POST', `/containers/${one}/stop?t=0`);
    await rowThat(one, /^container;exited;/);
    assert.deepEqual(view.selection.map(nodeId), [nodeId(node)]);
    // Another row goes: everything is painted, and still the same row is selected.
    await ask('DELETE', `/containers/${two}`);
    await until('its row to go', async () => !(await row(two)));
    await ask('POST', `/containers/${one}/start`);
    await rowThat(one, /^container;running;/);
    assert.deepEqual(view.selection.map(nodeId), [nodeId(node)]);
  });

  test('a burst of 200 events is painted at most five times', async () => {
    const ids = await Promise.all(
      Array.from({ length: 10 }, (_, index) => create(`qs-views-burst-${index}`)),
    );
    await until('all rows', async () => (await Promise.all(ids.map(row))).every(Boolean));
    repaints = 0;
    await Promise.all(
      ids.map(async (id, index) => {
        for (let turn = 1; turn <= 20; turn++) {
          await ask('POST', `/containers/${id}/rename?name=qs-views-burst-${index}-${turn}`);
        }
      }),
    );
    await until('the last names', async () =>
      (await Promise.all(ids.map(row))).every((found) => /-20$/.test(labelOf(found?.item))),
    );
    assert.ok(repaints >= 1 && repaints <= 5, `${repaints} repaints`);
  });

  test('the status is what docker ps says, and grows older without a request', async () => {
    const id = await create('qs-views-status');
    await ask('POST', `/containers/${id}/start`);
    const { node } = await rowThat(id, /^container;running;/);
    const filters = encodeURIComponent(JSON.stringify({ id: [id] }));
    await until('the same words', async () => {
      const [listed] = (await ask('GET', `/containers/json?filters=${filters}`)) as { Status: string }[];
      return String(tree.getTreeItem(node).description).split(' · ')[0] === listed?.Status;
    });
    const passed = proxy.bytes();
    const before = String(tree.getTreeItem(node).description);
    repaints = 0;
    await until('an older age', () => String(tree.getTreeItem(node).description) !== before);
    assert.ok(repaints > 0, 'the editor was told');
    assertSilent(passed);
  });

  test('a hover asks the engine nothing, and nothing of a container becomes markup', async () => {
    const evil = '**bold** [x](command:workbench.action.quit) <img src=x> $(trash)\n\n# \u202eheading';
    const id = await create('qs-views-evil', {
      Labels: { evil, long: 'x'.repeat(20_000) },
      ExposedPorts: { '80/tcp': {} },
      HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
    });
    await ask('POST', `/containers/${id}/start`);
    const { node } = await rowThat(id, /^container;running;web$/);
    const passed = proxy.bytes();
    const { token } = new CancellationTokenSource();
    const { tooltip } = await tree.resolveTreeItem(tree.getTreeItem(node), node, token);
    assertSilent(passed);
    assert.ok(tooltip instanceof MarkdownString);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
    assert.match(tooltip.value, /\[127\\\.0\\\.0\\\.1\\:\d+ → 80\\\/tcp\]\(http:\/\/localhost:\d+\)/);
    assert.ok(tooltip.value.includes('\\*\\*bold\\*\\* \\[x\\]\\(command\\:workbench\\.action\\.quit\\)'));
    assert.ok(!/[<\u202e]/.test(tooltip.value.replaceAll('\\<', '')) && tooltip.value.length < 3000);
    await ask('POST', `/containers/${id}/kill`);
  });

  test('an engine that goes leaves no rows, and its rows come back with it', async () => {
    const id = await create('qs-views-back');
    const { node } = await rowThat(id, /^container;created;/);
    await proxy.down();
    await until('the engine to be missed', () => engines.get().model.state.kind === 'unavailable');
    assert.deepEqual(await tree.getChildren(), []);
    await proxy.up();
    const { node: again } = await rowThat(id, /^container;created;/);
    assert.equal(nodeId(again), nodeId(node));
  });

  test('every command that an empty view offers exists', async () => {
    const manifest = extensions.getExtension('quayside.quayside')?.packageJSON as {
      contributes: { viewsWelcome: { contents: string }[] };
    };
    const texts = manifest.contributes.viewsWelcome.map(({ contents }) => contents);
    const offered = texts.flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)/g)].map(([, id = '']) => id),
    );
    assert.ok(offered.length > texts.length);
    const known = new Set(await commands.getCommands(true));
    assert.deepEqual(
      [...new Set(offered)].filter((id) => !known.has(id)),
      [],
    );
  });
});

function labelOf(item: TreeItem | undefined): string {
  return typeof item?.label === 'string' ? item.label : '';
}

/** Keeps nothing. */
function forgetful(): Memento {
  return {
    keys: () => [],
    get: <T>(_key: string, fallback?: T) => fallback as T,
    update: () => Promise.resolve(),
  };
}
