import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { cancelled, EngineError, sentence } from '../errors';
import { record, text } from '../wire/read';
import { isMissing, readIfThere } from './readFile';

/** A context as it is stored under the configuration folder (docker/cli `cli/context/store`). */
export interface StoredContext {
  readonly name: string;
  readonly description: string;
  /** As written by whoever made it; empty means the platform's default. */
  readonly host: string;
  /** A context may be another tool's alone. */
  readonly hasEngine: boolean;
  readonly skipTlsVerify: boolean;
  /** Its folder below `contexts/meta` and `contexts/tls`. */
  readonly id: string;
}

/** Where contexts of the configuration folder are kept. */
export const contextsFolder = (folder: string): string => join(folder, 'contexts');
const metaFolder = (folder: string) => join(contextsFolder(folder), 'meta');
const idOf = (name: string) => createHash('sha256').update(name).digest('hex');

function parseMeta(content: string, id: string): StoredContext | undefined {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return undefined;
  }
  const meta = record(json);
  const endpoints = record(meta['Endpoints']);
  const docker = record(endpoints['docker']);
  const name = text(meta['Name']);
  if (name === '') return undefined;
  return {
    name,
    description: text(record(meta['Metadata'])['Description']),
    host: text(docker['Host']),
    hasEngine: 'docker' in endpoints,
    skipTlsVerify: docker['SkipTLSVerify'] === true,
    id,
  };
}

/** Every meta.json below the folder, however deep; as the CLI, not below one that was found. */
async function metaFolders(root: string, folder = root): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw new EngineError(
      'denied',
      sentence('The folder of Docker contexts {0} cannot be read. Check its permissions.', folder),
      { cause: error },
    );
  });
  if (entries.some((entry) => entry.name === 'meta.json')) return [relative(root, folder)];
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  return (await Promise.all(folders.map((below) => metaFolders(root, below)))).flat();
}

async function readMeta(
  folder: string,
  id: string,
  signal?: AbortSignal,
): Promise<StoredContext | undefined> {
  const path = join(metaFolder(folder), id, 'meta.json');
  const bytes = await readIfThere(path, 'denied', signal);
  if (!bytes) return undefined;
  const found = parseMeta(bytes.toString('utf8'), id);
  if (found) return found;
  throw new EngineError(
    'invalid',
    sentence('The Docker context in {0} is damaged. Remove that file, then make the context again.', path),
  );
}

/**
 * The stored contexts, by name; not the `default` one, which is not stored. A damaged one is left out: the others must
 * stay usable, and asking for it by name says what is wrong. `folder` is that of `configFolder`.
 */
export async function storedContexts(folder: string, signal?: AbortSignal): Promise<StoredContext[]> {
  const ids = await metaFolders(metaFolder(folder));
  const read = await Promise.allSettled(ids.map((id) => readMeta(folder, id, signal)));
  if (signal?.aborted) throw cancelled(signal.reason);
  return read
    .flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * One stored context. Rejects with kind `notFound` and the names there are, `invalid` when its file is damaged.
 */
export async function readContext(
  folder: string,
  name: string,
  signal?: AbortSignal,
): Promise<StoredContext> {
  const found = await readMeta(folder, idOf(name), signal);
  if (found) return found;
  const all = await storedContexts(folder, signal);
  const elsewhere = all.find((context) => context.name === name);
  if (elsewhere) return elsewhere;
  throw new EngineError(
    'notFound',
    sentence(
      'There is no Docker context "{0}". There are: {1}. Choose one of them, or make it with docker context create.',
      name,
      ['default', ...all.map((context) => context.name)].join(', '),
    ),
  );
}
