import * as vscode from 'vscode';

/** Of the read-only documents: what `inspect`, `top` and `history` show. */
export const DOCUMENT_SCHEME = 'quayside-inspect';

/** Fired with the address of a document that is to be read anew. */
export const documentChanged = new vscode.EventEmitter<vscode.Uri>();
