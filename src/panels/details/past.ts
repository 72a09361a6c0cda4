import type { Engine } from '../../engine/engine';
import type { DetailsMark } from '../../protocol/details';
import { StatsHistory } from '../stats/history';

type EngineEvent = Parameters<Parameters<Engine['model']['onEvent']>[0]>[0];

/** Samples that are kept of a container: fifteen minutes, at the engine's one per second. */
const KEPT = 900;
/** Events that are kept of a container: one that restarts all the time has no end of them. */
const MARKS = 200;
/** Containers of which something is kept. */
const CONTAINERS = 30;

const KINDS: Readonly<Record<string, DetailsMark['kind']>> = {
  start: 'start',
  die: 'die',
  oom: 'oom',
  restart: 'restart',
  pause: 'pause',
  unpause: 'unpause',
  health_status: 'health',
};

/** What was measured of a container and what happened to it, while it was looked at. */
export class Past {
  readonly history = new StatsHistory(KEPT);
  #marks: readonly DetailsMark[] = [];

  get marks(): readonly DetailsMark[] {
    return this.#marks;
  }

  /** Whether the event is one to mark. */
  hear({ action, detail, time, attributes }: EngineEvent): boolean {
    const kind = KINDS[action];
    if (!kind) return false;
    const said = kind === 'die' ? (attributes['exitCode'] ?? '') : kind === 'health' ? detail : '';
    this.#marks = [...this.#marks, { time, kind, detail: said }].slice(-MARKS);
    return true;
  }
}

/** The pasts of the containers that were looked at last: they outlive their panels. */
export class Pasts {
  readonly #all = new Map<string, Past>();

  of(key: string): Past {
    const past = this.#all.get(key) ?? new Past();
    this.#all.delete(key);
    this.#all.set(key, past);
    const [oldest] = this.#all.keys();
    if (this.#all.size > CONTAINERS && oldest !== undefined) this.#all.delete(oldest);
    return past;
  }
}
