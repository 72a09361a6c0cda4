import type * as vscode from 'vscode';
import { Emitter, type Disposable, type Event } from '../engine/emitter';
import type { Size } from '../engine/streams/terminal';
import { Screen } from './screen';

/** The terminal as a session sees it. */
export interface Console {
  readonly screen: Screen;
  /** Undefined while the terminal has not been laid out. */
  readonly size: Size | undefined;
  readonly onInput: Event<string>;
  /** Keeps what is typed from now on for the next who listens. */
  readonly keepInput: () => void;
  /** Gives the terminal another name. */
  rename(name: string): void;
  /** Settled sizes: a window that is dragged tells the last one. */
  readonly onResize: Event<Size>;
}

/** ms without a new size after which it counts. */
const SETTLED = 50;

/**
 * What runs in a terminal from its opening to its end. It says itself what went wrong and does not reject. Its signal
 * fires when the terminal is closed. After it the screen stays to be read until the next key, unless it answers `close`,
 * or the exit code of a task, whose terminal the editor keeps as the user wants it.
 */
export type Sitting = (console: Console, signal: AbortSignal) => Promise<'stay' | 'close' | number>;

/** A terminal for one sitting. */
export class SessionTerminal implements vscode.Pseudoterminal {
  readonly #closed = new Emitter<number | undefined>();
  readonly onDidClose = this.#closed.event;
  readonly onDidWrite: Event<string>;
  readonly #abort = new AbortController();
  readonly #screen = new Screen(this.#abort.signal);
  readonly #input = new Emitter<string>();
  /** What was typed before anybody listened: who types ahead of a connection means it. */
  #early: string[] | undefined = [];
  readonly #resized = new Emitter<Size>();
  readonly #renamed = new Emitter<string>();
  readonly onDidChangeName = this.#renamed.event;
  readonly #sitting: Sitting;
  #size: Size | undefined;
  #resizing: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(sitting: Sitting) {
    this.#sitting = sitting;
    this.onDidWrite = this.#screen.onDidWrite;
  }

  open(dimensions: vscode.TerminalDimensions | undefined): void {
    this.#size = sizeOf(dimensions);
    void this.#run();
  }

  close(): void {
    clearTimeout(this.#resizing);
    this.#abort.abort();
  }

  handleInput(data: string): void {
    if (this.#ended) this.#closed.fire(undefined);
    else if (this.#early) this.#early.push(data);
    else this.#input.fire(data);
  }

  setDimensions(dimensions: vscode.TerminalDimensions): void {
    const size = sizeOf(dimensions);
    if (!size) return;
    this.#size = size;
    clearTimeout(this.#resizing);
    this.#resizing = setTimeout(() => this.#resized.fire(size), SETTLED);
  }

  async #run(): Promise<void> {
    const size = (): Size | undefined => this.#size;
    const console: Console = {
      screen: this.#screen,
      get size() {
        return size();
      },
      onInput: (listener) => this.#listen(listener),
      keepInput: () => (this.#early = []),
      onResize: this.#resized.event,
      rename: (name) => this.#renamed.fire(name),
    };
    const then = await this.#sitting(console, this.#abort.signal);
    this.#ended = true;
    if (then !== 'stay') this.#closed.fire(then === 'close' ? undefined : then);
  }

  #listen(listener: (data: string) => void): Disposable {
    const listening = this.#input.event(listener);
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const data of early) this.#input.fire(data);
    return listening;
  }
}

/** A terminal that is hidden measures 0 × 0, which no program should be told. */
function sizeOf(dimensions: vscode.TerminalDimensions | undefined): Size | undefined {
  if (!dimensions || dimensions.columns < 1 || dimensions.rows < 1) return undefined;
  return { columns: dimensions.columns, rows: dimensions.rows };
}
