import * as vscode from 'vscode';
import type { Model } from './model/model';
import { localSources } from './rules/buildkit/copies';
import type { HadolintConfig } from './rules/finding';
import { parseHadolintConfig } from './rules/hadolintConfig';

/** What files beside a Dockerfile say about it. */
export interface Beside {
  readonly ignore: string | undefined;
  readonly hadolint: HadolintConfig | undefined;
  /** The sources of COPY and ADD that were looked for: whether they are there. */
  readonly sources: ReadonlyMap<string, boolean>;
}

export const nothingBeside: Beside = { ignore: undefined, hadolint: undefined, sources: new Map() };

const largest = 1024 * 1024;
const mostSources = 100;

/** Reads them; a document without a folder has nothing beside it. */
export async function lookBeside(document: vscode.TextDocument, model: Model): Promise<Beside> {
  const { uri } = document;
  if (uri.scheme === 'untitled') return nothingBeside;
  const folder = vscode.Uri.joinPath(uri, '..');
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? folder;
  const [ignore, hadolint] = await Promise.all([ignoreBeside(uri), hadolintConfig(folder, root)]);
  const sources = new Map<string, boolean>();
  const wanted = new Set<string>();
  for (const instruction of model.instructions)
    for (const { path } of localSources(instruction, model.escape)) wanted.add(path);
  await Promise.all(
    [...wanted].slice(0, mostSources).map(async (path) => {
      const found = await isThere([folder, root], path);
      if (found !== undefined) sources.set(path, found);
    }),
  );
  return { ignore, hadolint, sources };
}

/** The ignore file that counts for a Dockerfile. */
export async function ignoreBeside(uri: vscode.Uri): Promise<string | undefined> {
  const folder = vscode.Uri.joinPath(uri, '..');
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const [own, shared] = await Promise.all(
    [`${name}.dockerignore`, '.dockerignore'].map((file) => read(vscode.Uri.joinPath(folder, file))),
  );
  return own ?? shared;
}

async function hadolintConfig(folder: vscode.Uri, root: vscode.Uri): Promise<HadolintConfig | undefined> {
  for (const place of [folder, root]) {
    for (const name of ['.hadolint.yaml', '.hadolint.yml']) {
      const text = await read(vscode.Uri.joinPath(place, name));
      if (text !== undefined) return parseHadolintConfig(text);
    }
  }
  return undefined;
}

async function read(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largest) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** In the Dockerfile's folder or in the workspace's, whichever of the two the build is given. */
async function isThere(folders: readonly vscode.Uri[], path: string): Promise<boolean | undefined> {
  const relative = path.replaceAll('\\', '/').replace(/^\/+/, '');
  if (relative.split('/').includes('..')) return undefined;
  for (const folder of folders) {
    if (/[*?[]/.test(relative)) {
      if (folder.scheme !== 'file') return undefined;
      const pattern = new vscode.RelativePattern(folder, relative.replace(/^\.\//, ''));
      const below = new vscode.RelativePattern(folder, `${relative.replace(/^\.\//, '')}/**`);
      const found = await Promise.all(
        [pattern, below].map((one) => vscode.workspace.findFiles(one, null, 1)),
      );
      if (found.some((files) => files.length > 0)) return true;
      continue;
    }
    try {
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, relative));
      return true;
    } catch (error) {
      // A file system that cannot tell is no file that is not there.
      if (!(error instanceof vscode.FileSystemError) || error.code !== 'FileNotFound') return undefined;
    }
  }
  return false;
}
