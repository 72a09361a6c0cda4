import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  commands,
  DataTransfer,
  DataTransferItem,
  env,
  extensions,
  FilePermission,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { QuaysideApi } from '../../src/api';
import { changesOf } from '../../src/engine/files/changeMemory';
import { fileAddress } from '../../src/engine/files/fileAddress';
import { drag, drop } from '../../src/views/files/dragged';
import { FileBranches } from '../../src/views/files/fileBranches';
import type { FileNode, Node } from '../../src/views/nodes';
import { ask, bareImage, cleanUp, ready, refuses, run, start, until } from './commandsSupport';

const PART = 'host-files-commands';
const VOLUME = 'qs-host-files-volume';

let engine = '';
let here = '';

async function inside(id: string, script: string): Promise<string> {
  const ran = await run('quayside.containers.exec', { id }, { command: ['sh', '-c', script], show: false });
  assert.ok(ran && !Array.isArray(ran));
  return ran.stdout;
}

async function made(): Promise<string> {
  const script =
    'mkdir -p /w/sub; echo one >/w/sub/a; echo two >/w/b; echo more >>/etc/group; exec sleep 1000';
  const id = await start(PART, { command: ['sh', '-c', script] });
  await until('the files', async () => (await inside(id, 'cat /etc/group')).includes('more'));
  return id;
}

const fileUri = (id: string, at: string): Uri =>
  Uri.from(fileAddress({ kind: 'container', engine, id, path: at }));

const file = (name: string): string => path.join(here, name);

