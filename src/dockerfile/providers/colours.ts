import * as vscode from 'vscode';
import { tokens, tokenTypes } from '../language/tokens';
import { rangeOf } from './places';
import { selector, served } from './serve';

const legend = new vscode.SemanticTokensLegend([...tokenTypes], ['declaration']);

/** Colours that need the model: stages, variables, and the shell within RUN and heredocs. */
export function registerColours(): vscode.Disposable {
  return vscode.languages.registerDocumentSemanticTokensProvider(
    selector,
    {
      provideDocumentSemanticTokens(document) {
        const model = served(document);
        if (!model) return undefined;
        const builder = new vscode.SemanticTokensBuilder(legend);
        for (const one of tokens(model)) {
          const { start, end } = rangeOf(model, one);
          const type = tokenTypes.indexOf(one.type);
          builder.push(
            start.line,
            start.character,
            end.character - start.character,
            type,
            one.declaration ? 1 : 0,
          );
        }
        return builder.build();
      },
    },
    legend,
  );
}
