import { unwatchFile, watch, watchFile, type FSWatcher } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Emitter, type Disposable, type Event } from '../emitter';
import { configPath, readConfigFile } from './configFile';
import { contextsFolder } from './contexts';
import { configFolder, type Surroundings } from './surroundings';

/** Files are replaced in several steps, which are looked at together. */
const settleTime = 100;

/** Watches which context is in use and what the contexts say. */
export interface ContextWatcher extends Disposable {
  /** `docker context use`, `create`, `update` or `rm` happened; other changes of config.json do not fire. */
  readonly onDidChange: Event<void>;
  /** Resolves once what was there at the start has been read, so that every later change is noticed. */
  readonly ready: Promise<void>;
}

interface Watched {
  readonly watcher: FSWatcher;
  /** A folder that was removed and made again is another one; its old watcher hears nothing. */
  readonly inode: number;
}

/**
 * Folders are watched, never files: config.json is replaced by a rename. Those that do not exist yet are waited for
 * in the nearest one above that does.
 */
class Watcher implements ContextWatcher {
  readonly #folder: string;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly ready: Promise<void>;
  readonly #watched = new Map<string, Watched>();
  readonly #polled = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #last: string | undefined;
  #disposed = false;
  /** One look at a time, or an old one could overwrite what a newer one saw. */
  #looking: Promise<void>;
  readonly #soon = () => {
    if (this.#disposed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#looking = this.#looking.then(() => this.#look());
    }, settleTime);
  };

  constructor(folder: string) {
    this.#folder = folder;
    this.#looking = this.ready = this.#look();
  }

  async #look(): Promise<void> {
    await this.#rewatch();
    const now = await this.#state();
    if (this.#disposed) return;
    const before = this.#last;
    this.#last = now;
    if (before !== undefined && before !== now) this.#changed.fire();
  }

  /** What matters of the files, as one text. */
  async #state(): Promise<string> {
    const config = await readConfigFile(this.#folder).then(
      ({ currentContext = '' }) => currentContext,
      (error: unknown) => String(error),
    );
    const metas = await Promise.all(
      (await this.#contextFolders()).map(async (folder) => {
        const { mtimeMs, size } = await stat(join(folder, 'meta.json')).catch(() => ({
          mtimeMs: 0,
          size: 0,
        }));
        return [folder, mtimeMs, size];
      }),
    );
    return JSON.stringify([config, metas]);
  }

  async #contextFolders(): Promise<string[]> {
    const meta = join(contextsFolder(this.#folder), 'meta');
    const names = await readdir(meta).catch((): string[] => []);
    return names.sort().map((name) => join(meta, name));
  }

  async #wanted(): Promise<string[]> {
    const contexts = contextsFolder(this.#folder);
    // config.json may be a link into somebody's collection of dotfiles.
    const target = await realpath(configPath(this.#folder)).then(dirname, () => this.#folder);
    return [this.#folder, target, contexts, join(contexts, 'meta'), ...(await this.#contextFolders())];
  }

  async #rewatch(): Promise<void> {
    const present = new Map<string, number>();
    for (const folder of await this.#wanted()) {
      const found = await nearestFolder(folder);
      present.set(found.path, found.inode);
    }
    if (this.#disposed) return;
    for (const [path, { watcher, inode }] of this.#watched) {
      if (present.get(path) === inode) continue;
      watcher.close();
      this.#watched.delete(path);
    }
    for (const [path, inode] of present) {
      if (!this.#watched.has(path)) this.#watch(path, inode);
    }
  }

  #watch(path: string, inode: number): void {
    try {
      const watcher = watch(path, { persistent: false }, this.#soon);
      watcher.on('error', () => {
        watcher.close();
        this.#watched.delete(path);
        this.#soon();
      });
      this.#watched.set(path, { watcher, inode });
    } catch {
      // The system has no watches left (inotify's limit). One stat a second still follows `docker context use`.
      const file = configPath(this.#folder);
      if (!this.#polled.has(file)) watchFile(file, { interval: 1000, persistent: false }, this.#soon);
      this.#polled.add(file);
    }
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    for (const { watcher } of this.#watched.values()) watcher.close();
    for (const file of this.#polled) unwatchFile(file, this.#soon);
    this.#watched.clear();
    this.#changed.dispose();
  }
}

async function nearestFolder(path: string): Promise<{ path: string; inode: number }> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() || dirname(path) === path) return { path, inode: found?.ino ?? 0 };
  return nearestFolder(dirname(path));
}

/** Watch the contexts of the surroundings' configuration folder, which need not exist yet. */
export function watchContexts(surroundings: Surroundings): ContextWatcher {
  return new Watcher(configFolder(surroundings));
}
