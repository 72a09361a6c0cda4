import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  commands,
  FoldingRangeKind,
  Position,
  Range,
  Uri,
  window,
  workspace,
  type CodeLens,
  type DocumentHighlight,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type InlayHint,
  type Location,
  type MarkdownString,
  type SelectionRange,
  type SemanticTokens,
  type SignatureHelp,
  type TextDocument,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode';
import { BASE, ready, until } from './commandsSupport';
import { engineHost, skipBecause } from './support';

const text = [
  'ARG TAG=3',
  'FROM alpine:$TAG AS build',
  'RUN echo $TAG && \\',
  '    true',
  'RUN <<EOF',
  'echo hi',
  'EOF',
  'FROM build',
  'COPY --from=BUILD  /a /b',
  'EXPOSE 8080',
  '',
].join('\n');

/** Text is escaped in markup. */
const plainText = (markup: string): string =>
  markup.replace(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code)));

suite('Language features of Dockerfiles', () => {
  let folder: string;
  let document: TextDocument;
  let opened = 0;

  suiteSetup(async () => {
    await ready();
    folder = await mkdtemp(path.join(os.tmpdir(), 'quayside-features-'));
  });
  setup(async () => {
    document = await open(`Dockerfile.${(opened += 1)}`, text);
    // The features come with the first Dockerfile.
    await until('an outline', async () => (await ask<DocumentSymbol[]>('DocumentSymbol')).length > 0);
  });
  teardown(() => commands.executeCommand('workbench.action.closeAllEditors'));
  suiteTeardown(() => rm(folder, { recursive: true, force: true }));

  async function open(name: string, content: string): Promise<TextDocument> {
    const file = path.join(folder, name);
    await writeFile(file, content);
    const shown = await workspace.openTextDocument(Uri.file(file));
    await window.showTextDocument(shown);
    return shown;
  }

  /** What VS Code itself gets from all providers. */
  async function ask<Answer>(what: string, ...rest: unknown[]): Promise<Answer> {
    const command =
      what.startsWith('_') || what.startsWith('vscode.') ? what : `vscode.execute${what}Provider`;
    const answer = await commands.executeCommand<Answer | undefined>(command, document.uri, ...rest);
    return answer ?? ([] as unknown as Answer);
  }

  const at = (line: number, word: string): Position =>
    new Position(line, document.lineAt(line).text.indexOf(word) + 1);

  test('an outline of stages, folding and growing selections', async () => {
    const symbols = await ask<DocumentSymbol[]>('DocumentSymbol');
    assert.deepEqual(
      symbols.map(({ name, detail, children }) => [name, detail, children.map((child) => child.name)]),
      [
        ['ARG TAG', '3', []],
        ['build', 'alpine:$TAG', ['RUN', 'RUN']],
        ['build', 'final stage', ['COPY', 'EXPOSE']],
      ],
    );
    const folds = await ask<FoldingRange[]>('FoldingRange');
    assert.deepEqual(folds.map(({ start, end }) => [start, end]).slice(0, 2), [
      [1, 6],
      [2, 3],
    ]);
    assert.ok(folds.every(({ kind }) => kind !== FoldingRangeKind.Comment));
    const [selection] = await ask<SelectionRange[]>('SelectionRange', [at(8, 'BUILD')]);
    assert.equal(selection && document.getText(selection.range), 'BUILD');
    assert.equal(selection?.parent && document.getText(selection.parent.range), '--from=BUILD');
  });

  test('definition, references, highlights and rename know every form of a name', async () => {
    const [definition] = await ask<Location[]>('Definition', at(8, 'BUILD'));
    assert.deepEqual(definition?.range, new Range(1, 20, 1, 25));
    const references = await ask<Location[]>('Reference', at(1, 'build'));
    assert.deepEqual(
      references.map(({ range }) => range.start.line),
      [1, 7, 8],
    );
    const highlights = await ask<DocumentHighlight[]>('vscode.executeDocumentHighlights', at(0, 'TAG'));
    assert.deepEqual(
      highlights.map(({ range }) => range.start.line),
      [0, 1],
    );
    const edit = await commands.executeCommand<WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      at(8, 'BUILD'),
      'made',
    );
    assert.ok(await workspace.applyEdit(edit));
    assert.match(document.getText(), /AS made\n[^]*FROM made\nCOPY --from=made {2}\/a/);
    await assert.rejects(
      Promise.resolve(
        commands.executeCommand('vscode.executeDocumentRenameProvider', document.uri, at(8, 'made'), '1 2'),
      ),
      /begins with a letter/,
    );
  });

  test('links, signature help, formatting and colours', async () => {
    const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    assert.deepEqual(
      links.map(({ target }) => target?.toString()),
      ['https://hub.docker.com/_/alpine'],
    );
    const help = await ask<SignatureHelp>('SignatureHelp', at(8, 'FROM'.toLowerCase()));
    assert.match(help.signatures[0]?.label ?? '', /^COPY \[--flags\]/);
    const edits = await commands.executeCommand<TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      {
        tabSize: 4,
        insertSpaces: true,
      },
    );
    assert.deepEqual(
      edits.map(({ range }) => range.start.line),
      [8],
    );
    const tokens = await commands.executeCommand<SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    assert.ok(tokens.data.length > 20 * 5);
  });

  test('a hover explains an instruction and gives a variable its value', async () => {
    assert.match(await hover(at(2, 'RUN')), /Runs a command while the image is built/);
    assert.match(await hover(at(1, 'TAG')), /TAG=3[^]*Build argument/);
    assert.match(await hover(at(8, 'BUILD')), /FROM alpine:\$TAG AS build/);
  });

  test('a hover on FROM tells what the engine knows, or offers to pull', async function () {
    if (engineHost === '') skipBecause(this, 'no engine');
    document = await open('absent.dockerfile', 'FROM quayside.test/nobody/absent:1\n');
    await until('a link to pull', async () => /Not on this engine yet/.test(await hover(at(0, 'quayside'))));
    const link =
      /\(command:quayside\.images\.pull\?([^)]*)\)/.exec(await hover(at(0, 'quayside')))?.[1] ?? '';
    const [options] = JSON.parse(decodeURIComponent(link)) as { reference: string }[];
    assert.equal(options?.reference, 'quayside.test/nobody/absent:1');
  });

  test('links to build and run stand above stages and ports, and the sizes of layers after a build', async function () {
    if (engineHost === '') skipBecause(this, 'no engine');
    document = await open(
      'built.dockerfile',
      `FROM ${BASE} AS one\nFROM one\nRUN head -c 3000000 /dev/zero > /x\nEXPOSE 80\n`,
    );
    const lenses = async (): Promise<CodeLens[]> => ask<CodeLens[]>('CodeLens');
    await until('seven links', async () => (await lenses()).length === 7);
    const found = await lenses();
    assert.deepEqual(
      found.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [0, 'Build'],
        [0, 'Build & Run'],
        [0, 'Shell into'],
        [1, 'Build'],
        [1, 'Build & Run'],
        [1, 'Shell into'],
        [3, 'Run with this port'],
      ],
    );
    const targets = found.map(({ command }) => (command?.arguments as [{ target?: string }])[0].target);
    assert.deepEqual(targets.slice(0, 3), ['one', 'one', 'one']);
    assert.ok(targets.slice(3).every((target) => target === undefined));

    const [options] = found[3]?.command?.arguments as [object];
    const tags = ['quayside-features:test'];
    await commands.executeCommand('quayside.images.build', { ...options, tags });
    const hints = (): Thenable<InlayHint[]> => ask<InlayHint[]>('InlayHint', new Range(0, 0, 4, 0));
    await until('a size beside RUN', async () => (await hints()).some(({ position }) => position.line === 2));
    const [run] = (await hints()).filter(({ position }) => position.line === 2);
    assert.equal(run?.label, '3.0 MB');
    assert.match(await hover(new Position(0, 10)), /linux\/\w+ · .* layer/);

    await workspace.getConfiguration('quayside.dockerfile').update('codeLens', false, true);
    await until('no links', async () => (await lenses()).length === 0);
    await workspace.getConfiguration('quayside.dockerfile').update('codeLens', undefined, true);
    await commands.executeCommand(
      'quayside.images.remove',
      { id: 'quayside-features:test' },
      { force: true },
    );
  });

  async function hover(position: Position): Promise<string> {
    const hovers = await ask<Hover[]>('Hover', position);
    return hovers
      .flatMap(({ contents }) => contents.map((one) => plainText((one as MarkdownString).value)))
      .join('\n');
  }
});
