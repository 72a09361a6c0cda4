import { OutputLines } from './outputLines';
import type { BuildEvent, BuildStep, BuildWarning, OnBuildEvent, StepState } from './output';

/** Lines of a step that are kept for the case that it fails, and characters of one of them. */
const LAST_LINES = 20;
const LAST_LINE = 1000;

interface Open {
  readonly lines: OutputLines;
  readonly last: string[];
}

/** The steps of one build as they come: remembers what each is now, and tells every change. */
export class Steps {
  readonly #onEvent: OnBuildEvent;
  readonly #steps = new Map<string, BuildStep>();
  readonly #open = new Map<string, Open>();
  readonly #warnings: BuildWarning[] = [];
  #answers: unknown[] = [];

  constructor(onEvent: OnBuildEvent) {
    this.#onEvent = onEvent;
  }

  /** In the order in which they began. */
  get all(): readonly BuildStep[] {
    return [...this.#steps.values()];
  }

  get warnings(): readonly BuildWarning[] {
    return this.#warnings;
  }

  get(id: string | undefined): BuildStep | undefined {
    return id === undefined ? undefined : this.#steps.get(id);
  }

  /** A step as it is now; what it wrote without an end of line is told when it has ended. */
  set(step: BuildStep): void {
    if (step.state !== 'running') this.flush(step.id);
    this.#steps.set(step.id, step);
    this.#tell({ kind: 'step', step });
  }

  /** A piece of what a step wrote, or the builder before the first step. */
  write(id: string | undefined, stream: 'stdout' | 'stderr', piece: string | Buffer): void {
    const { lines } = this.#openOf(id);
    if (typeof piece === 'string') lines.text(stream, piece);
    else lines.bytes(stream, piece);
  }

  /** Tells what a step wrote without an end of line. */
  flush(id: string | undefined): void {
    this.#open.get(id ?? '')?.lines.end();
  }

  progress(id: string | undefined, text: string, fraction?: number): void {
    const step = this.get(id);
    this.#tell({ kind: 'progress', step, text, ...(fraction === undefined ? {} : { fraction }) });
  }

  warn(warning: BuildWarning): void {
    this.#warnings.push(warning);
    this.#tell({ kind: 'warning', warning });
  }

  /** The build is over: whatever still runs has come to this. */
  end(state: StepState): void {
    for (const step of this.#steps.values()) if (step.state === 'running') this.set({ ...step, state });
    for (const { lines } of this.#open.values()) lines.end();
  }

  /** Waits until whoever is told can take more. */
  async taken(): Promise<void> {
    const answers = this.#answers;
    this.#answers = [];
    await Promise.all(answers);
  }

  /** The last lines that a step wrote. */
  lastLines(id: string | undefined): readonly string[] {
    return this.#open.get(id ?? '')?.last ?? [];
  }

  #tell(event: BuildEvent): void {
    const answer = this.#onEvent(event);
    if (answer !== undefined) this.#answers.push(answer);
  }

  #openOf(id: string | undefined): Open {
    const known = this.#open.get(id ?? '');
    if (known) return known;
    const last: string[] = [];
    const lines = new OutputLines((stream, text) => {
      last.push(text.slice(0, LAST_LINE));
      if (last.length > LAST_LINES) last.shift();
      this.#tell({ kind: 'log', step: this.get(id), stream, text });
    });
    const open = { lines, last };
    this.#open.set(id ?? '', open);
    return open;
  }
}
