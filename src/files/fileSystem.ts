import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../engine/emitter';
import { EngineError, sentence } from '../engine/errors';
import { fileAddress, type FileAddress } from '../engine/files/fileAddress';
import { linkTypes } from '../engine/files/linkTypes';
import type { FileType, PathStat } from '../engine/files/pathStat';
import { humanSize } from '../engine/run/units';
import { changedMeanwhile } from './conflict';
import { Decorations } from './decorations';
import { guarded, isMissingFile } from './failure';
import type { FilesDeps } from './index';
import { LayerContents } from './layerContents';
import { Places, type Place } from './places';
import { Seen } from './seen';
import { Watches } from './watches';

interface FileSystemDeps extends FilesDeps {
  readonly changed: (events: vscode.FileChangeEvent[]) => void;
  readonly decorated: () => void;
}

/** Bytes; a larger file would have to be in the editor's memory several times over. */
export const LARGEST = 64 * 1024 * 1024;

/** The files of containers, images and volumes, as the editor asks for them (`vscode.FileSystemProvider`). */
export class FileSystem implements Disposable {
  readonly #places: Places;
  readonly #watches: Watches;
  readonly #decorations: Decorations;
  readonly #seen = new Seen();
  readonly #layers: LayerContents;

  constructor({ engines, changed, decorated }: FileSystemDeps) {
    this.#places = new Places(engines);
    this.#layers = new LayerContents(engines);
    this.#watches = new Watches(engines, changed);
    this.#decorations = new Decorations(engines, decorated);
  }

  watch(uri: vscode.Uri): Disposable {
    return this.#watches.watch(this.#places.address(uri));
  }

  decoration(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    return this.#decorations.of(this.#places.address(uri));
  }

  stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return guarded(async () => {
      const layered = await this.#layers.of(uri, LARGEST);
      if (layered) {
        const { data, mtime } = layered;
        const permissions = vscode.FilePermission.Readonly;
        return { type: vscode.FileType.File, ctime: 0, mtime, size: data.length, permissions };
      }
      const place = await this.#places.place(uri);
      const stat = await place.engine.files
        .stat(place.container, place.path)
        .catch(async (error: unknown) => {
          throw await this.#places.explained(error, place);
        });
      const target = stat.type === 'symlink' ? await this.#targetOf(place, stat) : stat;
      const readonly = uri.query !== '' || (await this.#places.isReadonly(place));
      return {
        type: typeOf(stat.type, target?.type),
        // Nobody tells when a file was made.
        ctime: 0,
        mtime: target?.mtime ?? stat.mtime,
        size: target?.size ?? stat.size,
        ...(readonly && { permissions: vscode.FilePermission.Readonly }),
      };
    });
  }

  readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return guarded(async () => {
      const { address, engine, container, path } = await this.#places.place(uri);
      const { files } = await engine.files.list(container, path);
      const targets = await linkTypes({ files: engine.files, id: container }, path, files);
      return files.map(({ name, type }) => [addressName(address, name), typeOf(type, targets.get(name))]);
    });
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return guarded(async () => {
      const layered = await this.#layers.of(uri, LARGEST);
      if (layered) return layered.data;
      const place = await this.#places.place(uri);
      const { data, stat, truncated } = await place.engine.files.read(place.container, place.path, {
        limit: LARGEST,
      });
      if (truncated) throw tooLarge(place.path, stat.size);
      this.#seen.keep(uri.toString(), stat, data);
      return data;
    });
  }

  writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    options: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    return guarded(async () => {
      const place = await this.#places.place(uri);
      await this.#places.refuseReadonly(place);
      const before = await this.#there(place);
      if (!before && !options.create) throw vscode.FileSystemError.FileNotFound(uri);
      if (before && options.create && !options.overwrite) throw vscode.FileSystemError.FileExists(uri);
      const key = uri.toString();
      if (before && (await this.#isOther(key, place, before, uri)))
        throw changedMeanwhile(uri, () => this.#seen.forget(key));
      const { engine, container, path } = place;
      await engine.files.write(container, path, Buffer.from(content));
      const after = await this.#there(place);
      if (after) this.#seen.keep(key, after, content);
    });
  }

  createDirectory(uri: vscode.Uri): Promise<void> {
    return guarded(async () => {
      const place = await this.#places.place(uri);
      if (await this.#there(place)) throw vscode.FileSystemError.FileExists(uri);
      await this.#places.refuseReadonly(place);
      await place.engine.files.mkdir(place.container, place.path);
    });
  }

  delete(uri: vscode.Uri, { recursive }: { readonly recursive: boolean }): Promise<void> {
    return guarded(async () => {
      const place = await this.#places.place(uri);
      await this.#places.refuseReadonly(place);
      await place.engine.files.remove(place.container, place.path, { recursive });
    });
  }

  rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { readonly overwrite: boolean }): Promise<void> {
    return guarded(async () => {
      const [source, target] = await Promise.all([this.#places.place(from), this.#places.place(to)]);
      await this.#places.refuseReadonly(source);
      await this.#places.refuseReadonly(target);
      if (!overwrite && (await this.#there(target))) throw vscode.FileSystemError.FileExists(to);
      if (source.engine !== target.engine || source.container !== target.container) {
        await this.#copy(source, target);
        await source.engine.files.remove(source.container, source.path, { recursive: true });
        return;
      }
      await source.engine.files.rename(source.container, source.path, target.path, { overwrite });
    });
  }

  copy(from: vscode.Uri, to: vscode.Uri, { overwrite }: { readonly overwrite: boolean }): Promise<void> {
    return guarded(async () => {
      const [source, target] = await Promise.all([this.#places.place(from), this.#places.place(to)]);
      await this.#places.refuseReadonly(target);
      const there = await this.#there(target);
      if (there && !overwrite) throw vscode.FileSystemError.FileExists(to);
      await this.#copy(source, target, there);
    });
  }

  dispose(): void {
    this.#watches.dispose();
    this.#decorations.dispose();
    this.#places.dispose();
  }

  /** By the rules of `docker cp` what goes to a directory goes into it, and there has its own name. */
  async #copy(source: Place, target: Place, there?: PathStat): Promise<void> {
    if (source.engine !== target.engine)
      throw new EngineError(
        'invalid',
        sentence('Files can be copied within one engine. Download them, then upload them to the other.'),
      );
    const sameName = posix.basename(source.path) === posix.basename(target.path);
    const into = there?.type === 'directory' && sameName ? posix.dirname(target.path) : target.path;
    await source.engine.files.copyBetween(
      { id: source.container, path: source.path },
      { id: target.container, path: into },
    );
  }

  async #targetOf({ engine, container }: Place, link: PathStat): Promise<PathStat | undefined> {
    try {
      return await engine.files.stat(container, link.linkTarget);
    } catch (error) {
      if (isMissingFile(error)) return undefined;
      throw error;
    }
  }

  /** What is at the place, links followed. */
  async #there(place: Place): Promise<PathStat | undefined> {
    try {
      const stat = await place.engine.files.stat(place.container, place.path);
      return stat.type === 'symlink' ? ((await this.#targetOf(place, stat)) ?? stat) : stat;
    } catch (error) {
      if (isMissingFile(error)) return undefined;
      throw error;
    }
  }

  /** Whether an editor holds an edit of what is not what the container has now. */
  async #isOther(key: string, place: Place, now: PathStat, uri: vscode.Uri): Promise<boolean> {
    const edited = vscode.workspace.textDocuments.some(
      (document) => document.isDirty && document.uri.toString() === uri.toString(),
    );
    if (!edited || !this.#seen.isDoubtful(key, now)) return false;
    const { data } = await place.engine.files.read(place.container, place.path, { limit: LARGEST });
    return !this.#seen.isSame(key, data);
  }
}

function typeOf(type: FileType, target?: FileType): vscode.FileType {
  switch (type) {
    case 'file':
      return vscode.FileType.File;
    case 'directory':
      return vscode.FileType.Directory;
    case 'symlink':
      return vscode.FileType.SymbolicLink | (target ? typeOf(target) : vscode.FileType.Unknown);
    default:
      return vscode.FileType.Unknown;
  }
}

/** A name as the address of a file in the directory has it. */
function addressName(directory: FileAddress, name: string): string {
  const path = posix.join(directory.path, '/') + name;
  return posix.basename(fileAddress({ ...directory, path }).path);
}

function tooLarge(path: string, size: number): EngineError {
  return new EngineError(
    'invalid',
    sentence(
      '"{0}" has {1}; files of more than {2} are not opened here. Download it instead.',
      path,
      humanSize(size),
      humanSize(LARGEST),
    ),
  );
}
