import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { commands, Position, Uri, window, workspace, type CodeLens, type CompletionList } from 'vscode';
import { HELPER_LABEL } from '../../src/engine/helper';
import { ask, BASE, ready, run, until } from './commandsSupport';
import { engineHost, registry, skipBecause } from './support';

const IMAGE = 'quayside-host/inside:1';

suite('Dockerfiles and what the engine has', () => {
  let folder: string;
  let files = 0;

  suiteSetup(async function () {
    await ready();
    if (engineHost === '') skipBecause(this, 'no engine');
    folder = await mkdtemp(path.join(os.tmpdir(), 'quayside-inside-'));
    const lines = [
      `FROM ${BASE}`,
      'RUN mkdir -p /etc /srv/kept && echo "keeper:x:7:7::/:/bin/sh" > /etc/passwd && echo "keepers:x:7:" > /etc/group',
      'RUN touch "/srv/kept/a file" /srv/kept/plain.txt && ln -s kept /srv/link',
    ];
    await writeFile(path.join(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
    await run('quayside.images.build', { context: folder, tags: [IMAGE] });
  });
  teardown(() => commands.executeCommand('workbench.action.closeAllEditors'));
  suiteTeardown(async () => {
    await run('quayside.images.remove', { id: IMAGE }, { force: true });
    await rm(folder, { recursive: true, force: true });
  });

  /** What is offered at the `|`, until it has all of what is wanted: the engine may take longer than one is willing to wait. */
  async function offers(marked: string, wanted: readonly string[]): Promise<string[]> {
    const file = path.join(folder, `inside.${(files += 1)}.dockerfile`);
    const offset = marked.indexOf('|');
    await writeFile(file, marked.replace('|', ''));
    const document = await workspace.openTextDocument(Uri.file(file));
    await window.showTextDocument(document);
    const place = document.positionAt(offset);
    return until(`${wanted.join(', ')} at ${marked}`, async () => {
      const labels = await offered(document.uri, place);
      return wanted.every((label) => labels.includes(label)) && labels;
    });
  }

  test('the accounts of the base image are offered, users and groups', async () => {
    const users = await offers(`FROM ${IMAGE}\nUSER |\n`, ['keeper', 'root']);
    assert.ok(!users.includes('keepers'));
    await offers(`FROM ${IMAGE} AS a\nFROM a\nCOPY --chown=keeper:|\n`, ['keepers']);
  });

  test('paths in the base image are offered, as far as they are written', async () => {
    const below = await offers(`FROM ${IMAGE}\nCOPY x /srv/|\n`, ['/srv/kept/', '/srv/link/']);
    assert.ok(!below.includes('/etc/'), below.join());
    const there = await offers(`FROM scratch\nCOPY --from=${IMAGE} /srv/kept/|\n`, ['/srv/kept/plain.txt']);
    assert.ok(!there.some((label) => label.includes('a file')), 'COPY cannot name a path with a blank');
    await offers(`FROM ${IMAGE}\nRUN --mount=type=bind,from=${IMAGE},source=/srv/|\n`, ['/srv/kept/']);
    const folders = await offers(`FROM ${IMAGE}\nWORKDIR /srv/kept|\n`, ['/srv/kept/']);
    assert.ok(!folders.includes('/srv/kept/plain.txt'));
  });

  test('what the engine is looked into with is gone soon after', async () => {
    await offers(`FROM ${IMAGE}\nUSER |\n`, ['keeper']);
    await until('no helper', async () => {
      const filters = encodeURIComponent(JSON.stringify({ label: [`${HELPER_LABEL}=image`] }));
      return ((await ask('GET', `/containers/json?all=1&filters=${filters}`)) as unknown[]).length === 0;
    });
  });

  test('tags of a registry are offered when a name begins with it', async function () {
    if (registry === undefined) skipBecause(this, 'there is no registry');
    await offers(`FROM ${registry}/diamol/base:|\n`, [`${registry}/diamol/base:latest`]);
  });

  test('a shell is opened in what a stage makes', async () => {
    const file = path.join(folder, 'stages.dockerfile');
    const text = `FROM ${BASE} AS one\nENV HERE=one\nFROM one\nENV HERE=two\nENTRYPOINT ["/nothing"]\n`;
    await writeFile(file, text);
    const document = await workspace.openTextDocument(Uri.file(file));
    await window.showTextDocument(document);
    const lenses = async (): Promise<CodeLens[]> =>
      (await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri)).filter(
        ({ command }) => command?.title === 'Shell into',
      );
    await until('a link above each stage', async () => (await lenses()).length === 2);
    for (const [at, wanted] of [
      [0, 'one'],
      [1, 'two'],
    ] as const) {
      const [options] = (await lenses())[at]?.command?.arguments as [{ context: string; dockerfile: string }];
      const { id } = await run('quayside.images.stageShell', { ...options, show: false });
      const { Config, State } = await until('the container', async () => {
        const found = (await ask('GET', `/containers/${id}/json`)) as Inspected;
        return found.State.Running && found;
      });
      assert.ok(Config.Env.includes(`HERE=${wanted}`), Config.Env.join());
      assert.deepEqual([Config.Entrypoint, Config.Tty, State.Running], [['sh'], true, true]);
      await ask('DELETE', `/containers/${id}?force=1`);
      await ask('DELETE', `/images/${(await imageOf(Config.Image)) ?? ''}?force=1`).catch(() => undefined);
    }
    for (const terminal of window.terminals) terminal.dispose();
  });
});

interface Inspected {
  readonly Config: {
    readonly Env: string[];
    readonly Entrypoint: string[];
    readonly Tty: boolean;
    readonly Image: string;
  };
  readonly State: { readonly Running: boolean };
}

const imageOf = async (name: string): Promise<string | undefined> =>
  ((await ask('GET', `/images/${name}/json`)) as { Id?: string }).Id;

async function offered(uri: Uri, position: Position): Promise<string[]> {
  const { items } = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}
