/** The root of every tree of paths. */
export const ROOT = 0;

/**
 * Paths as numbers. What several layers (and images) have in common is held once, and to find the parent of a path, or
 * what is below it, costs nothing. Names may hold anything but a slash.
 */
export class Paths {
  readonly #names: string[] = [''];
  readonly #parents: number[] = [ROOT];
  readonly #below: (Map<string, number> | undefined)[] = [];

  /** One more than the largest number there is. */
  get size(): number {
    return this.#names.length;
  }

  /** The number of a path of an archive. A `..` stays below the root, as everything in an image does. */
  of(name: string): number {
    let at = ROOT;
    for (const part of name.split('/')) {
      if (part === '' || part === '.') continue;
      at = part === '..' ? this.parent(at) : this.child(at, part);
    }
    return at;
  }

  child(parent: number, name: string): number {
    const known = (this.#below[parent] ??= new Map<string, number>());
    let found = known.get(name);
    if (found === undefined) {
      found = this.#names.length;
      this.#names.push(name);
      this.#parents.push(parent);
      known.set(name, found);
    }
    return found;
  }

  /** Like `of`, without making it known; `undefined` for what no archive has named. */
  find(name: string): number | undefined {
    let at: number | undefined = ROOT;
    for (const part of name.split('/')) {
      if (at === undefined) return undefined;
      if (part === '' || part === '.') continue;
      at = part === '..' ? this.parent(at) : this.#below[at]?.get(part);
    }
    return at;
  }

  /** The root is its own. */
  parent(path: number): number {
    return this.#parents[path] ?? ROOT;
  }

  name(path: number): string {
    return this.#names[path] ?? '';
  }

  /** All that were ever named right below it, in no order. */
  below(path: number): Iterable<number> {
    return this.#below[path]?.values() ?? [];
  }

  /** Absolute, as people write it. */
  text(path: number): string {
    let text = '';
    for (let at = path; at !== ROOT; at = this.parent(at)) text = `/${this.name(at)}${text}`;
    return text === '' ? '/' : text;
  }
}
