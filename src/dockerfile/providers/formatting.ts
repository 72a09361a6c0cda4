import * as vscode from 'vscode';
import { format } from '../language/format';
import { rangeOf } from './places';
import { selector, served } from './serve';

/** Formatting of a file, or of the lines that are selected. */
export function registerFormatting(): vscode.Disposable {
  const edits = (
    document: vscode.TextDocument,
    { insertSpaces, tabSize }: vscode.FormattingOptions,
    within?: vscode.Range,
  ): vscode.TextEdit[] | undefined => {
    const model = served(document);
    return (
      model &&
      format(model, insertSpaces ? ' '.repeat(tabSize) : '\t')
        .map((edit) => vscode.TextEdit.replace(rangeOf(model, edit), edit.text))
        .filter(({ range }) => !within || within.contains(range))
    );
  };
  return vscode.Disposable.from(
    vscode.languages.registerDocumentFormattingEditProvider(selector, {
      provideDocumentFormattingEdits: (document, options) => edits(document, options),
    }),
    vscode.languages.registerDocumentRangeFormattingEditProvider(selector, {
      provideDocumentRangeFormattingEdits: (document, range, options) => edits(document, options, range),
    }),
  );
}
