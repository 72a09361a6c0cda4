import { seconds } from '../streams/instants';
import type { LogLine } from '../streams/lines';

/** ns; stdout and stderr are received by two readers, so a line may be stored after one that is younger. */
const OVERLAP = 100_000_000n;

/**
 * Where a log was left, to go on without loss or doubling: the engine is asked again from a little before the last
 * line (its `since` includes that instant), and what was given already is left out. Memory holds the lines of the last
 * 100 ms.
 */
export class ResumePoint {
  #first: bigint | undefined;
  #last = 0n;
  /** The lines given lately, oldest first; those before `#from` are too old. */
  #recent: LogLine[] = [];
  #from = 0;
  /** After a resume: how often each of the recent lines may come again. */
  #again: Map<string, number> | undefined;
  #floor = 0n;

  /** Time of the youngest line given; 0 before there was one. */
  get last(): bigint {
    return this.#last;
  }

  /** The `since` to ask from; `undefined` when nothing was given yet. What comes next is taken as the answer to it. */
  resume(): string | undefined {
    if (this.#first === undefined) return undefined;
    const floor = this.#last - OVERLAP;
    // Never before the first: what stood in front of it was not wanted.
    this.#floor = floor > this.#first ? floor : this.#first;
    this.#again = new Map();
    for (const line of this.#recent.slice(this.#from)) {
      const key = keyOf(line);
      this.#again.set(key, (this.#again.get(key) ?? 0) + 1);
    }
    return seconds(this.#floor);
  }

  /** Those of the lines that are new. */
  fresh(lines: readonly LogLine[]): readonly LogLine[] {
    const fresh = this.#again ? lines.filter((line) => !this.#given(line)) : lines;
    for (const line of fresh) this.#remember(line);
    return fresh;
  }

  #given(line: LogLine): boolean {
    if (line.time < this.#floor) return true;
    const key = keyOf(line);
    const count = this.#again?.get(key) ?? 0;
    if (count > 0) this.#again?.set(key, count - 1);
    return count > 0;
  }

  #remember(line: LogLine): void {
    this.#first = this.#first === undefined || line.time < this.#first ? line.time : this.#first;
    if (line.time > this.#last) this.#last = line.time;
    this.#recent.push(line);
    const floor = this.#last - OVERLAP;
    while ((this.#recent[this.#from]?.time ?? floor) < floor) this.#from++;
    // Moving what is left costs as much as was let go, so this stays linear.
    if (this.#from > 1000 && this.#from * 2 > this.#recent.length) {
      this.#recent = this.#recent.slice(this.#from);
      this.#from = 0;
    }
    if (this.#again && this.#last > this.#floor + 2n * OVERLAP) this.#again = undefined;
  }
}

function keyOf({ stream, time, text }: LogLine): string {
  return `${stream} ${String(time)} ${text}`;
}
