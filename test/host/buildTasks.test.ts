import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { DiagnosticSeverity, languages, tasks, Uri, window, workspace, type Task } from 'vscode';
import { ask, BASE, ready, until } from './commandsSupport';

const PART = 'host-tasks';
const TAG = 'quayside-host/task:1';

const DOCKERFILE = `FROM ${BASE} AS tools
LABEL dev.quayside.test=${PART}
ARG WHO=nobody
RUN echo "hello $WHO" > /who && \\
  test "$WHO" != wrong
FROM tools
RUN sleep 600
`;

suite('tasks: build', () => {
  let root: string;
  let folder: string;

  suiteSetup(ready);

  setup(() => {
    root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    folder = fs.mkdtempSync(path.join(root, 'task-'));
    fs.writeFileSync(path.join(folder, 'Dockerfile'), DOCKERFILE);
  });

  teardown(async () => {
    for (const { name } of tasks.taskExecutions.map(({ task }) => task)) assert.fail(`${name} still runs`);
    for (const terminal of window.terminals) terminal.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
    fs.rmSync(path.join(root, '.vscode'), { recursive: true, force: true });
    for (const { Id } of await labelled('images'))
      // An image goes with the last that is made of it.
      await ask('DELETE', `/images/${Id}?force=1`).catch(() => undefined);
  });

  const labelled = (kind: string): Promise<{ Id: string; Command?: string }[]> => {
    const filters = encodeURIComponent(JSON.stringify({ label: [`dev.quayside.test=${PART}`] }));
    return ask('GET', `/${kind}/json?all=1&filters=${filters}`) as Promise<
      { Id: string; Command?: string }[]
    >;
  };
  /** Those of tasks.json, by their labels, and those that are provided. */
  const written = async (...found: Record<string, unknown>[]): Promise<(name: string) => Task> => {
    const file = path.join(root, '.vscode/tasks.json');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const all = found.map((one) => ({ type: 'quayside-build', ...one }));
    fs.writeFileSync(file, JSON.stringify({ version: '2.0.0', tasks: all }));
    const names = found.map(({ label }) => label);
    // The editor hears of the file a moment later.
    const list = await until('the tasks of tasks.json', async () => {
      const there = await tasks.fetchTasks({ type: 'quayside-build' });
      return names.every((name) => there.some((task) => task.name === name)) && there;
    });
    return (name) => list.find((task) => task.name === name) ?? assert.fail(`no task ${name}`);
  };
  /** Runs it to its end, and answers its exit code. */
  const exitOf = async (task: Task): Promise<number | undefined> => {
    let code: number | undefined;
    let over = false;
    const ending = tasks.onDidEndTaskProcess((event) => {
      if (event.execution.task.name !== task.name) return;
      code = event.exitCode;
      over = true;
    });
    await tasks.executeTask(task);
    await until(`the end of ${task.name}`, () => over && tasks.taskExecutions.length === 0);
    ending.dispose();
    return code;
  };

  test('each Dockerfile of the workspace has one', async () => {
    const name = `${path.basename(folder)}/Dockerfile`;
    const task = await until('the task', async () =>
      (await tasks.fetchTasks({ type: 'quayside-build' })).find((one) => one.name === name),
    );
    assert.deepEqual(task.definition, { type: 'quayside-build', dockerfile: name });
    assert.equal(task.group?.id, 'build');
  });

  test('one of tasks.json builds as it says', async () => {
    const at = path.basename(folder);
    const take = await written({
      label: 'good',
      dockerfile: `${at}/Dockerfile`,
      context: `\${workspaceFolder}/${at}`,
      tags: [TAG, 'quayside-host/task:2'],
      target: 'tools',
      buildArgs: { WHO: 'me' },
      noCache: true,
    });
    assert.equal(await exitOf(take('good')), 0);
    const [first, second] = (await Promise.all(
      [TAG, 'quayside-host/task:2'].map((tag) => ask('GET', `/images/${tag}/json`)),
    )) as { Id: string; ContainerConfig?: { Cmd?: string[] } }[];
    assert.equal(first?.Id, second?.Id);
    const history = (await ask('GET', `/images/${TAG}/history`)) as { CreatedBy: string }[];
    assert.ok(history.some(({ CreatedBy }) => CreatedBy.includes('WHO=me')));
  });

  test('one that fails ends with an exit code, and marks the line', async () => {
    const take = await written({
      label: 'bad',
      dockerfile: `${path.basename(folder)}/Dockerfile`,
      target: 'tools',
      buildArgs: { WHO: 'wrong' },
    });
    assert.equal(await exitOf(take('bad')), 1);
    const [problem, ...others] = languages.getDiagnostics(Uri.file(path.join(folder, 'Dockerfile')));
    assert.deepEqual(others, []);
    assert.equal(problem?.severity, DiagnosticSeverity.Error);
    assert.deepEqual([problem.range.start.line, problem.range.end.line], [3, 4]);
  });

  test('what cannot be built ends with an exit code', async () => {
    const take = await written(
      { label: 'nowhere', dockerfile: 'nowhere/Dockerfile' },
      { label: 'no tags', dockerfile: `${path.basename(folder)}/Dockerfile`, tags: ['Not A Name'] },
    );
    assert.equal(await exitOf(take('nowhere')), 1);
    assert.equal(await exitOf(take('no tags')), 1);
  });

  test('to end it ends the engine’s work', async () => {
    const take = await written({
      label: 'long',
      dockerfile: `${path.basename(folder)}/Dockerfile`,
      tags: TAG,
    });
    const execution = await tasks.executeTask(take('long'));
    const working = async (): Promise<boolean> =>
      (await labelled('containers')).some(({ Command }) => Command?.includes('sleep 600') === true);
    await until('the engine to work', working);
    execution.terminate();
    await until('the engine to stop', async () => !(await working()));
    await until('the task to end', () => tasks.taskExecutions.length === 0);
    await assert.rejects(ask('GET', `/images/${TAG}/json`), /404/);
  });
});
