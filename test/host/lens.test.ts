import assert from 'node:assert/strict';
import { commands, TabInputWebview, Uri, window, workspace } from 'vscode';
import { fileAddress } from '../../src/engine/files/fileAddress';
import { layerQuery } from '../../src/engine/lens/layerQuery';
import { ask, BASE, cleanUp, ready, refuses, run, start, until } from './commandsSupport';

const PART = 'host-lens';
const MADE = 'quayside-host/lens:1';

/** The titles of the lenses that are open. */
function lenses(): string[] {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('quayside.lens'))
    .map(({ label }) => label);
}

suite('the image lens', () => {
  let made = '';

  suiteSetup(async () => {
    await ready();
    const id = await start(PART);
    const script = 'echo new > /added; echo changed >> /etc/group; rm /etc/passwd';
    await run('quayside.containers.exec', { id }, { command: ['sh', '-c', script], show: false });
    const options = { reference: MADE, changes: ['ENV LENS=on', 'CMD ["true"]'] };
    ({ id: made } = await run('quayside.containers.commit', { id }, options));
  });
  teardown(() => commands.executeCommand('workbench.action.closeAllEditors'));
  suiteTeardown(async () => {
    await ask('DELETE', `/images/${MADE}?force=1`).catch(() => undefined);
    await cleanUp(PART);
  });

  test('opens on one image, once, and answers its layers', async () => {
    const rows = (await run('quayside.images.layers', { id: MADE })) as { digest: string; size: number }[];
    const { RootFS } = (await ask('GET', `/images/${MADE}/json`)) as { RootFS: { Layers: string[] } };
    assert.deepEqual(rows.map(({ digest }) => digest).filter(Boolean), RootFS.Layers);
    await until('the lens', () => lenses().join() === `Layers: ${MADE}`);
    await run('quayside.images.layers', { id: MADE });
    assert.equal(lenses().length, 1);
    await run('quayside.images.layers', { id: BASE }, { show: false });
    assert.equal(lenses().length, 1);
    await refuses(run('quayside.images.layers', { id: 'qs/nothing' }), 'notFound', /qs\/nothing/);
  });

  test('compares two images: configuration, layers, files', async () => {
    const found = await run('quayside.images.compare', [{ id: BASE }, { id: MADE }], { show: false });
    assert.equal(found?.after, made);
    assert.deepEqual(found.layers, { common: 1, before: 1, after: 2 });
    assert.deepEqual(
      found.config.filter(({ field }) => field !== 'Labels'),
      [
        { field: 'Cmd', name: '', before: '["sh"]', after: '["true"]' },
        { field: 'Env', name: 'LENS', before: '', after: 'on' },
      ],
    );
    const before = 'root:x:0:\nguest:x:1000:\n'.length;
    assert.deepEqual(
      // Without what the engine itself puts into containers.
      found.files.filter(({ path }) => !/^\/(?:dev|run|sbin)\b/.test(path)),
      [
        { kind: 'A', path: '/added', before: 0, after: 4 },
        { kind: 'C', path: '/etc/group', before, after: before + 8 },
        {
          kind: 'D',
          path: '/etc/passwd',
          before: 'root:x:0:0:root:/root:/bin/sh\nguest:x:1000:1000:guest:/home/guest:/bin/sh\n'.length,
          after: 0,
        },
      ],
    );
    assert.equal(lenses().length, 0);
    // The other way round, and shown.
    const back = await run('quayside.images.compare', { id: MADE }, { with: BASE });
    assert.ok(back?.files.some(({ kind, path }) => kind === 'D' && path === '/added'));
    await until('the comparison', () => lenses().join() === `${MADE} ↔ ${BASE}`);
  });

  test('wants two images', async () => {
    await refuses(run('quayside.images.compare', { id: BASE }), 'invalid', /two, not 1/);
    const three = [{ id: BASE }, { id: BASE }, { id: MADE }];
    await refuses(run('quayside.images.compare', three), 'invalid', /two, not 3/);
    await refuses(run('quayside.images.compare', { id: BASE }, { with: 'qs/none' }), 'notFound', /qs\/none/);
  });

  test('a file of a layer that is not there is not found', async () => {
    const address = fileAddress({ kind: 'image', engine: 'default', id: made, path: '/added' });
    const uri = Uri.from({ ...address, query: layerQuery('no/layer.tar') });
    await assert.rejects(
      Promise.resolve(workspace.fs.readFile(uri)),
      /no file "\/added" any more|not found/i,
    );
  });
});
