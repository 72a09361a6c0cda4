import type { StatsContainer, StatsPoint, StatsToWebview } from '../../src/protocol/stats';
import type { ChartData } from '../shared/scale';

/** ms without a sample after which the last one is no longer the truth. */
export const STALE = 5000;

/** ms that the charts show. */
export const SPAN = 5 * 60_000;

/** One line of the table: what a container is, and its newest sample unless that is out of date. */
export interface StatsRow {
  readonly container: StatsContainer;
  readonly point: StatsPoint | undefined;
}

export interface Looked {
  readonly container: StatsContainer;
  readonly points: readonly StatsPoint[];
}

/** What the panel knows: the containers, the newest sample of each, and the history of those that are looked at. */
export class StatsModel {
  #containers: readonly StatsContainer[] = [];
  readonly #latest = new Map<string, { point: StatsPoint; arrived: number }>();
  /** Of those that are looked at; the first is the one that was opened. */
  #looked = new Map<string, readonly StatsPoint[]>();
  readonly #span: number;

  /** `span`: ms of history to keep. */
  constructor(span = SPAN) {
    this.#span = span;
  }

  apply(message: StatsToWebview, now: number): void {
    if (message.type === 'containers') {
      this.#containers = message.containers;
      return;
    }
    for (const [key, points] of Object.entries(message.points)) {
      const point = points.at(-1);
      if (point) this.#latest.set(key, { point, arrived: now });
      const known = this.#looked.get(key);
      if (known) this.#looked.set(key, joined(known, points, this.#span));
    }
  }

  /** Look at this container; its samples are kept from now on. */
  open(key: string): void {
    this.look([key]);
  }

  /** Look at these and at no others. Answers those whose history is not known. */
  look(keys: readonly string[]): readonly string[] {
    const before = this.#looked;
    this.#looked = new Map(keys.map((key) => [key, before.get(key) ?? []]));
    return keys.filter((key) => !before.has(key));
  }

  /** The answer to a question for the history, unless others are looked at by now. */
  addHistory(key: string, points: readonly StatsPoint[]): void {
    const known = this.#looked.get(key);
    if (known) this.#looked.set(key, joined(points, known, this.#span));
  }

  get containers(): readonly StatsContainer[] {
    return this.#containers;
  }

  row(container: StatsContainer, now: number): StatsRow {
    const latest = this.#latest.get(container.key);
    const alive = isRunning(container) && container.problem === undefined;
    return { container, point: alive && latest && now - latest.arrived < STALE ? latest.point : undefined };
  }

  get opened(): Looked | undefined {
    return this.looked[0];
  }

  /** Those that are looked at, in the order in which they were chosen. */
  get looked(): readonly Looked[] {
    return [...this.#looked].flatMap(([key, points]) => {
      const container = this.#containers.find((each) => each.key === key);
      return container ? [{ container, points }] : [];
    });
  }
}

export function isRunning({ state }: StatsContainer): boolean {
  return state === 'running' || state === 'paused';
}

/** The history and what arrived while it was on its way may overlap. Keeps what the charts can show. */
function joined(
  before: readonly StatsPoint[],
  after: readonly StatsPoint[],
  span: number,
): readonly StatsPoint[] {
  const last = before.at(-1)?.time ?? -Infinity;
  const all = [...before, ...after.filter(({ time }) => time > last)];
  const oldest = (all.at(-1)?.time ?? 0) - span;
  return all.filter(({ time }) => time >= oldest);
}

/** Points as columns for a chart; a point that does not continue the one before is set apart by an empty row. */
export function columns(
  points: readonly StatsPoint[],
  picks: readonly ((point: StatsPoint) => number | undefined)[],
): ChartData {
  const times: number[] = [];
  const lines = picks.map((): (number | null)[] => []);
  for (const point of points) {
    const before = times.at(-1);
    if (before !== undefined && (point.first || point.time - before > STALE)) {
      times.push(point.time);
      for (const line of lines) line.push(null);
    }
    times.push(point.time);
    picks.forEach((pick, index) => lines[index]?.push(pick(point) ?? null));
  }
  return [times, ...lines];
}
