import * as vscode from 'vscode';
import { format } from '../language/format';
import { isInstalled } from '../mode';
import { doneElsewhere } from '../others';
import { rangeOf } from './places';
import { selector, served } from './serve';

/** Formatting of a file, or of the lines that are selected. */
export function registerFormatting(): vscode.Disposable {
  const edits: Edits = (document, { insertSpaces, tabSize }, within) => {
    const model = served(document);
    return (
      model &&
      format(model, insertSpaces ? ' '.repeat(tabSize) : '\t')
        .map((edit) => vscode.TextEdit.replace(rangeOf(model, edit), edit.text))
        .filter(({ range }) => !within || within.contains(range))
    );
  };
  const { extensions, workspace } = vscode;
  let registered: vscode.Disposable | undefined;
  // A formatter that is registered makes the editor ask which one is meant, whether it answers or not.
  const follow = (): void => {
    const mode = workspace.getConfiguration('quayside.dockerfile').get<string>('language', 'auto');
    const wanted = mode !== 'off' && !doneElsewhere(mode, 'formats', isInstalled);
    if (wanted === (registered !== undefined)) return;
    registered?.dispose();
    registered = wanted ? register(edits) : undefined;
  };
  follow();
  return vscode.Disposable.from(
    extensions.onDidChange(follow),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('quayside.dockerfile.language')) follow();
    }),
    new vscode.Disposable(() => void registered?.dispose()),
  );
}

type Edits = (
  document: vscode.TextDocument,
  options: vscode.FormattingOptions,
  within?: vscode.Range,
) => vscode.TextEdit[] | undefined;

const register = (edits: Edits): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.languages.registerDocumentFormattingEditProvider(selector, {
      provideDocumentFormattingEdits: (document, options) => edits(document, options),
    }),
    vscode.languages.registerDocumentRangeFormattingEditProvider(selector, {
      provideDocumentRangeFormattingEdits: (document, range, options) => edits(document, options, range),
    }),
  );
