import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  commands,
  ConfigurationTarget,
  DiagnosticSeverity,
  DiagnosticTag,
  languages,
  Position,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  type TextDocument,
} from 'vscode';
import { BASE, ready, until } from './commandsSupport';

suite('Dockerfiles in the editor', () => {
  let folder: string;
  const settings = (): ReturnType<typeof workspace.getConfiguration> =>
    workspace.getConfiguration('quayside.dockerfile');

  suiteSetup(async () => {
    await ready();
    folder = await mkdtemp(path.join(os.tmpdir(), 'quayside-dockerfile-'));
  });
  teardown(async () => {
    await settings().update('rules', undefined, ConfigurationTarget.Global);
    await settings().update('diagnostics', undefined, ConfigurationTarget.Global);
    await settings().update('dockerHub', undefined, ConfigurationTarget.Global);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });
  suiteTeardown(() => rm(folder, { recursive: true, force: true }));

  async function open(name: string, text: string): Promise<TextDocument> {
    const file = path.join(folder, name);
    await writeFile(file, text);
    const document = await workspace.openTextDocument(Uri.file(file));
    await window.showTextDocument(document);
    return document;
  }

  test('every name of a Dockerfile is one', async () => {
    for (const name of ['Dockerfile', 'Dockerfile.dev', 'web.dockerfile', 'Containerfile'])
      assert.equal((await open(name, 'FROM scratch\n')).languageId, 'dockerfile', name);
    assert.equal((await open('.dockerignore', 'x\n')).languageId, 'ignore');
  });

  test('what is wrong is shown where it is, with a link, and goes when it is put right', async () => {
    const document = await open('one.dockerfile', 'FROM alpine:3 AS Build\nMAINTAINER me\nCOPI a b\n');
    await until('three problems', () => rules(document).length === 3);
    const [casing, maintainer, unknown] = problems(document);
    assert.deepEqual(rules(document), ['StageNameCasing', 'MaintainerDeprecated', 'unknown-instruction']);
    assert.equal(casing?.message, "Stage name 'Build' should be lowercase");
    assert.deepEqual(casing.range, new Range(0, 17, 0, 22));
    assert.match(targetOf(casing), /build-checks\/stage-name-casing/);
    assert.deepEqual(maintainer?.tags, [DiagnosticTag.Deprecated]);
    assert.equal(unknown?.severity, DiagnosticSeverity.Error);

    await change(document, new Range(2, 0, 2, 4), 'COPY --from=build');
    await until('two problems', () => !rules(document).includes('unknown-instruction'));
  });

  test('a quick fix changes what it is about and nothing else', async () => {
    const document = await open('two.dockerfile', 'FROM alpine:3\n# who\nMAINTAINER "me" # x\nCMD [ "a" ]\n');
    await until('the problem', () => rules(document).includes('MaintainerDeprecated'));
    const problem = problems(document).find((one) => ruleOf(one) === 'MaintainerDeprecated');
    assert.ok(problem);
    const actions = await actionsAt(document, problem.range);
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Change to LABEL org.opencontainers.image.authors',
        'Skip MaintainerDeprecated for this instruction',
        'Skip MaintainerDeprecated in this file',
      ],
    );
    await apply(actions[2]);
    assert.equal(document.lineAt(0).text, '# check=skip=MaintainerDeprecated');
    await until('silence', () => !rules(document).includes('MaintainerDeprecated'));
  });

  test('all that is safe is fixed on save', async () => {
    const document = await open(
      'three.dockerfile',
      'FROM alpine:3 as Build\nrun true\nENV a b\nUSER me\nADD three.dockerfile /\n',
    );
    await until('the problems', () => rules(document).includes('LegacyKeyValueFormat'));
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new Range(0, 0, 5, 0),
      'source.fixAll.quayside',
    );
    await apply(actions[0]);
    assert.equal(
      document.getText(),
      'FROM alpine:3 AS build\nRUN true\nENV a=b\nUSER me\nCOPY three.dockerfile /\n',
    );
  });

  test('a rule counts as much as the setting says', async () => {
    const document = await open('four.dockerfile', 'FROM alpine:3 AS Build\nMAINTAINER me\n');
    await until('the problems', () => rules(document).length === 2);
    await settings().update('rules', { StageNameCasing: 'error', DL4000: 'off' }, ConfigurationTarget.Global);
    await until('the other severities', () => rules(document).join() === 'StageNameCasing');
    assert.equal(problems(document)[0]?.severity, DiagnosticSeverity.Error);
    await settings().update('diagnostics', 'off', ConfigurationTarget.Global);
    await until('nothing', () => problems(document).length === 0);
  });

  test('what a check directive makes an error is one', async () => {
    const document = await open(
      'raised.dockerfile',
      '# check=error=true\nFROM alpine:3 AS Build\nRUN sudo x\n',
    );
    await until('the problems', () => rules(document).length === 2);
    assert.deepEqual(
      problems(document).map((one) => [ruleOf(one), one.severity]),
      [
        ['StageNameCasing', DiagnosticSeverity.Error],
        ['DL3004', DiagnosticSeverity.Warning],
      ],
    );
  });

  test('with an image on the engine, a variable that it does not have is told', async () => {
    const document = await open('base.dockerfile', `FROM ${BASE}\nCOPY $NOWHERE_AT_ALL /x\n`);
    await until('the engine has told', () => rules(document).includes('UndefinedVar'));
    const other = await open(
      'other.dockerfile',
      'FROM not.there/at-all:1\nCOPY $NOWHERE_AT_ALL /x\nWORKDIR x\n',
    );
    await until('the other rule', () => rules(other).includes('WorkdirRelativePath'));
    assert.ok(!rules(other).includes('UndefinedVar'));
  });

  test('a file of 5 MB is not read, and says so', async () => {
    const document = await open(
      'large.dockerfile',
      `FROM alpine:3 AS Build\n${'RUN echo a b c d e f g h\n'.repeat(210_000)}`,
    );
    await until('the notice', () => rules(document).join() === 'too-large');
    assert.deepEqual(await actionsAt(document, new Range(0, 0, 0, 10)), []);
  });

  test('sources that are not there, or ignored, are told; a file beside it decides', async () => {
    await writeFile(path.join(folder, 'there.txt'), '');
    await writeFile(path.join(folder, 'secret.txt'), '');
    await writeFile(path.join(folder, 'five.dockerfile.dockerignore'), 'secret.*\n');
    await writeFile(
      path.join(folder, '.hadolint.yaml'),
      'ignored:\n  - DL3006\noverride:\n  error: [DL3004]\n',
    );
    const text = 'FROM alpine\nCOPY there.txt secret.txt gone.txt *.nothing /x/\nRUN sudo true\n';
    const document = await open('five.dockerfile', text);
    await until('all of it', () => rules(document).length >= 4);
    assert.deepEqual(rules(document).sort(), [
      'CopyIgnoredFile',
      'DL3004',
      'missing-source',
      'missing-source',
    ]);
    assert.equal(
      problems(document).find((one) => ruleOf(one) === 'DL3004')?.severity,
      DiagnosticSeverity.Error,
    );
    await rm(path.join(folder, '.hadolint.yaml'));
  });

  test('images of the engine, files of the context and instructions are offered', async () => {
    await writeFile(path.join(folder, 'seven.dockerfile.dockerignore'), 'hidden.*\n');
    await writeFile(path.join(folder, 'hidden.txt'), '');
    await writeFile(path.join(folder, 'shown.txt'), '');
    await mkdir(path.join(folder, 'sources'), { recursive: true });
    await writeFile(path.join(folder, 'sources', 'main.c'), '');
    const document = await open('seven.dockerfile', 'FROM quay\nCOPY \nCOPY sources/\n\nFROM x:\n');
    await settings().update('dockerHub', false, ConfigurationTarget.Global);

    const image = (await offered(document, new Position(0, 9))).find((one) => labelOf(one) === BASE);
    assert.ok(image);
    assert.deepEqual(image.range, new Range(0, 5, 0, 9));
    assert.match(image.detail ?? '', /^[\d.]+ .?B · .*linux\/\w+$/);

    const sources = (await offered(document, new Position(1, 5))).map(labelOf);
    assert.ok(sources.includes('shown.txt') && sources.includes('sources/') && sources.includes('--from'));
    assert.ok(!sources.includes('hidden.txt'));

    const inside = (await offered(document, new Position(2, 13))).find((one) => labelOf(one) === 'main.c');
    assert.deepEqual(inside?.range, new Range(2, 13, 2, 13));

    const instructions = (await offered(document, new Position(3, 0))).map(labelOf);
    assert.ok(instructions.includes('WORKDIR') && instructions.includes('FROM: Node.js'));
  });

  test('an ignore file tells what it leaves, and offers what is there', async () => {
    const place = path.join(folder, 'context');
    await mkdir(path.join(place, 'sources'), { recursive: true });
    await writeFile(path.join(place, 'sources', 'main.c'), 'x'.repeat(1500));
    await writeFile(path.join(place, '.dockerignore'), '.dockerignore\nnothing.txt\nsou\n');
    const document = await workspace.openTextDocument(Uri.file(path.join(place, '.dockerignore')));
    await window.showTextDocument(document);
    await until('the patterns that match nothing', () => problems(document).length === 2);
    assert.deepEqual(
      problems(document).map(({ range, tags }) => [range.start.line, tags]),
      [
        [1, [DiagnosticTag.Unnecessary]],
        [2, [DiagnosticTag.Unnecessary]],
      ],
    );
    const lenses = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['1 file, 1.5 kB will be sent'],
    );
    const items = await offered(document, new Position(2, 3));
    const sources = items.find((one) => labelOf(one) === 'sources');
    assert.deepEqual(sources?.range, new Range(2, 0, 2, 3));
    assert.ok(items.some((one) => labelOf(one) === '**/node_modules'));
  });

  test('a file without a name, with the ends of lines of Windows, is checked too', async () => {
    const document = await workspace.openTextDocument({
      language: 'dockerfile',
      content: '# escape=`\r\nFROM alpine:3\r\nRUN echo `\r\n  a\r\nWORKDIR x\r\n',
    });
    await window.showTextDocument(document);
    await until('the problem', () => rules(document).join() === 'WorkdirRelativePath');
    assert.deepEqual(problems(document)[0]?.range.start, new Position(4, 8));
  });
});

/** Quayside's own and those of the editor, the first ones resolved. */
async function offered(document: TextDocument, position: Position): Promise<CompletionItem[]> {
  const { items } = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
    undefined,
    1000,
  );
  return items;
}

const labelOf = ({ label }: CompletionItem): string => (typeof label === 'string' ? label : label.label);

const problems = (document: TextDocument): Diagnostic[] =>
  languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Quayside');

const ruleOf = ({ code }: Diagnostic): string => String(typeof code === 'object' ? code.value : code);

const targetOf = ({ code }: Diagnostic): string => (typeof code === 'object' ? code.target.toString() : '');

const rules = (document: TextDocument): string[] => problems(document).map(ruleOf);

async function change(document: TextDocument, range: Range, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, range, text);
  assert.ok(await workspace.applyEdit(edit));
}

const actionsAt = (document: TextDocument, range: Range): Thenable<CodeAction[]> =>
  commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, 'quickfix');

async function apply(action: CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit);
  assert.ok(await workspace.applyEdit(action.edit));
}
