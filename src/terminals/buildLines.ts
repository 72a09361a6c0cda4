import type { BuildEvent, BuildStep } from '../engine/build/output';

/** The words of ours between those of the builder. */
export interface BuildWords {
  readonly cached: string;
  readonly failed: string;
  readonly cancelled: string;
  warning(text: string, line: number | undefined): string;
}

/** ms */
const WORTH_TELLING = 1000;
/** ms; less would be shown as 0.0 s. */
const MEASURABLE = 50;

const bold = (text: string): string => `\x1b[1m${text}\x1b[0m`;
const dim = (text: string): string => `\x1b[2m${text}\x1b[0m`;
const yellow = (text: string): string => `\x1b[33m${text}\x1b[0m`;
const red = (text: string): string => `\x1b[31m${text}\x1b[0m`;

/**
 * Makes lines for a terminal of what happens in a build: a heading for each step, below it what the step writes. Steps
 * that run at the same time take turns, each time under their heading.
 */
export class BuildLines {
  readonly #words: BuildWords;
  /** The step under whose heading we are. */
  #under: string | undefined;

  constructor(words: BuildWords) {
    this.#words = words;
  }

  /** The lines for one event; none for what is no news. */
  of(event: BuildEvent): readonly string[] {
    switch (event.kind) {
      case 'step':
        return this.#ofStep(event.step);
      case 'log':
        // Colours that a program leaves on end with its line.
        return [...this.#heading(event.step), `${event.text}\x1b[0m`];
      case 'warning':
        return [yellow(this.#words.warning(plain(event.warning.text), event.warning.lines?.line))];
      case 'context':
      case 'progress':
        return [];
    }
  }

  /** A line of our own, outside of all steps. */
  own(line: string, as: 'note' | 'warning' = 'note'): readonly string[] {
    this.#under = undefined;
    return [as === 'warning' ? yellow(plain(line)) : plain(line)];
  }

  #ofStep(step: BuildStep): readonly string[] {
    const { state, duration = 0 } = step;
    // What took no time is not told; what took little gets no heading once more for saying so.
    const worth = step.id === this.#under ? MEASURABLE : WORTH_TELLING;
    if (state === 'done' && duration < worth) return [];
    const heading = this.#heading(step);
    switch (state) {
      case 'running':
        return heading;
      case 'cached':
        return [...heading, dim(this.#words.cached)];
      case 'failed':
        return [...heading, red(this.#words.failed)];
      case 'cancelled':
        return [...heading, dim(this.#words.cancelled)];
      case 'done':
        return [...heading, dim(`${(duration / 1000).toFixed(1)} s`)];
    }
  }

  #heading(step: BuildStep | undefined): readonly string[] {
    if (step?.id === this.#under) return [];
    this.#under = step?.id;
    if (!step) return [];
    const { number, total, stage, text } = step;
    const stageAndPlace = [stage, number === undefined ? undefined : `${number}/${total ?? 0}`];
    const place = stageAndPlace.filter((part) => part !== undefined).join(' ');
    return ['', bold(place === '' ? plain(text) : `[${plain(place)}] ${plain(text)}`)];
  }
}

/** One line without control characters. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}
