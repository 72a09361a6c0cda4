/** A binary heap: the item that comes before all others is at hand. */
export class Heap<T> {
  readonly #before: (a: T, b: T) => boolean;
  readonly #items: T[] = [];

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  get first(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    let at = this.#items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = this.#items[up] as T;
      if (!this.#before(item, parent)) break;
      this.#items[at] = parent;
      at = up;
    }
    this.#items[at] = item;
  }

  /** Take the first away. */
  pop(): void {
    const last = this.#items.pop();
    const size = this.#items.length;
    if (last === undefined || size === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= size) break;
      const right = left + 1;
      const child =
        right < size && this.#before(this.#items[right] as T, this.#items[left] as T) ? right : left;
      if (!this.#before(this.#items[child] as T, last)) break;
      this.#items[at] = this.#items[child] as T;
      at = child;
    }
    this.#items[at] = last;
  }
}
