import { DataTransferItem, type TreeDragAndDropController } from 'vscode';
import type { Node } from './nodes';
import type { Row } from './rows';

/**
 * Names of rows, to be dropped into an editor. Without a controller VS Code also hides the rows of a view for two seconds
 * after it was first shown: it takes a tree that was empty when it got its provider for one that has a message to show,
 * and looks again only then (`updateContentAreas` in its `treeView.ts`).
 */
export function nameDrag(rowOf: (node: Node) => Row | undefined): TreeDragAndDropController<Node> {
  return {
    dragMimeTypes: ['text/plain'],
    dropMimeTypes: [],
    handleDrag: (nodes, transfer) => {
      const names = nodes.map((node) => nameOf(node, rowOf(node))).filter((name) => name !== '');
      if (names.length > 0) transfer.set('text/plain', new DataTransferItem(names.join('\n')));
    },
  };
}

/** What one would write of it; empty for what only holds others together. */
function nameOf(node: Node, row: Row | undefined): string {
  switch (node.kind) {
    case 'image':
    case 'volume':
    case 'registryRepository':
    case 'registryTag':
      return node.id;
    case 'repository':
      return node.name;
    default:
      return row?.kind === 'network' || row?.kind === 'volumeUser' || row?.kind === 'endpoint'
        ? row.name
        : '';
  }
}
