import type { Engine } from '../engine/engine';
import type { ModelState } from '../engine/model/liveModel';
import { parseSystemFacts, type SystemFacts } from '../engine/systemFacts';

/** What an engine says of itself, and the API version spoken with it. */
export interface Facts extends SystemFacts {
  readonly spoken: string;
}

/** ms; `docker info` of a busy engine takes seconds. */
const LONGEST = 30_000;

/** What engines say of themselves, asked for once per connection: hovering asks nothing. */
export class EngineFacts {
  /** By the very state that a connection began with. */
  readonly #known = new WeakMap<ModelState, Promise<Facts | undefined>>();

  /** `undefined` while it is not connected, or when it would not say. */
  of(engine: Engine): Promise<Facts | undefined> {
    const { state } = engine.model;
    if (state.kind !== 'connected') return Promise.resolve(undefined);
    const known = this.#known.get(state) ?? ask(engine).catch(() => undefined);
    this.#known.set(state, known);
    return known;
  }
}

async function ask({ system, requests }: Engine): Promise<Facts> {
  const signal = AbortSignal.timeout(LONGEST);
  const [version, info, spoken] = await Promise.all([
    system.version(signal),
    system.info(signal),
    requests.version(signal),
  ]);
  return { ...parseSystemFacts(version, info), spoken };
}
