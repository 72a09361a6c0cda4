import { Uri, window, workspace } from 'vscode';
import type { Disposable } from '../../engine/emitter';
import { EngineError, sentence } from '../../engine/errors';
import { hostFailure } from '../../engine/files/hostFailure';
import { writeFileFrom } from '../../engine/files/hostFile';

/** One file at a time, written part by part as the page makes them; it appears only when it is whole. */
export class LogsExport implements Disposable {
  #next: ((part: Buffer | undefined | Error) => void) | undefined;
  #wanted: (() => void) | undefined;
  #done: Promise<void> | undefined;

  /** Asks where to write to; answers the path, `undefined` when the user changed their mind. */
  async begin(name: string): Promise<string | undefined> {
    this.dispose();
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const file = name.replace(/[^\w.-]+/g, '_');
    const uri = await window.showSaveDialog({
      defaultUri: folder ? Uri.joinPath(folder, file) : Uri.file(file),
    });
    if (!uri) return undefined;
    if (uri.scheme !== 'file')
      throw new EngineError(
        'invalid',
        sentence('A log can only be written to a folder of this computer. Choose another place.'),
      );
    const path = uri.fsPath;
    const parts = (): Promise<Buffer | undefined> =>
      new Promise((resolve, reject) => {
        this.#next = (part) => (part instanceof Error ? reject(part) : resolve(part));
        this.#wanted?.();
      });
    const attributes = { mode: 0o644, mtime: Math.floor(Date.now() / 1000) };
    this.#done = writeFileFrom(path, parts, attributes).catch((error: unknown) => {
      throw hostFailure(error, path);
    });
    // Told to whoever hands over the next part.
    this.#done.catch(() => undefined);
    return path;
  }

  /** Resolves when the part is taken; without one the file is whole then. */
  async part(part: unknown): Promise<undefined> {
    const done = this.#done;
    if (!done) throw new EngineError('invalid', sentence('Nothing is being written. Export the log again.'));
    const wanted = new Promise<void>((resolve) => (this.#next ? resolve() : (this.#wanted = resolve)));
    await Promise.race([wanted, done]);
    const next = this.#next;
    this.#next = undefined;
    next?.(part instanceof Uint8Array ? Buffer.from(part) : undefined);
    if (part instanceof Uint8Array) return undefined;
    this.#done = undefined;
    await done;
    return undefined;
  }

  /** What is not whole yet is given up, and leaves nothing. */
  dispose(): void {
    this.#next?.(new EngineError('cancelled', sentence('Cancelled.')));
    this.#next = undefined;
    this.#done = undefined;
  }
}
