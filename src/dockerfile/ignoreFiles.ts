import * as vscode from 'vscode';
import { EngineError } from '../engine/errors';
import { entriesOf } from './entries';
import { ignorePlace } from './ignore/patterns';
import { survey, type Survey } from './ignore/survey';
import { sizeText } from './sizeText';

const selector: vscode.DocumentSelector = { scheme: 'file', pattern: '**/*.dockerignore' };
/** ms without a key before the folder is walked; the next key ends the walk that is under way. */
const pause = 400;

/** Paths and patterns in ignore files, those that match nothing, and what is left to be sent. */
export function registerIgnoreFiles(): vscode.Disposable {
  const unused = vscode.languages.createDiagnosticCollection('quayside-ignore');
  const lenses = new vscode.EventEmitter<void>();
  const known = new Map<string, { readonly version: number; readonly found: Survey }>();
  const running = new Map<string, AbortController>();

  async function look(document: vscode.TextDocument): Promise<void> {
    if (vscode.languages.match(selector, document) === 0) return;
    const key = document.uri.toString();
    running.get(key)?.abort();
    const abort = new AbortController();
    running.set(key, abort);
    const { version } = document;
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (abort.signal.aborted) return;
    const folder = vscode.Uri.joinPath(document.uri, '..').fsPath;
    const found = await survey(folder, document.getText(), abort.signal).catch((error: unknown) => {
      if (abort.signal.aborted || error instanceof EngineError) return undefined;
      throw error;
    });
    if (!found || document.version !== version || document.isClosed) return;
    known.set(key, { version, found });
    unused.set(
      document.uri,
      found.unused.map((line) => hint(document, line)),
    );
    lenses.fire();
  }

  function forget({ uri }: vscode.TextDocument): void {
    running.get(uri.toString())?.abort();
    running.delete(uri.toString());
    known.delete(uri.toString());
    unused.delete(uri);
  }

  vscode.workspace.textDocuments.forEach((document) => void look(document));
  return vscode.Disposable.from(
    unused,
    lenses,
    new vscode.Disposable(() => running.forEach((one) => one.abort())),
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidSaveTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
    vscode.workspace.onDidCloseTextDocument(forget),
    vscode.languages.registerCompletionItemProvider(selector, { provideCompletionItems }, '/', '!'),
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: lenses.event,
      provideCodeLenses(document) {
        const found = known.get(document.uri.toString())?.found;
        return found
          ? [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title: sent(found), command: '' })]
          : [];
      },
    }),
  );
}

function hint(document: vscode.TextDocument, line: number): vscode.Diagnostic {
  const problem = new vscode.Diagnostic(
    document.lineAt(line).range,
    vscode.l10n.t('Nothing in this folder matches this pattern.'),
    vscode.DiagnosticSeverity.Hint,
  );
  problem.source = 'Quayside';
  problem.tags = [vscode.DiagnosticTag.Unnecessary];
  return problem;
}

function sent({ files, bytes, cut }: Survey): string {
  if (cut) return vscode.l10n.t('More than {0} files, {1} will be sent', files, sizeText(bytes));
  return files === 1
    ? vscode.l10n.t('1 file, {0} will be sent', sizeText(bytes))
    : vscode.l10n.t('{0} files, {1} will be sent', files, sizeText(bytes));
}

async function provideCompletionItems(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
  const { text } = document.lineAt(position.line);
  const place = ignorePlace(text.slice(0, position.character), document.getText().split(/\r?\n/));
  if (!place) return [];
  const context = vscode.Uri.joinPath(document.uri, '..');
  const entries = place.folder === undefined ? [] : await entriesOf(context, place.folder);
  const item = (label: string, kind: vscode.CompletionItemKind, from: number): vscode.CompletionItem => {
    const one = new vscode.CompletionItem(label, kind);
    one.range = new vscode.Range(
      position.line,
      from,
      position.line,
      text.trimEnd().length < position.character ? position.character : text.trimEnd().length,
    );
    one.filterText = label;
    return one;
  };
  const start = text.length - text.trimStart().length;
  return [
    ...entries.map(({ name, folder }) =>
      item(name, folder ? vscode.CompletionItemKind.Folder : vscode.CompletionItemKind.File, place.at),
    ),
    ...place.usual
      .filter((pattern) => !entries.some(({ name }) => name === pattern))
      .map((pattern) => item(pattern, vscode.CompletionItemKind.Value, start)),
  ];
}
