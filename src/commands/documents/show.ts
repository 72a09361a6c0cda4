import * as vscode from 'vscode';
import { DOCUMENT_SCHEME, documentChanged } from './scheme';

/** What a read-only document shows; its address says it, so that it can be made again whenever the editor wants it. */
export interface Subject {
  readonly kind:
    | 'container'
    | 'image'
    | 'engine'
    | 'top'
    | 'history'
    | 'changes'
    | 'exit'
    | 'volume'
    | 'network'
    | 'service'
    | 'swarmNode'
    | 'diskUsage'
    | 'buildContext';
  readonly engine: string;
  /** Of the container, image or whatever it is; of a build context its options as JSON. */
  readonly id: string;
  /** Arguments of `ps`. */
  readonly args?: string;
}

/** Opens a read-only document; one that is open already is read anew. `name` is its tab's. */
export async function showDocument(subject: Subject, name: string): Promise<void> {
  const path = `/${name.replaceAll('/', '∕')}`;
  const uri = vscode.Uri.from({ scheme: DOCUMENT_SCHEME, path, query: JSON.stringify(subject) });
  const open = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
  if (open) documentChanged.fire(uri);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
}
