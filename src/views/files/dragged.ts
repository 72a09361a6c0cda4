import { commands, DataTransferItem, Uri, type DataTransfer } from 'vscode';
import type { CommandId } from '../../ids';
import type { Node } from '../nodes';
import { uriOf } from './uri';

const LIST = 'text/uri-list';

export function drag(nodes: readonly Node[], transfer: DataTransfer): void {
  const uris = nodes.flatMap((node) => (node.kind === 'file' && node.as !== 'deleted' ? [uriOf(node)] : []));
  if (uris.length > 0) transfer.set(LIST, new DataTransferItem(uris.map(String).join('\r\n')));
}

/** Hands what was dropped to the command that asks and reports; it takes a row to be what it goes into. */
export async function drop(target: Node | undefined, transfer: DataTransfer): Promise<void> {
  if (target?.kind !== 'file' && target?.kind !== 'files' && target?.kind !== 'container') return;
  const list = (await transfer.get(LIST)?.asString()) ?? '';
  const named = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const uris = named.map((line) => Uri.parse(line, true));
  for (const [, item] of transfer) {
    const uri = item.asFile()?.uri;
    if (uri && !uris.some((known) => known.toString() === uri.toString())) uris.push(uri);
  }
  if (uris.length === 0) return;
  await commands.executeCommand('quayside.files.upload' satisfies CommandId, target, uris);
}
