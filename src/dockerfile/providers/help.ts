import * as vscode from 'vscode';
import { links } from '../language/links';
import { signatureAt } from '../language/signature';
import { say } from '../say';
import { rangeOf } from './places';
import { selector, served } from './serve';

/** How an instruction is written, and the pages of images. */
export function registerHelp(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks(document) {
        const model = served(document, true);
        return (
          model &&
          links(model).map(
            ({ url, ...span }) => new vscode.DocumentLink(rangeOf(model, span), vscode.Uri.parse(url)),
          )
        );
      },
    }),
    vscode.languages.registerSignatureHelpProvider(
      selector,
      {
        provideSignatureHelp(document, position, _token, { triggerKind, isRetrigger }) {
          const model = served(document);
          const found = model && signatureAt(model, document.offsetAt(position));
          const asked = triggerKind === vscode.SignatureHelpTriggerKind.Invoke || isRetrigger;
          if (!found || (found.noisy && !asked)) return undefined;
          const help = new vscode.SignatureHelp();
          const signature = new vscode.SignatureInformation(found.label, say(found.text));
          signature.parameters = found.parameters.map(
            ([from, to]) => new vscode.ParameterInformation([from, to]),
          );
          help.signatures = [signature];
          help.activeParameter = found.active;
          return help;
        },
      },
      ' ',
    ),
  );
}
