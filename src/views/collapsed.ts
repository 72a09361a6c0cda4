import type { Memento } from 'vscode';

/** Which rows the user has folded or unfolded against the way they come; kept with the workspace. */
export class Collapsed {
  readonly #state: Memento;
  readonly #key: string;
  readonly #turned: Set<string>;

  constructor(state: Memento, view: string) {
    this.#state = state;
    this.#key = `${view}.turned`;
    this.#turned = new Set(state.get<readonly string[]>(this.#key, []));
  }

  is(id: string, byDefault: boolean): boolean {
    return this.#turned.has(id) !== byDefault;
  }

  set(id: string, collapsed: boolean, byDefault: boolean): void {
    if (collapsed === byDefault) this.#turned.delete(id);
    else this.#turned.add(id);
    // What is not kept is a row that unfolds by itself after the next start: nothing to bother anybody with.
    this.#state.update(this.#key, [...this.#turned].slice(-LONGEST)).then(undefined, () => undefined);
  }
}

/** Rows of things long gone make room for new ones. */
const LONGEST = 500;
