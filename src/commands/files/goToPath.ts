import * as vscode from 'vscode';
import { givenOr } from '../ask';
import { containerId } from '../act';
import { askPath } from '../containers/containerPath';
import type { Context, Handler } from '../deps';
import { containersOf, only, refuseLostRow } from '../target';
import { absolute, nodeOf, roleOf, uriOf, type FileRef } from './fileOf';

/** Opens a file by its path, or shows a directory in its place in the tree. */
export const goToPath: Handler<'quayside.files.goToPath'> = async (context, target, options) => {
  const container = await containerOf(context, target);
  const given = options?.path ?? (target as { path?: string } | undefined)?.path;
  const path = await givenOr(context, given, 'path', () =>
    askPath([{ ...container, name: container.id }], vscode.l10n.t('Go to which path of the container?')),
  );
  const ref = { ...container, path: absolute(path) };
  const as = await roleOf(ref);
  if (ref.path !== '/') await context.views.revealFile(nodeOf(ref, as));
  if (as === 'file') await vscode.commands.executeCommand('vscode.open', uriOf(ref));
  return { path: ref.path, directory: as === 'directory' };
};

async function containerOf(
  context: Context,
  target: Parameters<typeof goToPath>[1],
): Promise<Omit<FileRef, 'path'>> {
  refuseLostRow(context);
  const [node] = context.nodes;
  if (
    target === undefined &&
    (node?.kind === 'file' || node?.kind === 'files' || node?.kind === 'fileNotice')
  )
    return { engine: context.engines.get(node.engine), id: node.id };
  const found = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Files of which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  return { engine: found.engine, id: await containerId(found) };
}
