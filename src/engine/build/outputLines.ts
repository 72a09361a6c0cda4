import { StringDecoder } from 'node:string_decoder';

/** Characters; what is longer comes as several lines, unless somebody can take more. */
const LONGEST_LINE = 64 * 1024;

type Stream = 'stdout' | 'stderr';

/**
 * Makes lines of what a step writes, which arrives in pieces that may end anywhere. Memory is bounded by the longest
 * line of each stream.
 */
export class OutputLines {
  readonly #tell: (stream: Stream, line: string) => void;
  readonly #longest: number;
  readonly #open: Record<Stream, string> = { stdout: '', stderr: '' };
  readonly #decoders: Record<Stream, StringDecoder> = {
    stdout: new StringDecoder('utf8'),
    stderr: new StringDecoder('utf8'),
  };

  constructor(tell: (stream: Stream, line: string) => void, longest = LONGEST_LINE) {
    this.#tell = tell;
    this.#longest = longest;
  }

  bytes(stream: Stream, piece: Buffer): void {
    this.text(stream, this.#decoders[stream].write(piece));
  }

  text(stream: Stream, piece: string): void {
    const lines = piece.split('\n');
    lines[0] = this.#open[stream] + (lines[0] ?? '');
    this.#open[stream] = lines.pop() ?? '';
    for (const line of lines) this.#tell(stream, line.replace(/\r$/, ''));
    while (this.#open[stream].length > this.#longest) {
      this.#tell(stream, this.#open[stream].slice(0, this.#longest));
      this.#open[stream] = this.#open[stream].slice(this.#longest);
    }
  }

  /** Tells what is left without an end. */
  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.#open[stream] + this.#decoders[stream].end();
      this.#open[stream] = '';
      if (rest !== '') this.#tell(stream, rest);
    }
  }
}
