import { StringDecoder } from 'node:string_decoder';
import { Emitter, type Event } from '../engine/emitter';

/** Characters that are handed to the editor at once. */
const SLICE = 16 * 1024;

/** Characters per tick: about what the editor's terminal draws in that time. It has no back-pressure of its own. */
const PER_TICK = 64 * 1024;

/** ms */
const TICK = 16;

/**
 * What a terminal shows. Writing takes as long as showing does, so whoever awaits it before the next read slows its
 * source down instead of filling the editor's memory. Characters may be split over writes.
 */
export class Screen {
  readonly #written = new Emitter<string>();
  readonly onDidWrite: Event<string> = this.#written.event;
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  readonly #signal: AbortSignal;
  #left = PER_TICK;
  #tick: Promise<void> | undefined;

  /** Nothing more is shown, and nothing waited for, once `signal` has fired. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Output of a program, as it came; `plain` when no terminal of its own made the ends of its lines. */
  write(data: Buffer, stream: 'stdout' | 'stderr' = 'stdout', plain = false): Promise<void> {
    const text = this.#decoders[stream].write(data);
    return this.#show(plain ? text.replaceAll(/\r?\n/g, '\r\n') : text);
  }

  /** Text as it is. */
  text(text: string): Promise<void> {
    return this.#show(text);
  }

  /** Words of our own: on a line of their own, dimmed. */
  say(words: string): Promise<void> {
    return this.#show(`\r\n\x1b[0m\x1b[2m${words}\x1b[0m\r\n`);
  }

  /** Text with line ends as a terminal wants them. */
  lines(lines: readonly string[]): Promise<void> {
    return this.#show(lines.map((line) => `${line}\r\n`).join(''));
  }

  async #show(text: string): Promise<void> {
    for (let from = 0; from < text.length && !this.#signal.aborted;) {
      if (this.#left <= 0) await this.#nextTick();
      const slice = sliceOf(text, from, Math.min(SLICE, this.#left));
      this.#left -= slice.length;
      from += slice.length;
      this.#written.fire(slice);
    }
  }

  /** Shared by all that wait, so that one tick's budget is given once. */
  #nextTick(): Promise<void> {
    this.#tick ??= new Promise((resolve) =>
      setTimeout(() => {
        this.#left = PER_TICK;
        this.#tick = undefined;
        resolve();
      }, TICK),
    );
    return this.#tick;
  }
}

/** At most `length` characters, but never half of one: alone, it would arrive as another. */
function sliceOf(text: string, from: number, length: number): string {
  const last = text.charCodeAt(from + length - 1);
  const half = last >= 0xd800 && last < 0xdc00;
  return text.slice(from, from + length + (half ? 1 : 0));
}
