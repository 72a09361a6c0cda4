import type * as vscode from 'vscode';

/** Dockerfiles of any kind of file system; not the left side of a comparison, which nobody can edit. */
const left = new Set(['git', 'review', 'vscode-local-history', 'output', 'comment']);

export const isDockerfile = ({ languageId, uri }: vscode.TextDocument): boolean =>
  languageId === 'dockerfile' && !left.has(uri.scheme);