suite('commands: files of containers', () => {
  suiteSetup(async () => {
    await ready();
    here = mkdtempSync(path.join(tmpdir(), 'quayside-host-files-'));
    engine = extensions.getExtension<QuaysideApi>('quayside.quayside')?.exports.engines.get().name ?? '';
  });
  suiteTeardown(() => rmSync(here, { recursive: true, force: true }));
  teardown(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await cleanUp(PART);
    await ask('DELETE', `/volumes/${VOLUME}`).catch(() => undefined);
  });

  test('made, renamed and deleted, by plain objects', async () => {
    const id = await made();
    const at = (where: string) => ({ id, path: where });
    assert.deepEqual(await run('quayside.files.newFolder', at('/w'), { name: 'new' }), { path: '/w/new' });
    assert.deepEqual(await run('quayside.files.newFile', at('/w/new'), { name: 'x' }), { path: '/w/new/x' });
    await refuses(run('quayside.files.newFile', at('/w/new'), { name: 'x' }), 'conflict', /already/);
    await refuses(run('quayside.files.newFile', at('/w'), { name: '../x' }), 'invalid', /without a slash/);
    await refuses(run('quayside.files.newFile', { id } as never, { name: 'x' }), 'invalid', /"path"/);
    const renamed = await run('quayside.files.rename', at('/w/new/x'), { name: 'y' });
    assert.deepEqual(renamed, { path: '/w/new/y' });
    await refuses(run('quayside.files.delete', at('/w/new')), 'conflict', /not empty/);
    const several = [at('/w/new'), at('/w/../w/b')];
    assert.deepEqual(await run('quayside.files.delete', several, { recursive: true }), {
      done: ['/w/new', '/w/b'],
    });
    assert.equal(await inside(id, 'ls /w'), 'sub\n');
    assert.equal(await run('quayside.files.copyPath', several), '/w/new\n/w/b');
    assert.equal(await env.clipboard.readText(), '/w/new\n/w/b');
  });

  test('renaming and deleting need the container to run, and its own programs; what is missing is said', async () => {
    const stopped = await made();
    await ask('POST', `/containers/${stopped}/kill`);
    const bare = await start(PART, {
      image: await bareImage(),
      command: ['/bin/busybox', 'sleep', '1000'],
      init: false,
    });
    for (const [id, path, said] of [
      [stopped, '/w/b', /is not running\. Start it first\.$/],
      [bare, '/etc/motd', /has no "(rm|mv)".*Open a shell beside it/],
    ] as const) {
      await refuses(run('quayside.files.delete', { id, path }), 'conflict', said);
      await refuses(run('quayside.files.rename', { id, path }, { name: 'other' }), 'conflict', said);
    }
    // That it could not be done has another reason where there are such programs.
    const running = await made();
    await refuses(run('quayside.files.delete', { id: running, path: '/w' }), 'conflict', /not empty/);
  });

  test('a list that is read anew is painted no more than it has changed', async () => {
    const id = await made();
    const engines = extensions.getExtension<QuaysideApi>('quayside.quayside')?.exports.engines;
    assert.ok(engines);
    const painted: Node[] = [];
    const branches = new FileBranches(engines, (nodes) => painted.push(...nodes));
    try {
      const root: FileNode = { kind: 'file', engine, id, path: '/w', as: 'directory' };
      const named = (nodes: readonly Node[]) => nodes.map((node) => ('path' in node ? node.path : node.kind));
      assert.deepEqual(named(await branches.children(root)), ['/w/sub', '/w/b']);
      // The letters may come after the list.
      await changesOf(engines.get().files, id);
      await until('nothing to paint', () => painted.length === 0 || (painted.splice(0), false));
      await workspace.fs.writeFile(fileUri(id, '/w/b'), Buffer.from('another size'));
      await until('the row of the file', () => painted.length > 0);
      assert.deepEqual(named(painted.splice(0)), ['/w/b']);
      await workspace.fs.writeFile(fileUri(id, '/w/c'), Buffer.from('new'));
      await until('the directory', () => named(painted).includes('/w'));
      assert.deepEqual(named(await branches.children(root)), ['/w/sub', '/w/b', '/w/c']);
    } finally {
      branches.dispose();
    }
  });

  test('file names are text in the tree, whatever they hold, and the file is found by them', async () => {
    const names = [
      '<img src=x onerror=alert(1)>',
      '$(bash) [a](command:b)',
      'turned\u202Etxt.exe',
      'esc\x1b[31mred',
    ];
    const id = await made();
    for (const name of names) await inside(id, `printf %s 'is here' > '/w/sub/${name}'`);
    const engines = extensions.getExtension<QuaysideApi>('quayside.quayside')?.exports.engines;
    assert.ok(engines);
    const branches = new FileBranches(engines, () => undefined);
    try {
      const rows = await branches.children({ kind: 'file', engine, id, path: '/w/sub', as: 'directory' });
      const files = rows.filter((node) => node.kind === 'file' && node.path !== '/w/sub/a') as FileNode[];
      assert.deepEqual(files.map(({ path: at }) => at.slice('/w/sub/'.length)).sort(), [...names].sort());
      for (const node of files) {
        const { label, tooltip, resourceUri } = branches.item(node);
        // Neither is Markdown, in which a link or an icon could be.
        assert.ok(typeof label === 'string' && typeof tooltip === 'string');
        // eslint-disable-next-line no-control-regex -- it is what must not be there
        assert.doesNotMatch(`${label} ${tooltip}`, /[\u202e\x1b]/);
        assert.equal(
          Buffer.from(await workspace.fs.readFile(resourceUri ?? fileUri(id, '/'))).toString(),
          'is here',
        );
      }
    } finally {
      branches.dispose();
    }
  });

  test('uploaded and downloaded', async () => {
    const id = await made();
    writeFileSync(file('up.txt'), 'from here');
    const up = { id, path: '/w/sub' };
    const copied = await run('quayside.files.upload', up, { from: file('up.txt') });
    assert.deepEqual(copied, { files: 1, bytes: 9 });
    assert.equal(await inside(id, 'cat /w/sub/up.txt'), 'from here');
    const down = await run('quayside.files.download', [up, { id, path: '/w/b' }], { to: here });
    assert.deepEqual(down, { files: 3, bytes: 17 });
    assert.equal(readFileSync(file('sub/a'), 'utf8'), 'one\n');
    assert.equal(readFileSync(file('b'), 'utf8'), 'two\n');
    const closed = await start(PART, { readOnly: true });
    const onto = run('quayside.files.upload', { id: closed, path: '/w' }, { from: file('up.txt') });
    await refuses(onto, 'notFound', /w/);
    const root = run('quayside.files.upload', { id: closed, path: '/' }, { from: file('up.txt') });
    await refuses(root, 'denied', /has it read-only/);
  });

  test('dragged to this computer, and dropped from it and from another container', async () => {
    const [id, other] = [await made(), await made()];
    const node: FileNode = { kind: 'file', engine, id, path: '/w/b', as: 'file' };
    const out = new DataTransfer();
    drag([node, { ...node, path: '/w/gone', as: 'deleted' }], out);
    const list = (await out.get('text/uri-list')?.asString()) ?? '';
    // What the Explorer does with it.
    await workspace.fs.copy(Uri.parse(list), Uri.file(file('dragged')), { overwrite: true });
    assert.equal(readFileSync(file('dragged'), 'utf8'), 'two\n');

    writeFileSync(file('dropped'), 'dropped');
    const into = new DataTransfer();
    into.set('text/uri-list', new DataTransferItem(`${Uri.file(file('dropped')).toString()}\r\n${list}`));
    await drop({ kind: 'file', engine, id: other, path: '/w/sub', as: 'directory' }, into);
    await until('both', async () => (await inside(other, 'cat /w/sub/dropped /w/sub/b')) === 'droppedtwo\n');
    await drop({ kind: 'image', engine, id: 'x', imageId: 'x' }, into);
  });

  test('a path is gone to, and a file is compared with its image', async () => {
    const id = await made();
    assert.deepEqual(await run('quayside.files.goToPath', { id }, { path: '/etc/../etc/group' }), {
      path: '/etc/group',
      directory: false,
    });
    await until('the editor', () => window.activeTextEditor?.document.getText().includes('more'));
    await refuses(run('quayside.files.goToPath', { id }, { path: '/none' }), 'notFound', /none/);

    const compared = await run('quayside.files.compareWithImage', { id, path: '/etc/group' });
    const input = await until('the comparison', () => {
      const found = window.tabGroups.activeTabGroup.activeTab?.input;
      return found instanceof TabInputTextDiff && found;
    });
    assert.equal(input.original.toString(), compared.image);
    const [image, now] = [input.original, input.modified].map((uri) => workspace.fs.readFile(uri));
    assert.ok(
      !Buffer.from((await image) ?? [])
        .toString()
        .includes('more'),
    );
    assert.ok(
      Buffer.from((await now) ?? [])
        .toString()
        .includes('more'),
    );
    const added = run('quayside.files.compareWithImage', { id, path: '/w/b' });
    await refuses(added, 'notFound', /was added in the container/);
    await until('the end of the helper', async () => {
      const filters = encodeURIComponent(JSON.stringify({ label: ['dev.quayside.helper'] }));
      return ((await ask('GET', `/containers/json?all=1&filters=${filters}`)) as unknown[]).length === 0;
    });
  });

  test('the files of a volume are there for reading', async () => {
    await run('quayside.volumes.create', { name: VOLUME, labels: { 'dev.quayside.test': PART } });
    const id = await start(PART, { volumes: [`${VOLUME}:/data`] });
    await inside(id, 'mkdir /data/sub; echo kept >/data/sub/file');
    const uri = Uri.from(fileAddress({ kind: 'volume', engine, id: VOLUME, path: '/sub/file' }));
    assert.equal(Buffer.from(await workspace.fs.readFile(uri)).toString(), 'kept\n');
    assert.deepEqual(await workspace.fs.readDirectory(Uri.joinPath(uri, '..')), [['file', 1]]);
    assert.equal((await workspace.fs.stat(uri)).permissions, FilePermission.Readonly);
    await assert.rejects(Promise.resolve(workspace.fs.writeFile(uri, Buffer.from('x'))), /read/);
  });
});
