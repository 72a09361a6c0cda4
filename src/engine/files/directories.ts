import { noSuchFile, notDirectory } from './archiveFailure';
import type { Archives } from './archives';
import { readTree, type ListLimit, type Listing } from './archiveTree';
import { clean, keepEnding } from './cleanPath';
import { listCommands } from './listing';
import { tryRun, type Runner } from './runner';

/** Enough for the root of a usual image; a larger one is cut and says so. */
const LIMIT: ListLimit = { bytes: 512 * 1024 * 1024, names: 50_000 };

/** ms that a listing from an archive is good for, when nobody says that something changed. */
const FRESH = 10_000;

/** Containers whose archives are remembered. */
const MOST_REMEMBERED = 4;

interface Remembered {
  readonly root: string;
  readonly at: number;
  readonly tree: ReadonlyMap<string, Listing>;
}

/** Directories of containers: by a command inside where that works, else out of an archive, which is remembered. */
export class Directories {
  readonly #runner: Runner;
  readonly #remembered = new Map<string, Remembered>();
  /** The way that worked last, by container: most have the same tools all their life. */
  readonly #ways = new Map<string, number>();

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** What was read of this container's archive is not true any more. */
  forget(id: string): void {
    this.#remembered.delete(id);
  }

  async list(
    archives: Archives,
    path: string,
    limit: Partial<ListLimit> = {},
    signal?: AbortSignal,
  ): Promise<Listing> {
    const directory = clean(`/${path}`);
    return (
      this.#recall(archives.id, directory) ??
      (await this.#ask(archives.id, directory, signal)) ??
      (await this.#read(archives, directory, { ...LIMIT, ...limit }, signal))
    );
  }

  async #ask(id: string, directory: string, signal?: AbortSignal): Promise<Listing | undefined> {
    const known = this.#ways.get(id) ?? 0;
    for (const [way, { command, parse }] of listCommands(directory).entries()) {
      if (way < known) continue;
      const ran = await tryRun(this.#runner, id, command, {}, signal);
      if (ran.kind === 'missing' && !ran.running) return undefined;
      if (ran.kind === 'missing') continue;
      const failed = ran.exitCode !== 0 && ran.stdout.length === 0;
      if (failed) refuseMissing(directory, ran.stderr);
      // What vanished meanwhile makes the command fail, and the rest of its answer is still good.
      const files = failed ? undefined : parse(ran.stdout);
      if (!files) continue;
      this.#ways.set(id, way);
      return { files, truncated: false };
    }
    this.#ways.set(id, Infinity);
    return undefined;
  }

  async #read(
    archives: Archives,
    directory: string,
    limit: ListLimit,
    signal?: AbortSignal,
  ): Promise<Listing> {
    // With the slash a link to a directory is followed.
    const { stat, body } = await archives.open(keepEnding(directory, '/'), signal);
    if (stat.type !== 'directory') {
      body.destroy();
      throw notDirectory(directory);
    }
    const tree = await readTree(body as AsyncIterable<Buffer>, limit, signal);
    this.#remember(archives.id, { root: directory, at: Date.now(), tree });
    return tree.get('') ?? { files: [], truncated: true };
  }

  #recall(id: string, directory: string): Listing | undefined {
    const found = this.#remembered.get(id);
    if (!found) return undefined;
    if (Date.now() - found.at > FRESH) {
      this.forget(id);
      return undefined;
    }
    const root = keepEnding(found.root, '/');
    const below = `${directory}/`.startsWith(root) ? directory.slice(root.length) : undefined;
    const listing = below === undefined ? undefined : found.tree.get(below);
    // A cut listing is worth another look when it is asked for by itself.
    return listing?.truncated === true && below !== '' ? undefined : listing;
  }

  #remember(id: string, found: Remembered): void {
    this.#remembered.delete(id);
    this.#remembered.set(id, found);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > MOST_REMEMBERED && oldest !== undefined) this.forget(oldest);
  }
}

function refuseMissing(directory: string, stderr: string): void {
  if (/No such file or directory/i.test(stderr)) throw noSuchFile(directory, new Error(stderr));
  if (/Not a directory/i.test(stderr)) throw notDirectory(directory, new Error(stderr));
}
