import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Position, Range, RelativePattern, Uri, window, workspace, ViewColumn } from 'vscode';
import { EngineError, sentence } from '../../engine/errors';
import type { LogsFeed } from './feed';
import { hostPaths, type ContainerPlaces } from './place';
import { record } from '../channel';
import type { LogsSource } from './source';

/**
 * Opens the file that a container's line names, if it is one of the workspace: the page, and the container behind it,
 * may name anything, and nothing else is opened.
 */
export async function openPlace(
  feed: Pick<LogsFeed, 'source'>,
  asks: Readonly<Record<string, unknown>>,
): Promise<{ opened: string }> {
  const said = String(asks['path']);
  const source = feed.source(Number(asks['container']));
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const roots = folders.map(({ uri }) => uri.fsPath);
  const paths = hostPaths(said, source ? await placesOf(source) : NOWHERE, roots);
  const file = (await firstInside(paths, roots)) ?? (await onlyOneNamed(said, folders, roots));
  if (file === undefined)
    throw new EngineError(
      'notFound',
      sentence('"{0}" is not a file of the folders that are open. Open the folder it lies in.', said),
    );
  const at = new Position(count(asks['line']), count(asks['column']));
  await window.showTextDocument(Uri.file(file), {
    selection: new Range(at, at),
    viewColumn: ViewColumn.Active,
  });
  return { opened: file };
}

const NOWHERE: ContainerPlaces = { workingDir: '/', mounts: [], project: undefined };

/** Counted from 1 by who says it, from 0 by the editor. */
function count(said: unknown): number {
  return Math.max(0, Math.floor(Number(said) || 1) - 1);
}

async function placesOf({ engine, id }: LogsSource): Promise<ContainerPlaces> {
  const seen = record(await engine.containers.inspect(id).catch(() => undefined));
  const config = record(seen['Config']);
  const labels = record(config['Labels']);
  const mounts = Array.isArray(seen['Mounts']) ? seen['Mounts'].map(record) : [];
  const project = labels['com.docker.compose.project.working_dir'];
  return {
    workingDir: typeof config['WorkingDir'] === 'string' ? config['WorkingDir'] : '/',
    mounts: mounts
      .filter(({ Type }) => Type === 'bind')
      .map(({ Source, Destination }) => ({ source: String(Source), destination: String(Destination) })),
    project: typeof project === 'string' ? project : undefined,
  };
}

/** Links are followed before it is decided what lies inside. */
async function firstInside(paths: readonly string[], roots: readonly string[]): Promise<string | undefined> {
  for (const candidate of paths) {
    try {
      const real = await realpath(candidate);
      const inside = await Promise.all(roots.map(async (root) => isInside(real, await realpath(root))));
      if (inside.includes(true) && (await stat(real)).isFile()) return real;
    } catch {
      // Not there.
    }
  }
  return undefined;
}

function isInside(file: string, folder: string): boolean {
  const rest = path.relative(folder, file);
  return rest !== '' && !rest.startsWith('..') && !path.isAbsolute(rest);
}

/** The one file of the workspace whose path ends as what was said; the longer end that is there decides. */
async function onlyOneNamed(
  said: string,
  folders: readonly { readonly uri: Uri }[],
  roots: readonly string[],
): Promise<string | undefined> {
  const parts = said.split(/[\\/]+/).filter((part) => part !== '' && part !== '.' && part !== '..');
  for (let from = Math.max(0, parts.length - 4); from < parts.length; from++) {
    const end = parts
      .slice(from)
      .join('/')
      .replace(/[[\]{}*?]/g, '?');
    const found = await Promise.all(
      folders.map(({ uri }) =>
        workspace.findFiles(new RelativePattern(uri, `**/${end}`), '**/node_modules/**', 2),
      ),
    );
    const files = found.flat();
    if (files.length > 1) return undefined;
    const [only] = files;
    if (only) return firstInside([only.fsPath], roots);
  }
  return undefined;
}
