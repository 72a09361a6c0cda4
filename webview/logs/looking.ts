import type { LogsStrings } from '../../src/protocol/logs';
import { fill } from '../shared/l10n';
import type { Chunk, Shows } from './chunk';
import { nextFound } from './find';
import { Judging, type Purpose } from './judging';
import { queryProblem, type Query } from './query';
import { Ranges } from './ranges';
import type { LogStore, Place } from './store';
import type { Looked } from './toolbar';
import { Hands } from './worker/hands';

export interface LookingEvents {
  /** Which rows there are, or what is marked in them, is another. */
  readonly changed: () => void;
  readonly repaint: () => void;
  readonly reveal: (place: Place) => void;
  readonly firstRow: () => number;
  /** What is wrong with what was typed; empty when nothing is. */
  readonly problem: (purpose: Purpose, text: string) => void;
  /** From 0 to 1. */
  readonly progress: (done: number) => void;
}

/** What of the lines is to be seen, and what is looked for in them. */
export class Looking {
  readonly #strings: LogsStrings;
  readonly #store: LogStore;
  readonly #events: LookingEvents;
  readonly #judges = new Hands();
  readonly #judging: Judging;
  readonly #ranges: Ranges;
  #shows: Shows;
  /** The match one is at. */
  current: Place | undefined;

  constructor(strings: LogsStrings, store: LogStore, shows: Shows, events: LookingEvents) {
    this.#strings = strings;
    this.#store = store;
    this.#events = events;
    this.#shows = shows;
    this.#judging = new Judging(store, this.#judges, {
      changed: () => events.changed(),
      progress: (_purpose, done) => events.progress(done),
      tooSlow: (purpose) => this.#tooSlow(purpose),
    });
    this.#ranges = new Ranges(this.#judges, () => events.repaint());
  }

  /** There will be something to look for: not before the first lines are seen, for which it would only be in the way. */
  warm(): void {
    this.#judges.warm();
  }

  /** There are new lines at the end of this chunk. */
  added(chunk: Chunk): void {
    this.#judging.added(chunk);
  }

  query(purpose: Purpose): Query | undefined {
    return this.#judging.query(purpose);
  }

  found(text: string): ReturnType<Ranges['in']> {
    return this.#ranges.in(text);
  }

  /** Whether stack traces are folded: what one looks for may be inside of one. */
  get fold(): boolean {
    return this.#shows.fold && !this.#shows.matching && !this.query('found');
  }

  /** Whether no line is hidden: who looks for some does not ask for others. */
  get all(): boolean {
    const { matching, levels, streams, hidden } = this.#shows;
    return !matching && levels.size === 0 && streams === 'both' && hidden.size === 0;
  }

  async search({ text, regex, matchCase }: Looked): Promise<void> {
    const query = text === '' ? undefined : { text, regex, matchCase };
    const valid = this.#isValid('found', query) ? query : undefined;
    this.current = undefined;
    this.#ranges.look(valid);
    await this.#look('found', valid);
    if (valid) this.step(1);
    else this.#events.repaint();
  }

  async filter({ text, regex, matchCase, inverse }: Looked): Promise<void> {
    const query = text === '' ? undefined : { text, regex, matchCase };
    if (!this.#isValid('matched', query)) return;
    await this.#look('matched', query);
    this.show({ matching: this.query('matched') !== undefined, inverse });
  }

  /** From the match one is at, or from what is on screen. */
  step(step: 1 | -1): void {
    const from = this.current ? this.#store.rowOf(this.current) + step : this.#events.firstRow();
    const place = nextFound(this.#store, from, step);
    if (place) {
      this.current = place;
      this.#events.reveal(place);
    }
    this.#events.repaint();
    this.#events.changed();
  }

  show(part: Partial<Shows>): void {
    this.#shows = { ...this.#shows, ...part };
    this.#reshow();
  }

  #isValid(purpose: Purpose, query: Query | undefined): boolean {
    const problem = query && queryProblem(query);
    this.#events.problem(purpose, problem === undefined ? '' : fill(this.#strings.badRegex, problem));
    return problem === undefined;
  }

  async #look(purpose: Purpose, query: Query | undefined): Promise<void> {
    const same = this.query(purpose);
    if (JSON.stringify(same) !== JSON.stringify(query)) await this.#judging.look(purpose, query);
    this.#reshow();
  }

  #reshow(): void {
    this.#store.show({ ...this.#shows, fold: this.fold });
    this.#events.repaint();
    this.#events.changed();
  }

  #tooSlow(purpose: Purpose): void {
    this.#events.problem(purpose, this.#strings.tooSlow);
    if (purpose === 'matched') this.show({ matching: false });
    else this.#ranges.look(undefined);
    this.#reshow();
  }
}
