import { rangesIn, type Query } from './query';
import type { Hands } from './worker/hands';

type Range = readonly [number, number];

/** Texts whose matches are remembered: some screens of them. */
const KEPT = 2000;

/** Where the search's text is in the lines on screen. What an expression finds is found out beside the page. */
export class Ranges {
  readonly #hands: Hands;
  readonly #arrived: () => void;
  #query: Query | undefined;
  #known = new Map<string, readonly Range[]>();
  #asked: string[] = [];

  constructor(hands: Hands, arrived: () => void) {
    this.#hands = hands;
    this.#arrived = arrived;
  }

  look(query: Query | undefined): void {
    this.#query = query;
    this.#known = new Map();
  }

  /** Nothing while it is being found out. */
  in(text: string): readonly Range[] {
    const query = this.#query;
    if (!query) return [];
    if (!query.regex) return rangesIn(text, query);
    const known = this.#known.get(text);
    if (known) return known;
    if (this.#asked.length === 0) queueMicrotask(() => void this.#ask(query));
    this.#asked.push(text);
    return [];
  }

  async #ask(query: Query): Promise<void> {
    const texts = this.#asked;
    this.#asked = [];
    // An expression that takes too long is told of by who judges all lines with it.
    const ranges = await this.#hands.ask('ranges', { texts, query }).catch(() => undefined);
    if (!ranges || this.#query !== query) return;
    if (this.#known.size > KEPT) this.#known.clear();
    texts.forEach((text, index) => this.#known.set(text, ranges[index] ?? []));
    if (ranges.some(({ length }) => length > 0)) this.#arrived();
  }
}
