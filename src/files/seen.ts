import { createHash } from 'node:crypto';
import type { PathStat } from '../engine/files/pathStat';

interface Sight {
  readonly size: number;
  readonly mtime: number;
  readonly content: string;
}

/** Files that are remembered; the oldest are forgotten. */
const MOST = 500;

/**
 * What the files were like when the editor last read or wrote them. The editor itself refuses to overwrite a file that
 * got another size meanwhile, and takes one of the same size for the same: that is left to us.
 */
export class Seen {
  readonly #sights = new Map<string, Sight>();

  keep(key: string, { size, mtime }: Pick<PathStat, 'size' | 'mtime'>, content: Uint8Array): void {
    this.#sights.delete(key);
    this.#sights.set(key, { size, mtime, content: digest(content) });
    const [oldest] = this.#sights.keys();
    if (this.#sights.size > MOST && oldest !== undefined) this.#sights.delete(oldest);
  }

  forget(key: string): void {
    this.#sights.delete(key);
  }

  /** Whether the file may have become another without a change of its size; the content then tells. */
  isDoubtful(key: string, { size, mtime }: Pick<PathStat, 'size' | 'mtime'>): boolean {
    const sight = this.#sights.get(key);
    return sight !== undefined && sight.size === size && sight.mtime !== mtime;
  }

  isSame(key: string, content: Uint8Array): boolean {
    return this.#sights.get(key)?.content === digest(content);
  }
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}
