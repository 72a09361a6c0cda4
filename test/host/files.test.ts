import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  commands,
  extensions,
  FilePermission,
  FileType,
  Position,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type FileSystemError,
  type TextDocument,
} from 'vscode';
import { startProxy } from '../../scripts/rig/proxy.mjs';
import type { QuaysideApi } from '../../src/api';
import { fileAddress } from '../../src/engine/files/fileAddress';
import { ask, bareImage, cleanUp, ready, run, start, until } from './commandsSupport';
import { target } from './support';

const PART = 'host-files';

const SCRIPT = `mkdir -p /w/sub; cd /w; printf content >file; chown 7:8 file; chmod 640 file; ln -s sub soft
ln -s /nowhere broken; printf x >"$(printf 'new\\nline')"; printf '\\0\\1\\2' >binary; mkfifo pipe; exec sleep 1000`;

let engine = '';

function uri(id: string, path: string): Uri {
  return Uri.from(fileAddress({ kind: 'container', engine, id, path }));
}

async function inside(id: string, script: string): Promise<string> {
  const ran = await run('quayside.containers.exec', { id }, { command: ['sh', '-c', script], show: false });
  assert.ok(ran && !Array.isArray(ran));
  assert.equal(ran.exitCode, 0, ran.stderr);
  return ran.stdout;
}

async function made(): Promise<string> {
  const id = await start(PART, { command: ['sh', '-c', SCRIPT] });
  await until('the files', async () => (await inside(id, 'ls /w')).includes('pipe'));
  return id;
}

async function content(at: Uri): Promise<string> {
  return Buffer.from(await workspace.fs.readFile(at)).toString('utf8');
}

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** It fails as the editor knows it, with a sentence of ours. */
async function fails(work: Thenable<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(Promise.resolve(work), (error: FileSystemError) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
}

async function type(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(0, 0), text);
  assert.ok(await workspace.applyEdit(edit));
  assert.ok(document.isDirty);
}

