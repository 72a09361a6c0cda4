import * as vscode from 'vscode';
import type { Model } from '../model/model';
import type { Span } from '../model/text';

/** A place of the model in the editor's words. */
export function rangeOf({ lines }: Model, span: Span): vscode.Range {
  const { start, end } = lines.rangeOf(span);
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
