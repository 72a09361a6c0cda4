import type { Readable } from 'node:stream';
import { Emitter, type Event } from './emitter';
import { EngineError, sentence } from './errors';
import { Archives } from './files/archives';
import type { ListLimit, Listing } from './files/archiveTree';
import { parseChanges, type Change } from './files/changes';
import { base, clean, hostPath } from './files/cleanPath';
import { containerDestination } from './files/containerEnds';
import { create, readContent, writeContent, type Content } from './files/content';
import { copyBetween, copyIn, copyOut } from './files/copy';
import type { Reach } from './files/direct/direct';
import { Directories } from './files/directories';
import { shown } from './files/hostFailure';
import { removeInside, renameInside } from './files/inside';
import type { PathStat } from './files/pathStat';
import type { Runner } from './files/runner';
import { Tally, type Copied, type OnProgress } from './files/tally';
import { PassedOn } from './files/upload';
import { containerPath } from './paths';
import type { Requests } from './requests';
import { record, text } from './wire/read';

/** How something is copied. */
export interface CopyOptions {
  /** Copy what a link at the end of the source points to, not the link (`docker cp -L`). */
  readonly followLink?: boolean;
  /** Into a container: everything belongs to the user it runs as, not to the owners here (`docker cp -a`). */
  readonly containerUser?: boolean;
  readonly onProgress?: OnProgress;
}

/** Where something was written. `id` is the one the verb was called with. */
export interface Written {
  readonly id: string;
  readonly path: string;
  readonly removed: boolean;
}

/** Bytes of a file that `read` gives when it is not told otherwise. */
const LONGEST_READ = 64 * 1024 * 1024;

/**
 * Files in containers, running or stopped. `id` is what the engine resolves; paths in containers have forward slashes
 * and count from its root. Copies follow `docker cp` (docker/cli `cli/command/container/cp.go`, moby `pkg/archive`).
 * Every verb rejects with an `EngineError`: `notFound` for a container or path that is not there, `conflict` where
 * something of another kind is in the way, `denied`, `invalid`, and `cancelled` when the signal fired.
 * The container is never left locked: every archive is read to its end or destroyed, every upload ends in order.
 */
export class Files {
  readonly #requests: Requests;
  readonly #runner: Runner;
  readonly #reach: Reach | undefined;
  readonly #directories: Directories;
  readonly #written = new Emitter<Written>();
  /** One of the verbs here has changed something, or has tried to. */
  readonly onDidWrite: Event<Written> = this.#written.event;

  /** With `reach`, large copies out of containers go over connections of their own, which is faster. */
  constructor(requests: Requests, runner: Runner, reach?: Reach) {
    this.#requests = requests;
    this.#runner = runner;
    this.#reach = reach;
    this.#directories = new Directories(runner);
  }

