import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { EngineError, sentence } from '../../engine/errors';
import { fileAddress, parseFileAddress } from '../../engine/files/fileAddress';
import type { FileTarget } from '../../ids';
import type { FileNode, FileRole, Node } from '../../views/nodes';
import { containerId } from '../act';
import { askPath } from '../containers/containerPath';
import { givenOr } from '../ask';
import type { Context } from '../deps';
import { containersOf, only, refuseLostRow } from '../target';

/** A file or directory of a container to act on. */
export interface FileRef {
  readonly engine: Engine;
  /** The container's full id. */
  readonly id: string;
  /** Absolute, without a slash at its end. */
  readonly path: string;
  /** Where it is known. */
  readonly as?: FileRole;
}

/** What a command was called for: rows, files of ours in the Explorer, plain objects, or what the user types. */
export async function filesOf(
  context: Context,
  target: FileTarget | readonly FileTarget[] | undefined,
  title: string,
): Promise<readonly FileRef[]> {
  if (target !== undefined) {
    const targets: readonly FileTarget[] = Array.isArray(target) ? target : [target as FileTarget];
    return Promise.all(targets.map((each) => named(context, each)));
  }
  refuseLostRow(context);
  const rows = context.nodes.flatMap((node) => underRow(context, node) ?? []);
  if (rows.length > 0) return rows;
  const opened = context.files.length > 0 ? context.files : activeFile();
  const addressed = opened.flatMap((uri) => ofUri(context, uri) ?? []);
  if (addressed.length > 0) return addressed;
  const container = only(
    await containersOf(context, undefined, {
      title: vscode.l10n.t('Files of which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  const path = await givenOr(context, undefined, 'path', () => askPath([container], title));
  return [{ engine: container.engine, id: await containerId(container), path: absolute(path) }];
}

export async function fileOf(
  context: Context,
  target: FileTarget | undefined,
  title: string,
): Promise<FileRef> {
  const [first] = await filesOf(context, target, title);
  if (first) return first;
  throw new EngineError('invalid', sentence('Nothing was given to act on. Give an id and a path.'));
}

/** The directory that is meant: what is no directory means the one it is in. */
export async function directoryOf(
  context: Context,
  target: FileTarget | undefined,
  title: string,
): Promise<FileRef> {
  const ref = await fileOf(context, target, title);
  const is = ref.as ?? (await roleOf(ref));
  return is === 'directory' ? ref : { ...ref, path: posix.dirname(ref.path), as: 'directory' };
}

export async function roleOf({ engine, id, path }: FileRef): Promise<FileRole> {
  // With the slash a link at the end is followed; the root has it already.
  let stat = await engine.files.stat(id, path);
  if (stat.type === 'symlink') stat = await engine.files.stat(id, stat.linkTarget);
  return stat.type === 'directory' || stat.type === 'file' ? stat.type : 'special';
}

export function uriOf({ engine, id, path }: FileRef): vscode.Uri {
  return vscode.Uri.from(fileAddress({ kind: 'container', engine: engine.name, id, path }));
}

export function nodeOf({ engine, id, path }: FileRef, as: FileRole): FileNode {
  return { kind: 'file', engine: engine.name, id, path, as };
}

/** A file of a container by its address. */
export function ofUri({ engines }: Context, uri: vscode.Uri): FileRef | undefined {
  const address = parseFileAddress(uri);
  if (address?.kind !== 'container') return undefined;
  return { engine: engines.get(address.engine), id: address.id, path: absolute(address.path) };
}

/** Counted from the root, without `..` and without a slash at its end. */
export function absolute(path: string): string {
  return posix.resolve('/', path);
}

async function named({ engines }: Context, target: Partial<FileTarget>): Promise<FileRef> {
  const { id, path } = target;
  if (typeof id !== 'string' || id === '' || typeof path !== 'string')
    throw new EngineError(
      'invalid',
      sentence('A file needs an "id", of its container, and a "path". Give both.'),
    );
  const engine = engines.get(target.engine);
  return { engine, id: await containerId({ engine, id, name: id }), path: absolute(path) };
}

function underRow({ engines }: Context, node: Node): FileRef | undefined {
  switch (node.kind) {
    case 'file':
      return { engine: engines.get(node.engine), id: node.id, path: node.path, as: node.as };
    case 'files':
    case 'container':
      return { engine: engines.get(node.engine), id: node.id, path: '/', as: 'directory' };
    case 'fileNotice':
      return { engine: engines.get(node.engine), id: node.id, path: node.path, as: 'directory' };
    default:
      return undefined;
  }
}

function activeFile(): readonly vscode.Uri[] {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) return [input.modified];
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? [input.uri] : [];
}
