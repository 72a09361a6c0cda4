import * as vscode from 'vscode';
import { nameAt, type Occurrence } from '../language/names';
import { renameEdits, renameTarget } from '../language/rename';
import type { Model } from '../model/model';
import { say } from '../say';
import { rangeOf } from './places';
import { selector, served } from './serve';

/** Where a name comes from and where it goes: definition, references, highlights, rename, both ends of a heredoc. */
export function registerNaming(): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerDefinitionProvider(selector, {
      provideDefinition(document, position) {
        const model = served(document, true);
        return model && definitionsAt(document, model, document.offsetAt(position));
      },
    }),
    languages.registerReferenceProvider(selector, {
      provideReferences(document, position, { includeDeclaration }) {
        const model = served(document);
        return (
          model &&
          occurrencesAt(model, document.offsetAt(position))
            .filter(({ role }) => includeDeclaration || role !== 'definition')
            .map((span) => new vscode.Location(document.uri, rangeOf(model, span)))
        );
      },
    }),
    languages.registerDocumentHighlightProvider(selector, {
      provideDocumentHighlights(document, position) {
        const model = served(document);
        const found = model ? occurrencesAt(model, document.offsetAt(position)) : [];
        // Nothing here: the editor may show the same words, as it does elsewhere.
        return model && found.length > 0 ? found.map((one) => highlightOf(model, one)) : undefined;
      },
    }),
    languages.registerRenameProvider(selector, {
      prepareRename(document, position) {
        const model = served(document);
        const target = model && renameTarget(model, document.offsetAt(position));
        if (!model || !target) return undefined;
        if ('refused' in target) throw new Error(say(target.refused, target.args));
        return { range: rangeOf(model, target.span), placeholder: target.name };
      },
      provideRenameEdits(document, position, name) {
        const model = served(document);
        const edits = model && renameEdits(model, document.offsetAt(position), name);
        if (!model || !edits) return undefined;
        if ('refused' in edits) throw new Error(say(edits.refused, edits.args));
        const made = new vscode.WorkspaceEdit();
        for (const edit of edits) made.replace(document.uri, rangeOf(model, edit), edit.text);
        return made;
      },
    }),
    languages.registerLinkedEditingRangeProvider(selector, {
      provideLinkedEditingRanges(document, position) {
        const model = served(document);
        const named = model && nameAt(model, document.offsetAt(position))?.named;
        if (!model || named?.kind !== 'heredoc' || named.fixed !== undefined) return undefined;
        return new vscode.LinkedEditingRanges(named.occurrences.map((span) => rangeOf(model, span)));
      },
    }),
  );
}

const occurrencesAt = (model: Model, offset: number): readonly Occurrence[] =>
  nameAt(model, offset)?.named.occurrences ?? [];

/** The definition that counts at a place: the last one above it, else the first there is. */
function definitionsAt(document: vscode.TextDocument, model: Model, offset: number): vscode.Location[] {
  const definitions = occurrencesAt(model, offset).filter(({ role }) => role === 'definition');
  const above = definitions.filter(({ start }) => start <= offset).at(-1) ?? definitions[0];
  return above ? [new vscode.Location(document.uri, rangeOf(model, above))] : [];
}

function highlightOf(model: Model, occurrence: Occurrence): vscode.DocumentHighlight {
  const { Read, Write } = vscode.DocumentHighlightKind;
  return new vscode.DocumentHighlight(rangeOf(model, occurrence), occurrence.role === 'read' ? Read : Write);
}