  /**
   * Copy files of this computer into a container; several only into a directory. Owners are the numeric ids they have
   * here, as the CLI sends them; capabilities of files, which the CLI sends too, cannot be read here and stay behind. When
   * cancelled, what was sent stays, the file under way perhaps in part.
   */
  async copyTo(
    id: string,
    from: string | readonly string[],
    path: string,
    options: CopyOptions = {},
    signal?: AbortSignal,
  ): Promise<Copied> {
    const tally = new Tally(options.onProgress);
    const { followLink = false, containerUser = false } = options;
    const sources = typeof from === 'string' ? [from] : from;
    await this.#changing(id, path, (archives) =>
      copyIn(archives, sources, path, { followLink, containerUser, tally }, signal),
    );
    // Into a directory, most likely; to say too much does no harm.
    for (const source of sources) this.#tell(id, `${path}/${base(hostPath(source))}`);
    return tally.copied;
  }

  /**
   * Copy a path of a container to this computer. Everything belongs to the user; nothing is ever written outside of
   * `to`; a large file appears under its name only when it is complete. Devices, fifos and sockets are left out
   * (`skipped`), setuid and setgid bits and capabilities of files are dropped.
   */
  async copyFrom(
    id: string,
    path: string,
    to: string,
    options: CopyOptions = {},
    signal?: AbortSignal,
  ): Promise<Copied> {
    const tally = new Tally(options.onProgress);
    await copyOut(this.#archives(id), path, to, { followLink: options.followLink ?? false, tally }, signal);
    return tally.copied;
  }

  /** Copy from one container into another, or within one; owners stay. What the CLI does with two `docker cp` and `-`. */
  async copyBetween(
    from: { readonly id: string; readonly path: string },
    to: { readonly id: string; readonly path: string },
    options: CopyOptions = {},
    signal?: AbortSignal,
  ): Promise<Copied> {
    const tally = new Tally(options.onProgress);
    const [here, there] = await Promise.all([this.#fullId(from.id, signal), this.#fullId(to.id, signal)]);
    const source = { archives: this.#archives(here), path: from.path };
    const followLink = options.followLink ?? false;
    await this.#changing(to.id, to.path, (archives) =>
      copyBetween(
        source,
        { archives, path: to.path },
        { followLink, sameContainer: here === there, tally },
        signal,
      ),
    );
    return tally.copied;
  }

  /** The path as a tar archive (`docker cp CONTAINER:PATH -`). The caller reads it to its end or destroys it. */
  async archive(id: string, path: string, signal?: AbortSignal): Promise<{ stat: PathStat; body: Readable }> {
    return this.#archives(id).open(path, signal);
  }

  /**
   * Unpack a tar archive, plain or compressed (gzip, bzip2, xz, zstd), into an existing directory
   * (`docker cp - CONTAINER:PATH`). The archive is consumed or destroyed.
   */
  async unpack(
    id: string,
    archive: Readable,
    path: string,
    options: CopyOptions = {},
    signal?: AbortSignal,
  ): Promise<void> {
    try {
      await this.#changing(id, path, async (archives) => {
        const destination = await containerDestination(archives, path, signal);
        // Fails with what is wrong; a copy may make what is missing, an archive needs it.
        if (!destination.exists) await archives.stat(path, signal);
        if (!destination.directory)
          throw new EngineError(
            'conflict',
            sentence(
              'An archive can be unpacked only into a directory, and "{0}" is none. Choose a directory.',
              shown(path),
            ),
          );
        const upload = new PassedOn(archive as AsyncIterable<Buffer>, signal);
        await archives.unpack(destination.path, upload, options, signal);
      });
    } finally {
      archive.destroy();
    }
  }

  /** What is at the path; a link at its end is not followed, `linkTarget` says where it leads. */
  stat(id: string, path: string, signal?: AbortSignal): Promise<PathStat> {
    return this.#archives(id).stat(path, signal);
  }

  /**
   * The names in a directory. With a command inside when the container runs and has one; else from an archive of
   * everything below, up to `limit`, remembered for a few seconds.
   */
  list(
    id: string,
    path: string,
    options: { readonly limit?: Partial<ListLimit> } = {},
    signal?: AbortSignal,
  ): Promise<Listing> {
    return this.#directories.list(this.#archives(id), path, options.limit, signal);
  }

  /** What was listed of this container, by this very id, may not be true any more: it started, or somebody wrote to it. */
  forget(id: string): void {
    this.#directories.forget(id);
  }

  /** The content of a file, links followed, up to `limit` bytes (64 MiB). */
  read(
    id: string,
    path: string,
    options: { readonly limit?: number } = {},
    signal?: AbortSignal,
  ): Promise<Content> {
    return readContent(this.#archives(id), path, options.limit ?? LONGEST_READ, signal);
  }

  /** Write a file; one that is there keeps its owner, mode and extended attributes, a new one gets its directory's owner. */
  write(id: string, path: string, data: Buffer, signal?: AbortSignal): Promise<void> {
    return this.#changing(id, path, (archives) => writeContent(archives, this.#runner, path, data, signal));
  }

  /** Make a directory, of its parent's owner. `conflict` when something of that name is there. */
  mkdir(id: string, path: string, signal?: AbortSignal): Promise<void> {
    const directory = clean(`/${path}`);
    return this.#changing(id, path, async (archives) => {
      if (await archives.statIfThere(directory, signal))
        throw new EngineError(
          'conflict',
          sentence('"{0}" is already in the container. Choose another name.', shown(path)),
        );
      await create(archives, directory, { type: 'directory', mode: 0o755 }, signal);
    });
  }

  /** Rename within the container, which has to run. `conflict` when the new name is taken, unless `overwrite`. */
  async rename(
    id: string,
    from: string,
    to: string,
    options: { readonly overwrite?: boolean } = {},
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#changing(id, from, (archives) =>
      renameInside(
        archives,
        this.#runner,
        clean(`/${from}`),
        clean(`/${to}`),
        options.overwrite ?? false,
        signal,
      ),
    );
    this.#tell(id, from, true);
    this.#tell(id, to);
  }

  /** Remove from the container, which has to run. */
  async remove(
    id: string,
    path: string,
    options: { readonly recursive?: boolean } = {},
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#changing(id, path, (archives) =>
      removeInside(archives, this.#runner, clean(`/${path}`), options.recursive ?? false, signal),
    );
    this.#tell(id, path, true);
  }

  /** What differs from the image (`docker diff`); nothing in volumes and mounts is ever part of it. */
  async diff(id: string, signal?: AbortSignal): Promise<Change[]> {
    return parseChanges(await this.#requests.json('GET', containerPath(id, 'changes'), { signal }));
  }

  async #changing(id: string, path: string, work: (archives: Archives) => Promise<void>): Promise<void> {
    try {
      await work(this.#archives(id));
    } finally {
      this.forget(id);
      this.#tell(id, path);
    }
  }

  #tell(id: string, path: string, removed = false): void {
    this.#written.fire({ id, path: clean(`/${path}`), removed });
  }

  async #fullId(id: string, signal?: AbortSignal): Promise<string> {
    return text(record(await this.#requests.json('GET', containerPath(id, 'json'), { signal }))['Id']);
  }

  #archives(id: string): Archives {
    return new Archives(this.#requests, id, this.#reach);
  }
}
