import type { Engine } from '../../engine/engine';
import { collect } from '../../engine/cleanup/collect';
import type { CleanupKind, DiskState, KeepReason, KeepRules } from '../../engine/cleanup/items';
import { blocked, freedBytes, propose, victimsOf } from '../../engine/cleanup/plan';
import type { Receipt, Victim } from '../../engine/prune';
import type { DiskVerdict } from '../../protocol/disk';

/** One look at an engine's disk, and what could go of it. */
export class Cleanup {
  readonly state: DiskState;
  readonly #engine: Engine;
  readonly #names: ReadonlyMap<string, string>;

  private constructor(engine: Engine, state: DiskState) {
    this.#engine = engine;
    this.state = state;
    this.#names = new Map(state.items.map(({ key, name }) => [key, name]));
  }

  static async look(engine: Engine, signal?: AbortSignal): Promise<Cleanup> {
    return new Cleanup(engine, await collect(engine, signal));
  }

  propose(rules: KeepRules, kinds?: ReadonlySet<CleanupKind>): DiskVerdict {
    const { ticked, kept } = propose(this.state, rules, Date.now(), kinds);
    return this.#verdict(ticked, kept);
  }

  weigh(ticked: ReadonlySet<string>): DiskVerdict {
    return this.#verdict(this.#possible(ticked), new Map());
  }

  victims(ticked: ReadonlySet<string>): readonly Victim[] {
    return victimsOf(this.state, this.#possible(ticked));
  }

  /** Remove exactly these, of what this look has found. */
  async remove(
    victims: readonly Victim[],
    onEach: (victim: Victim) => void,
    signal?: AbortSignal,
  ): Promise<Receipt & { readonly freed: number }> {
    const receipt = await this.#engine.prune.remove(victims, onEach, signal);
    const removed = new Set(receipt.removed.map(({ kind, id }) => `${kind}/${id}`));
    return { ...receipt, freed: freedBytes(this.state, removed) };
  }

  /** Without what is not there and what cannot go; taking one away may block another. */
  #possible(wanted: ReadonlySet<string>): ReadonlySet<string> {
    let ticked: ReadonlySet<string> = new Set([...wanted].filter((key) => this.#names.has(key)));
    for (;;) {
      const stuck = blocked(this.state, ticked);
      const left = new Set([...ticked].filter((key) => !stuck.has(key)));
      if (left.size === ticked.size) return ticked;
      ticked = left;
    }
  }

  #verdict(ticked: ReadonlySet<string>, kept: ReadonlyMap<string, KeepReason>): DiskVerdict {
    const stuck = [...blocked(this.state, ticked)];
    return {
      ticked: [...ticked],
      bytes: freedBytes(this.state, ticked),
      kept: Object.fromEntries(kept),
      blocked: Object.fromEntries(
        stuck.map(([key, users]) => [key, users.map((user) => this.#names.get(user) ?? user)]),
      ),
    };
  }
}
