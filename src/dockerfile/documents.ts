import type * as vscode from 'vscode';

/** Dockerfiles of any kind of file system; not the left side of a comparison, which nobody can edit. */
const left = new Set(['git', 'review', 'vscode-local-history', 'output', 'comment']);

export const isDockerfile = ({ languageId, uri }: vscode.TextDocument): boolean =>
  languageId === 'dockerfile' && !left.has(uri.scheme);

/** Longer than what anybody writes by hand: reading it at every keystroke would hold up the editor. */
const longest = 1024 * 1024;

/** Whether it is short enough to be read while it is typed. */
export const isReadable = (document: vscode.TextDocument): boolean => document.getText().length <= longest;
