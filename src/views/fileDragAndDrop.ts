import type { TreeDragAndDropController } from 'vscode';
import type { Node } from './nodes';

const work = () => import('./files/dragged');

/** Files of containers to the Explorer, to editors and to other containers, and files from everywhere into containers. */
export const fileDragAndDrop: TreeDragAndDropController<Node> = {
  dragMimeTypes: ['text/uri-list'],
  dropMimeTypes: ['text/uri-list', 'files'],
  handleDrag: async (nodes, transfer) => (await work()).drag(nodes, transfer),
  handleDrop: async (target, transfer) => (await work()).drop(target, transfer),
};
