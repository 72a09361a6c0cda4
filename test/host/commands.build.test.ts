import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { commands, DiagnosticSeverity, languages, Uri, window } from 'vscode';
import type { BuildError } from '../../src/engine/build/failure';
import { ask, BASE, ready, refuses, run, until } from './commandsSupport';

const PART = 'host-build';
const labels = { 'dev.quayside.test': PART };
const FAILS = `FROM ${BASE}\nLABEL dev.quayside.test=${PART}\n\nRUN echo before && \\\n  exit 3\n`;
const BUILDS = FAILS.replace('exit 3', 'echo after');

suite('commands: build', () => {
  let folder: string;

  suiteSetup(ready);

  setup(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-host-build-'));
  });

  teardown(async () => {
    for (const terminal of window.terminals) terminal.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
    const filters = encodeURIComponent(JSON.stringify({ label: [`dev.quayside.test=${PART}`] }));
    const found = (await ask('GET', `/images/json?filters=${filters}`)) as { Id: string }[];
    for (const { Id } of found) await ask('DELETE', `/images/${Id}?force=1`);
  });

  const write = (text: string): Uri => {
    const file = path.join(folder, 'Dockerfile');
    fs.writeFileSync(file, text);
    return Uri.file(file);
  };
  const idOf = async (name: string): Promise<string> =>
    ((await ask('GET', `/images/${name}/json`)) as { Id: string }).Id;

  test('answers the id, and opens nothing', async () => {
    write(`FROM ${BASE}\nARG WHO\nRUN echo $WHO > /who\n`);
    const tags = ['quayside-host/build:1'];
    const built = await run('quayside.images.build', {
      context: folder,
      tags,
      labels,
      buildArgs: { WHO: 'me' },
    });
    assert.deepEqual(built, { id: await idOf('quayside-host/build:1') });
    assert.equal(window.terminals.length, 0);
  });

  test('a step that fails is told with its lines', async () => {
    const file = write(FAILS);
    const failing = run('quayside.images.build', { context: folder });
    await refuses(failing, 'invalid', /^Step 3\/3 "RUN echo before && exit 3" failed: .* exit code 3/);
    await assert.rejects(failing, ({ line, endLine }: BuildError) => line === 4 && endLine === 5);
    assert.equal(window.terminals.length, 0);
    assert.deepEqual(languages.getDiagnostics(file), []);
  });

  test('without a context says so', async () => {
    const nothing = run('quayside.images.build', {} as { context: string });
    await refuses(nothing, 'invalid', /"context" is missing/);
  });

  test('tells what would be sent, and what is left out', async () => {
    write(BUILDS);
    fs.writeFileSync(path.join(folder, '.dockerignore'), 'left\n');
    for (const [name, size] of Object.entries({ 'left/a': 5000, 'kept/b': 2500 })) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), 'x'.repeat(size));
    }
    const summary = await run('quayside.images.buildContext', { context: folder });
    assert.equal(window.activeTextEditor, undefined);
    assert.equal(summary.files, 3);
    assert.deepEqual(summary.largest[0], { path: 'kept/b', bytes: 2500 });
    assert.deepEqual(summary.ignoredBy, [{ pattern: 'left', files: 1, bytes: 5000 }]);

    await commands.executeCommand('quayside.images.buildContext', Uri.file(folder));
    const document = await until('the document', () => window.activeTextEditor?.document);
    const text = document.getText();
    for (const part of [/3 files, 2\.\d+ kB/, /2\.50 kB +kept\/b/, /5\.00 kB +1 +left/])
      assert.match(text, part);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await refuses(
      run('quayside.images.buildContext', { context: path.join(folder, 'nowhere') }),
      'notFound',
      /nowhere/,
    );
  });

  test('from a file it asks how, shows the log, and marks what failed', async () => {
    const file = write(FAILS);
    const tag = `${path.basename(folder).toLowerCase()}:latest`;
    await answered(commands.executeCommand('quayside.images.build', file));
    const [problem, ...others] = languages.getDiagnostics(file);
    assert.deepEqual(others, []);
    assert.equal(problem?.severity, DiagnosticSeverity.Error);
    assert.match(problem.message, /exit code 3/);
    assert.deepEqual([problem.range.start.line, problem.range.end.line], [3, 4]);
    assert.deepEqual(
      window.terminals.map(({ name }) => name),
      [`Build: ${tag}`],
    );

    // The next one takes its place, with the tag it had.
    write(BUILDS);
    const built = await answered(commands.executeCommand<{ id: string }>('quayside.images.build', file));
    assert.equal(built.id, await idOf(tag));
    assert.deepEqual(languages.getDiagnostics(file), []);
    await until('one terminal', () => window.terminals.length === 1);
  });
});

/** Takes what is proposed, as soon as it is asked. */
async function answered<T>(running: Thenable<T>): Promise<T> {
  let opened = false;
  const opening = window.onDidOpenTerminal(() => (opened = true));
  await until('a terminal for the answer', async () => {
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return opened;
  });
  opening.dispose();
  return running;
}
