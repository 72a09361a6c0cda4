import { randomBytes } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { EngineError, cancelled, sentence } from '../errors';
import { hostFailure, hostProblem, isMissing, shown } from '../files/hostFailure';
import { hostTree, type HostItem } from '../files/hostTree';
import { IgnoreRules } from './ignore';
import type { ContextOptions } from './options';
import { selectionOf } from './selection';

const IGNORE = '.dockerignore';

/** Characters that mean something in a pattern of an ignore file, two of them only at its beginning. */
const MEANS_SOMETHING = /^[#!]|[\\*?[\]]/g;

/** The files of a build, found but not yet read. */
export interface BuildContext {
  /** The folder, with its links resolved. */
  readonly root: string;
  /** The Dockerfile: its path as it was given, its path within the archive, its content. */
  readonly dockerfile: { readonly path: string; readonly name: string; readonly text: string };
  /** What is left out, but for the Dockerfile and the ignore file, which are sent whatever it says. */
  readonly rules: IgnoreRules;
  /** What is sent, owned by root. The builder takes out again what it needed for itself alone. */
  items(): Generator<HostItem | undefined, void, undefined>;
}

/**
 * Find the Dockerfile and the ignore file of a build: `<Dockerfile>.dockerignore` beside the Dockerfile, else
 * `.dockerignore` in the context. Rejects with kind `notFound` or `invalid`; `denied` for what may not be read.
 */
export async function openContext(options: ContextOptions, signal?: AbortSignal): Promise<BuildContext> {
  const root = await folderAt(options.context);
  const given = await dockerfileOf(root, options.dockerfile);
  const real = await realpath(given).catch((error: unknown) => {
    throw isMissing(error) ? noDockerfile(given) : hostFailure(error, given);
  });
  if (!(await stat(real)).isFile())
    throw new EngineError(
      'invalid',
      sentence('"{0}" is no file. Give the path of a Dockerfile.', shown(given)),
    );
  const content = await read(real, signal);
  const own = await readIfThere(`${given}.dockerignore`, signal);
  const common = await readIfThere(join(root, IGNORE), signal);
  const inside = within(root, real);
  const name = inside ?? `.dockerfile.${randomBytes(10).toString('hex')}`;
  const rules = IgnoreRules.parse((own ?? common ?? Buffer.alloc(0)).toString('utf8'));
  const kept = rules.keeping(inside === undefined ? [IGNORE] : [IGNORE, name]);
  const ignore = ignoreFile(common?.toString('utf8'), own ? rules : undefined, name, inside === undefined);
  const instead = new Map<string, Buffer>();
  if (inside === undefined) instead.set(name, content);
  if (ignore !== undefined) instead.set(IGNORE, Buffer.from(ignore));
  return {
    root,
    dockerfile: { path: given, name, text: content.toString('utf8') },
    rules: kept,
    items: () => itemsOf(root, kept, instead),
  };
}

function* itemsOf(
  root: string,
  rules: IgnoreRules,
  instead: ReadonlyMap<string, Buffer>,
): Generator<HostItem | undefined, void, undefined> {
  const left = new Map(instead);
  for (const item of hostTree({ path: root, name: '' }, selectionOf(rules))) {
    const { path, entry } = item ?? {};
    if (path === undefined || entry === undefined) {
      yield item;
      continue;
    }
    const owned = { ...entry, uid: 0, gid: 0 };
    const data = left.get(entry.name);
    left.delete(entry.name);
    if (data) yield { path, entry: { ...owned, type: 'file', linkname: '' }, data };
    else yield { path, entry: owned };
  }
  const mtime = Math.floor(Date.now() / 1000);
  for (const [name, data] of left)
    yield { path: name, entry: { name, type: 'file', mode: 0o600, mtime }, data };
}

/**
 * The text of the `.dockerignore` to be sent where it cannot be the one that is there. The engine reads that file to
 * learn whether it and the Dockerfile are part of the context, or came along for the builder alone
 * (`builder/remotecontext/detect.go` of moby). `own`: the rules of the Dockerfile's own ignore file.
 */
function ignoreFile(
  common: string | undefined,
  own: IgnoreRules | undefined,
  name: string,
  outside: boolean,
): string | undefined {
  if (!own) return outside ? `${common ?? IGNORE}\n${pattern(name)}\n` : undefined;
  const wanted = [IGNORE, name].map((path) => own.ignores(path).ignored || (outside && path === name));
  if (common === undefined) return wanted[1] === true ? `${pattern(IGNORE)}\n${pattern(name)}\n` : undefined;
  const said = decisions(common, [IGNORE, name]);
  if (said.every((one, index) => one === wanted[index])) return undefined;
  const lines = [IGNORE, name].map((path, index) => `${wanted[index] === true ? '' : '!'}${pattern(path)}`);
  return `${common}\n${lines.join('\n')}\n`;
}

/** What the engine takes from an ignore file; one with a bad pattern says nothing to it. */
function decisions(text: string, paths: readonly string[]): boolean[] {
  try {
    const rules = IgnoreRules.parse(text);
    return paths.map((path) => rules.ignores(path).ignored);
  } catch {
    return paths.map(() => false);
  }
}

/** A pattern that means this path alone. */
function pattern(path: string): string {
  return path.replace(MEANS_SOMETHING, '\\$&');
}

async function folderAt(path: string): Promise<string> {
  try {
    const root = await realpath(path);
    if (!(await stat(root)).isDirectory()) throw hostProblem('ENOTDIR', path);
    return root;
  } catch (error) {
    throw hostFailure(error, path);
  }
}

async function dockerfileOf(root: string, given: string | undefined): Promise<string> {
  if (given !== undefined) return isAbsolute(given) ? given : join(root, given);
  const usual = join(root, 'Dockerfile');
  const lower = join(root, 'dockerfile');
  return (await isThere(usual)) || !(await isThere(lower)) ? usual : lower;
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function noDockerfile(path: string): EngineError {
  return new EngineError(
    'notFound',
    sentence('There is no Dockerfile at "{0}". Create it, or give the path of another.', shown(path)),
  );
}

/** The path of a file within the folder, with slashes; `undefined` when it lies elsewhere. */
function within(root: string, path: string): string | undefined {
  const found = relative(root, path);
  if (found === '..' || found.startsWith(`..${sep}`) || isAbsolute(found)) return undefined;
  return found.split(sep).join('/');
}

async function read(path: string, signal: AbortSignal | undefined): Promise<Buffer> {
  try {
    return await readFile(path, { signal });
  } catch (error) {
    throw signal?.aborted === true ? cancelled(error) : hostFailure(error, path);
  }
}

async function readIfThere(path: string, signal: AbortSignal | undefined): Promise<Buffer | undefined> {
  return read(path, signal).catch((error: unknown) => {
    if (error instanceof EngineError && error.kind === 'notFound') return undefined;
    throw error;
  });
}
