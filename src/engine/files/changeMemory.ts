import type { Files } from '../files';
import type { Change } from './changes';

/** What differs from the image, by path. */
export type Changes = ReadonlyMap<string, Change['kind']>;

/** ms that an answer is good for: the engine walks over all that was written to make one. */
const FRESH = 10_000;

/** Containers of which the answers are remembered. */
const MOST = 8;

interface Remembered {
  readonly changes: Promise<Changes>;
  readonly at: number;
}

const memories = new WeakMap<Files, Map<string, Remembered>>();

/**
 * The answer of `docker diff` for who asks file by file: up to some seconds old, but never older than what was written
 * through `files`.
 */
export function changesOf(files: Files, id: string): Promise<Changes> {
  const memory = memories.get(files) ?? remember(files);
  const known = memory.get(id);
  if (known && Date.now() - known.at < FRESH) return known.changes;
  const changes = files.diff(id).then((list) => new Map(list.map(({ path, kind }) => [path, kind])));
  const asked = { changes, at: Date.now() };
  memory.delete(id);
  memory.set(id, asked);
  changes.catch(() => {
    if (memory.get(id) === asked) memory.delete(id);
  });
  const [oldest] = memory.keys();
  if (memory.size > MOST && oldest !== undefined) memory.delete(oldest);
  return changes;
}

function remember(files: Files): Map<string, Remembered> {
  const memory = new Map<string, Remembered>();
  memories.set(files, memory);
  files.onDidWrite(({ id }) => memory.delete(id));
  return memory;
}
