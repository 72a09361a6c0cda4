import type { Disposable } from '../../engine/emitter';
import { toEngineError } from '../../engine/errors';
import type { TagFacts } from '../../engine/registry/describe';
import type { Registries } from '../../engine/registry/registries';
import type { Node, RegistryTagNode } from '../nodes';
import { factsOf, type Facts } from './content';

/** Tags of one repository that are asked for at once. */
const AT_ONCE = 4;
/** ms between two paintings. */
const OFTEN = 150;

/** Reads what each tag that is shown is, a few at a time, and tells which rows to paint again. */
export class TagFactsReader implements Disposable {
  readonly #registries: Registries;
  readonly #told: (nodes: Node[]) => void;
  /** By `repository:tag`. */
  readonly #facts = new Map<string, Facts>();
  readonly #running = new Map<string, AbortController>();
  #waiting: Node[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(registries: Registries, told: (nodes: Node[]) => void) {
    this.#registries = registries;
    this.#told = told;
  }

  get(reference: string): Facts | undefined {
    return this.#facts.get(reference);
  }

  /** What is known of a repository's tags already. */
  put(repository: string, facts: ReadonlyMap<string, TagFacts>): void {
    for (const [tag, one] of facts) this.#facts.set(`${repository}:${tag}`, one);
  }

  /** Ask for those of the rows that nothing is known of. */
  read(
    repository: string,
    { host, path }: { readonly host: string; readonly path: string },
    rows: readonly RegistryTagNode[],
  ): void {
    this.stop(repository);
    const abort = new AbortController();
    this.#running.set(repository, abort);
    const queue = rows.filter(({ id }) => !this.#facts.has(id)).values();
    const work = async (): Promise<void> => {
      for (const row of queue) {
        if (abort.signal.aborted) return;
        const tag = row.id.slice(repository.length + 1);
        try {
          this.#facts.set(row.id, await factsOf(this.#registries, host, path, tag, abort.signal));
        } catch (error) {
          const failure = toEngineError(error);
          if (failure.kind === 'cancelled') return;
          this.#facts.set(row.id, { failure });
          // A registry that is down or wants to be left alone is not asked for the others.
          if (failure.kind === 'unreachable' || failure.status === 429) abort.abort();
        }
        this.#tell(row);
      }
    };
    for (let worker = 0; worker < AT_ONCE; worker++) void work();
  }

  /** Ask for no more of them. */
  stop(repository: string): void {
    this.#running.get(repository)?.abort();
    this.#running.delete(repository);
  }

  forget(repository: string): void {
    this.stop(repository);
    for (const reference of this.#facts.keys())
      if (reference.startsWith(`${repository}:`)) this.#facts.delete(reference);
  }

  dispose(): void {
    for (const abort of this.#running.values()) abort.abort();
    clearTimeout(this.#timer);
  }

  #tell(node: Node): void {
    this.#waiting.push(node);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#told(this.#waiting.splice(0));
    }, OFTEN);
  }
}
