import * as vscode from 'vscode';
import { folds } from '../language/folds';
import { outline, type Entry } from '../language/outline';
import { selectionsAt } from '../language/selections';
import type { Model } from '../model/model';
import { rangeOf } from './places';
import { selector, served } from './serve';

const kinds: Readonly<Record<Entry['kind'], vscode.SymbolKind>> = {
  stage: vscode.SymbolKind.Class,
  instruction: vscode.SymbolKind.Function,
  variable: vscode.SymbolKind.Variable,
  port: vscode.SymbolKind.Interface,
  label: vscode.SymbolKind.Property,
};

/** The outline, folding, and selections that grow. */
export function registerStructure(): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols(document) {
        const model = served(document, true);
        return model && outline(model).map((entry) => symbolOf(model, entry));
      },
    }),
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges(document) {
        const model = served(document);
        return (
          model &&
          folds(model).map(({ start, end, kind }) => new vscode.FoldingRange(start, end, foldKind(kind)))
        );
      },
    }),
    languages.registerSelectionRangeProvider(selector, {
      provideSelectionRanges(document, positions) {
        const model = served(document);
        return model && positions.map((position) => selectionOf(model, document.offsetAt(position)));
      },
    }),
  );
}

function foldKind(kind: 'comment' | 'region' | undefined): vscode.FoldingRangeKind | undefined {
  if (kind === undefined) return undefined;
  return kind === 'comment' ? vscode.FoldingRangeKind.Comment : vscode.FoldingRangeKind.Region;
}

function symbolOf(model: Model, entry: Entry): vscode.DocumentSymbol {
  const { name, detail, kind, selection, final, children } = entry;
  const symbol = new vscode.DocumentSymbol(
    name,
    final ? [detail, vscode.l10n.t('final stage')].filter((part) => part !== '').join(' · ') : detail,
    kinds[kind],
    rangeOf(model, entry),
    rangeOf(model, selection),
  );
  symbol.children = children.map((child) => symbolOf(model, child));
  return symbol;
}

function selectionOf(model: Model, offset: number): vscode.SelectionRange {
  let selection: vscode.SelectionRange | undefined;
  for (const span of selectionsAt(model, offset).reverse())
    selection = new vscode.SelectionRange(rangeOf(model, span), selection);
  return selection ?? new vscode.SelectionRange(rangeOf(model, { start: offset, end: offset }));
}