suite('files of containers', () => {
  suiteSetup(async () => {
    await ready();
    const exported = extensions.getExtension<QuaysideApi>('quayside.quayside')?.exports;
    engine = exported?.engines.get().name ?? assert.fail();
  });
  teardown(async () => {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await cleanUp(PART);
  });

  test('a running container: listed, read, written with owner and mode kept', async () => {
    const id = await made();
    const found = new Map(await workspace.fs.readDirectory(uri(id, '/w')));
    assert.deepEqual(Object.fromEntries(found), {
      binary: FileType.File,
      broken: FileType.SymbolicLink,
      file: FileType.File,
      'new␛0Aline': FileType.File,
      pipe: FileType.Unknown,
      soft: FileType.SymbolicLink | FileType.Directory,
      sub: FileType.Directory,
    });
    assert.equal(await content(Uri.joinPath(uri(id, '/w'), 'new␛0Aline')), 'x', 'by the name it was listed');
    const file = uri(id, '/w/file');
    const { size, type: is, mtime, permissions } = await workspace.fs.stat(file);
    assert.deepEqual([size, is, permissions], [7, FileType.File, undefined]);
    assert.ok(Math.abs(Date.now() - mtime) < 60_000);

    const document = await workspace.openTextDocument(file);
    assert.equal(document.getText(), 'content');
    await type(document, 'edited ');
    assert.ok(await document.save());
    assert.equal(await inside(id, 'cat /w/file; stat -c " %u:%g %a" /w/file'), 'edited content 7:8 640\n');
    await fails(workspace.fs.readFile(uri(id, '/w/none')), 'FileNotFound', /none/);
    await fails(workspace.fs.readFile(uri(id, '/w/pipe')), 'Unavailable', /not a usual file/);
  });

  test('made, renamed, copied, deleted', async () => {
    const id = await made();
    await workspace.fs.createDirectory(uri(id, '/w/new'));
    await workspace.fs.writeFile(uri(id, '/w/new/a'), bytes('a'));
    await workspace.fs.rename(uri(id, '/w/new/a'), uri(id, '/w/new/b'));
    await workspace.fs.copy(uri(id, '/w/new/b'), uri(id, '/w/sub/c'));
    await workspace.fs.copy(uri(id, '/w/new'), uri(id, '/w/twin'));
    await fails(workspace.fs.rename(uri(id, '/w/new/b'), uri(id, '/w/file')), 'FileExists', /./);
    assert.equal(await inside(id, 'cd /w; ls new twin; cat sub/c'), 'new:\nb\n\ntwin:\nb\na');
    await workspace.fs.delete(uri(id, '/w/new'), { recursive: true });
    assert.equal(await inside(id, 'ls /w | grep -c new'), '1\n', 'only the name with the line end is left');
  });

  test('a stopped container', async () => {
    const id = await made();
    await ask('POST', `/containers/${id}/kill`);
    const names = (await workspace.fs.readDirectory(uri(id, '/w'))).map(([name]) => name);
    assert.ok(names.includes('file') && names.includes('new␛0Aline'), names.join());
    await workspace.fs.writeFile(uri(id, '/w/file'), bytes('while stopped'));
    await workspace.fs.writeFile(uri(id, '/w/sub/more'), bytes('more'));
    await fails(workspace.fs.delete(uri(id, '/w/file')), 'Unavailable', /Start it first/);
    await ask('POST', `/containers/${id}/start`);
    // Its command begins anew and writes the file again, but not the other.
    assert.equal(await inside(id, 'cat /w/sub/more; stat -c " %u:%g %a" /w/file'), 'more 7:8 640\n');
  });

  test('a container that has nothing but its program', async () => {
    const id = await start(PART, {
      image: await bareImage(),
      command: ['/bin/busybox', 'sleep', '1000'],
      init: false,
    });
    assert.deepEqual(
      await workspace.fs
        .readDirectory(uri(id, '/etc'))
        .then((all) => all.filter(([name]) => /motd|link/.test(name)).sort()),
      [
        ['link', FileType.SymbolicLink | FileType.File],
        ['motd', FileType.File],
      ],
    );
    const document = await workspace.openTextDocument(uri(id, '/etc/link'));
    await type(document, 'not ');
    assert.ok(await document.save());
    assert.equal(await content(uri(id, '/etc/motd')), 'not bare', 'through the link');
    const root = (await workspace.fs.readDirectory(uri(id, '/'))).map(([name]) => name);
    assert.ok(root.includes('bin') && root.includes('etc'), root.join());
    await fails(workspace.fs.delete(uri(id, '/etc/motd')), 'Unavailable', /has no "rm"/);
  });

  test('read-only containers and mounts take nothing', async () => {
    const id = await start(PART, { readOnly: true, volumes: ['/data'] });
    assert.equal((await workspace.fs.stat(uri(id, '/bin'))).permissions, FilePermission.Readonly);
    await fails(workspace.fs.writeFile(uri(id, '/new'), bytes('x')), 'NoPermissions', /has it read-only/);
    await fails(workspace.fs.createDirectory(uri(id, '/new')), 'NoPermissions', /has it read-only/);
    await workspace.fs.writeFile(uri(id, '/data/new'), bytes('volume'));
    assert.equal(await inside(id, 'cat /data/new'), 'volume');
  });

  test('what changed meanwhile is not overwritten, and the edit stays', async () => {
    const id = await made();
    for (const [name, other] of [
      ['a', 'another size'],
      ['b', 'CONTENT'],
    ] as const) {
      await inside(id, `printf content >/w/${name}`);
      const document = await workspace.openTextDocument(uri(id, `/w/${name}`));
      await window.showTextDocument(document);
      assert.equal(document.getText(), 'content');
      await type(document, 'mine ');
      // As long as nobody can take its time for the same.
      await inside(id, `sleep 0.05; printf '${other}' >/w/${name}`);
      assert.equal(await document.save(), false, other);
      assert.equal(await inside(id, `cat /w/${name}`), other);
      assert.ok(document.isDirty);
      assert.equal(document.getText(), 'mine content');
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  test('a container that goes takes no edit along', async () => {
    // Unlike the others' script this one leaves the file alone when it is started again, beside a save.
    const id = await start(PART, {
      command: ['sh', '-c', 'mkdir -p /w; [ -e /w/file ] || printf content >/w/file; exec sleep 1000'],
    });
    await until('the file', async () => (await inside(id, 'cat /w/file || true')) === 'content');
    const document = await workspace.openTextDocument(uri(id, '/w/file'));
    await window.showTextDocument(document);
    await type(document, 'kept ');
    await ask('POST', `/containers/${id}/restart?t=0`);
    // What the restart makes the editor look at again may come between; the edit waits for the next save.
    await until('it to be there again', async () => document.save());
    assert.equal(await inside(id, 'cat /w/file'), 'kept content');
    await type(document, 'and ');
    await ask('DELETE', `/containers/${id}?force=1`);
    assert.equal(await document.save(), false);
    assert.ok(document.isDirty);
    assert.equal(document.getText(), 'and kept content');
    await fails(workspace.fs.stat(uri(id, '/w/file')), 'Unavailable', /no longer there/);
    await fails(workspace.fs.readDirectory(uri('f'.repeat(64), '/')), 'Unavailable', /no longer there/);
  });

  test('an engine that is away keeps no edit from being saved later', async () => {
    const id = await made();
    const folder = mkdtempSync(path.join(tmpdir(), 'quayside-files-'));
    const socket = path.join(folder, 'docker.sock');
    const proxy = await startProxy(target(), socket);
    try {
      await run('quayside.engines.add', { name: 'Files, far', host: `unix://${socket}` });
      const at = { kind: 'container', engine: 'Files, far', id, path: '/w/file' } as const;
      const document = await workspace.openTextDocument(Uri.from(fileAddress(at)));
      await window.showTextDocument(document);
      await type(document, 'late ');
      await proxy.down();
      assert.equal(await document.save(), false);
      await fails(workspace.fs.stat(document.uri), 'Unavailable', /./);
      assert.ok(document.isDirty);
      await proxy.up();
      assert.ok(await document.save());
      assert.equal(await inside(id, 'cat /w/file'), 'late content');
    } finally {
      await proxy.down();
      await run('quayside.engines.forget', { name: 'Files, far' });
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('a file that only processes see says so', async () => {
    const id = await made();
    assert.ok((await workspace.fs.readDirectory(uri(id, '/proc'))).some(([name]) => name === 'version'));
    await fails(workspace.fs.stat(uri(id, '/proc/version')), 'NoPermissions', /in memory only/);
    await fails(workspace.fs.writeFile(uri(id, '/dev/shm/x'), bytes('x')), 'NoPermissions', /in memory only/);
  });

  test('a file that is too large says so', async () => {
    const id = await made();
    await inside(id, 'dd if=/dev/zero of=/w/large bs=1M count=0 seek=65 2>/dev/null');
    await fails(workspace.fs.readFile(uri(id, '/w/large')), 'Unavailable', /Download it instead/);
    assert.deepEqual([...(await workspace.fs.readFile(uri(id, '/w/binary')))], [0, 1, 2]);
  });
});
