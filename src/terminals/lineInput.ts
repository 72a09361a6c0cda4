interface Ends {
  /** Echo. */
  show(text: string): void;
  /** A whole line, with its end. */
  line(text: string): void;
  /** No more will come. */
  end(): void;
  interrupt(): void;
}

const BACKSPACE = '\x7f';

/** What arrows and other keys send; it has no meaning here. */
const SEQUENCE = new RegExp(`${String.fromCharCode(27)}(?:\\[[0-9;]*[ -/]*[@-~]|O.|.)`, 'g');

/**
 * The part of a terminal's driver that a process without a terminal misses: shows what is typed, lets a line be mended
 * until Enter, and knows Ctrl+C, Ctrl+D and Ctrl+U.
 */
export class LineInput {
  readonly #ends: Ends;
  #line: string[] = [];
  #ended = false;

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  push(typed: string): void {
    for (const key of typed.replaceAll(SEQUENCE, '')) this.#key(key);
  }

  #key(key: string): void {
    if (key === '\x03') {
      this.#ends.show('^C');
      this.#line = [];
      this.#ends.interrupt();
    } else if (this.#ended) {
      return;
    } else if (key === '\r' || key === '\n') {
      this.#ends.show('\r\n');
      this.#send('\n');
    } else if (key === '\x04') {
      if (this.#line.length > 0) this.#send('');
      else {
        this.#ended = true;
        this.#ends.end();
      }
    } else if (key === BACKSPACE || key === '\b') {
      if (this.#line.pop() !== undefined) this.#ends.show('\b \b');
    } else if (key === '\x15') {
      this.#ends.show('\b \b'.repeat(this.#line.length));
      this.#line = [];
    } else if (key >= ' ' || key === '\t') {
      this.#line.push(key);
      this.#ends.show(key);
    }
  }

  #send(end: string): void {
    this.#ends.line(this.#line.join('') + end);
    this.#line = [];
  }
}
