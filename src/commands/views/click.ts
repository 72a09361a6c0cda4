import * as vscode from 'vscode';
import type { CommandId } from '../../ids';
import { nodeId } from '../../views/nodes';
import type { Handler } from '../deps';

/** ms between two clicks that are one; a tree does not tell them apart itself. */
const DOUBLE = 400;

let last = { row: '', time: 0 };

/** The second click on the same row opens a shell in its container. */
export const click: Handler<'quayside.views.click'> = async ({ nodes: [node] }) => {
  if (!node) return undefined;
  const { row, time } = last;
  last = { row: nodeId(node), time: Date.now() };
  if (row !== last.row || last.time - time > DOUBLE) return undefined;
  last = { row: '', time: 0 };
  return vscode.commands.executeCommand('quayside.containers.shell' satisfies CommandId, node);
};
