import { Uri } from 'vscode';
import { fileAddress } from '../../engine/files/fileAddress';
import type { FileNode } from '../nodes';

/** What the editor opens a row by, and knows its letter by. */
export function uriOf({ engine, id, path }: Pick<FileNode, 'engine' | 'id' | 'path'>): Uri {
  return Uri.from(fileAddress({ kind: 'container', engine, id, path }));
}
