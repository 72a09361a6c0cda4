import type { EngineEvent } from '../wire/event';

/** A container that ended although nobody asked it to. */
export interface UnexpectedExit {
  readonly id: string;
  readonly name: string;
  readonly exitCode: number;
  /** The system's memory killer came by. */
  readonly outOfMemory: boolean;
  /** Of the swarm's service that it ran for, which makes another in its place. */
  readonly service: string | undefined;
}

/** Signals that ask a process to end: HUP, INT, QUIT, KILL and TERM; others mean something to the program alone. */
const ENDING: ReadonlySet<string> = new Set(['1', '2', '3', '9', '15']);

/** Ctrl-C in its terminal, of which the engine tells nothing but this. */
const INTERRUPTED = 130;

interface Run {
  readonly asked?: boolean;
  readonly attended?: boolean;
  readonly outOfMemory?: boolean;
}

/**
 * Tells from the engine's events which ends of containers nobody asked for: there was no signal from any client before,
 * and nobody was attached, who would have seen it end. Only what happened while events were heard counts.
 */
export class ExitWatch {
  readonly #runs = new Map<string, Run>();

  /** The exit that this event tells of, when it was unexpected. */
  hear({ type, action, id, attributes }: EngineEvent): UnexpectedExit | undefined {
    if (type !== 'container') return undefined;
    const run = this.#runs.get(id) ?? {};
    switch (action) {
      case 'attach':
        this.#runs.set(id, { ...run, attended: true });
        return undefined;
      case 'kill':
        if (ENDING.has(attributes['signal'] ?? '')) this.#runs.set(id, { ...run, asked: true });
        return undefined;
      case 'oom':
        this.#runs.set(id, { ...run, outOfMemory: true });
        return undefined;
      case 'die': {
        this.#runs.delete(id);
        const exitCode = Number(attributes['exitCode'] ?? NaN);
        const known = run.asked === true || run.attended === true || exitCode === INTERRUPTED;
        if (known || Number.isNaN(exitCode)) return undefined;
        return {
          id,
          name: attributes['name'] ?? '',
          exitCode,
          outOfMemory: run.outOfMemory === true,
          service: attributes['com.docker.swarm.service.id'],
        };
      }
      case 'destroy':
        this.#runs.delete(id);
        return undefined;
      default:
        return undefined;
    }
  }
}
