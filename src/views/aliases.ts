import type { Engine } from '../engine/engine';
import type { Container } from '../engine/model/types';
import { shortId } from '../engine/run/names';

/** So many containers of one network are asked for their further names; nobody reads more. */
const MOST = 100;

type Names = Readonly<Record<string, readonly string[]>>;

/**
 * Further names of containers in their networks. The engine's lists do not have them, so a container is inspected for
 * them, once for as long as it stays as it is, and only where its network is unfolded.
 */
export class Aliases {
  readonly #opened = new Set<string>();
  readonly #known = new WeakMap<Container, Names | 'asked'>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** What is under this network is on the screen. */
  open(network: string): void {
    if (this.#opened.has(network)) return;
    this.#opened.add(network);
    this.#changed();
  }

  /** For one painting of one engine's networks; `undefined` for what is not known yet. */
  reader(
    engine: Engine,
  ): (container: Container, network: { id: string; name: string }) => readonly string[] | undefined {
    const asked = new Map<string, number>();
    return (container, { id, name }) => {
      const known = this.#known.get(container);
      if (known !== undefined) return known === 'asked' ? undefined : known[name];
      const count = asked.get(id) ?? 0;
      if (!this.#opened.has(id) || count >= MOST) return undefined;
      asked.set(id, count + 1);
      this.#known.set(container, 'asked');
      void this.#ask(engine, container);
      return undefined;
    };
  }

  async #ask(engine: Engine, container: Container): Promise<void> {
    try {
      this.#known.set(container, namesOf(await engine.containers.inspect(container.id), container));
      this.#changed();
    } catch {
      // It has gone meanwhile, or the engine has: either is told elsewhere.
    }
  }
}

/** The engine adds the short id to what was asked for. */
function namesOf(inspected: unknown, { id, name }: Container): Names {
  const { NetworkSettings } = inspected as {
    NetworkSettings?: { Networks?: Readonly<Record<string, { Aliases?: readonly string[] | null }>> };
  };
  return Object.fromEntries(
    Object.entries(NetworkSettings?.Networks ?? {}).map(([network, { Aliases }]) => [
      network,
      [...new Set(Aliases ?? [])].filter((alias) => alias !== name && alias !== shortId(id)),
    ]),
  );
}
