import type { Uri } from 'vscode';
import { isNode, nodeId, type Node } from '../views/nodes';

/** How a command was called: by somebody who can be asked, or by code that has said everything. */
export interface Call {
  /** From a menu, the palette or a keybinding without arguments: what is missing is asked, failures are shown. */
  readonly fromUi: boolean;
  /** The rows it was called on; of a title menu the row that has the focus. */
  readonly nodes: readonly Node[];
  /** Whether `nodes` were meant: a title menu is beside them, and tells only where the user is. */
  readonly onRows: boolean;
  /** It was called on a row that VS Code no longer knew: it was drawn anew just then. */
  readonly rowLost?: boolean;
  /** The files it was called on, in the Explorer; with a row, those that were dropped on it. */
  readonly files: readonly Uri[];
  /** What the handler gets; empty where the call came from a menu. */
  readonly args: readonly unknown[];
}

/**
 * Reads VS Code's two ways of calling apart. A menu hands over the clicked row or file and the whole selection; a click
 * outside of the selection means the clicked one alone; a row that has gone meanwhile is handed over as nothing. A title
 * menu hands over the focused row and no selection, or nothing.
 */
export function parseCall(args: readonly unknown[]): Call {
  const [first, second] = args;
  if (isNode(first)) {
    const selection = Array.isArray(second) ? second.filter(isNode) : [];
    const files = Array.isArray(second) ? second.filter(isFile) : [];
    const within = selection.some((node) => nodeId(node) === nodeId(first));
    const nodes = within ? selection : [first];
    return isOptions(second)
      ? { fromUi: false, nodes, onRows: true, files: [], args: [undefined, second] }
      : { fromUi: true, nodes, onRows: args.length > 1, files, args: [] };
  }
  if (isFile(first)) {
    const files = Array.isArray(second) && second.length > 0 ? second.filter(isFile) : [first];
    return { fromUi: true, nodes: [], onRows: false, files, args: [] };
  }
  if (Array.isArray(first) && first.length > 0 && first.every(isNode)) {
    const options = isOptions(second);
    return {
      fromUi: !options,
      nodes: first,
      onRows: true,
      files: [],
      args: options ? [undefined, second] : [],
    };
  }
  const missing = first === undefined || first === null;
  const given = missing ? [undefined, ...args.slice(1)] : args;
  if (missing && args.length > 1 && (second === undefined || second === null || Array.isArray(second)))
    return { fromUi: true, nodes: [], onRows: false, rowLost: true, files: [], args: given };
  return { fromUi: missing, nodes: [], onRows: false, files: [], args: given };
}

/**
 * The same for a command that acts on no target: its options may come first, or second as with all others; an engine
 * that was named in front of them is kept.
 */
export function parseTargetlessCall(args: readonly unknown[]): Call {
  const [first, second] = args;
  if (!isOptions(second)) return parseCall(args);
  const engine = isOptions(first) && 'engine' in first ? { engine: first.engine } : {};
  return { fromUi: false, nodes: [], onRows: false, files: [], args: [{ ...engine, ...second }] };
}

function isOptions(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFile(value: unknown): value is Uri {
  return isOptions(value) && 'fsPath' in value && 'scheme' in value;
}
