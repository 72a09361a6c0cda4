import { Instants } from './instants';
import type { Frame, StreamName } from './frames';

/** One line that a container wrote. */
export interface LogLine {
  readonly stream: StreamName;
  /** When the engine received it: ns since 1970. */
  readonly time: bigint;
  /** Without its end of line. Anything else a program may write is still in it: escapes, `\r`, NUL. */
  readonly text: string;
}

/** Bytes after which the engine cuts a line into pieces; each has a timestamp of its own (`daemon/logger/copier.go`). */
const PIECE = 16 * 1024;

/** Bytes; a longer line comes as several. */
const LONGEST_LINE = 1024 * 1024;

/** Bytes; no timestamp is longer. */
const LONGEST_TIME = 40;

/** As it stands in front of an entry. */
const STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /g;

const NEWLINE = 10;
const SPACE = 32;
const RETURN = 13;

/**
 * Makes lines of log output that was asked for with `timestamps=1`. Lines over 16 KiB, which come as several pieces, are
 * joined; characters may be split anywhere; a last line without an end comes with `end`. Memory is bounded by the
 * longest line of each stream.
 */
export class LineAssembler {
  readonly #tty: boolean;
  readonly #longest: number;
  readonly #instants = new Instants();
  readonly #open: Record<StreamName, OpenLine>;

  /** `tty`: a terminal's output has no frames, so pieces are told by their length. */
  constructor(options: { tty: boolean; longestLine?: number }) {
    this.#tty = options.tty;
    this.#longest = options.longestLine ?? LONGEST_LINE;
    this.#open = { stdout: new OpenLine(), stderr: new OpenLine() };
  }

  /** The lines that are whole now. */
  push(frames: readonly Frame[]): LogLine[] {
    const lines: LogLine[] = [];
    for (const { stream, data, start } of frames) {
      const open = this.#open[stream];
      if (start) this.#entry(stream, open, lines);
      this.#take(stream, open, data, lines);
    }
    return this.#tty ? lines.flatMap((line) => this.#apart(line)) : lines;
  }

  /** The output is over: what is left of either stream. */
  end(): LogLine[] {
    const lines: LogLine[] = [];
    for (const stream of ['stdout', 'stderr'] as const) {
      const open = this.#open[stream];
      if (open.timing) this.#untimed(stream, open, lines);
      if (open.length > 0) lines.push(open.line(stream));
    }
    return this.#tty ? lines.flatMap((line) => this.#apart(line)) : lines;
  }

  /**
   * In a terminal's output nothing stands between the last words of one run, such as a prompt, and the timestamp of the
   * next. A timestamp that a program wrote itself is no later than that of its line.
   */
  #apart(line: LogLine): LogLine[] {
    if (!line.text.includes('Z ')) return [line];
    const lines: LogLine[] = [];
    let { time } = line;
    let from = 0;
    for (const { 0: stamp, index } of line.text.matchAll(STAMP)) {
      const next = this.#instants.parse(stamp.slice(0, -1));
      if (next === undefined || next <= time) continue;
      lines.push({ ...line, time, text: line.text.slice(from, index) });
      time = next;
      from = index + stamp.length;
    }
    lines.push({ ...line, time, text: line.text.slice(from) });
    return lines;
  }

  /** A frame begins: a line of its own, or the next piece of the one that is open. */
  #entry(stream: StreamName, open: OpenLine, lines: LogLine[]): void {
    if (open.timing) this.#untimed(stream, open, lines);
    // An open line shorter than a piece is the last of a process that ended; what follows is another's.
    if (open.length > 0 && open.piece < PIECE) lines.push(open.line(stream));
    open.startPiece();
  }

  #take(stream: StreamName, open: OpenLine, data: Buffer, lines: LogLine[]): void {
    let at = 0;
    while (at < data.length) {
      if (open.timing || (this.#tty && open.fresh)) {
        at = this.#time(stream, open, data, at, lines);
        continue;
      }
      const end = data.indexOf(NEWLINE, at);
      let to = end === -1 ? data.length : end;
      if (this.#tty) to = Math.min(to, at + PIECE - open.piece);
      if (to === end) {
        lines.push(
          open.length === 0 ? lineOf(stream, open.time, data, at, to) : open.line(stream, data, at, to),
        );
        open.startLine();
        at = to + 1;
      } else {
        open.keep(data, at, to);
        at = to;
        // In a terminal's output only its length tells that a piece has ended and a timestamp may follow.
        if (this.#tty && open.piece === PIECE) open.startPiece();
        if (open.length > this.#longest) lines.push(open.cut(stream));
      }
    }
  }

  /** Read the timestamp in front of a piece; returns where its text begins. */
  #time(stream: StreamName, open: OpenLine, data: Buffer, from: number, lines: LogLine[]): number {
    open.timing = true;
    open.fresh = false;
    const limit = Math.min(data.length, from + LONGEST_TIME - open.prefix.length);
    const space = data.indexOf(SPACE, from);
    const found = space !== -1 && space < limit;
    const to = found ? space : limit;
    open.prefix += data.toString('latin1', from, to);
    if (!found && open.prefix.length < LONGEST_TIME) return to;
    const time = found ? this.#instants.parse(open.prefix) : undefined;
    if (time === undefined) {
      // Not a timestamp after all, so it is text, and so is the space that was found.
      this.#untimed(stream, open, lines);
      return to;
    }
    if (open.length === 0) open.time = time;
    open.timing = false;
    open.prefix = '';
    return to + 1;
  }

  #untimed(stream: StreamName, open: OpenLine, lines: LogLine[]): void {
    const text = Buffer.from(open.prefix, 'latin1');
    open.timing = false;
    open.prefix = '';
    this.#take(stream, open, text, lines);
  }
}

/** The part of a line that has arrived, in a buffer that grows by doubling. */
class OpenLine {
  time = 0n;
  length = 0;
  /** Bytes of the present piece. */
  piece = 0;
  /** Whether the bytes to come are a timestamp, and those of it that are here. */
  timing = false;
  prefix = '';
  /** Whether a line begins. */
  fresh = true;
  #bytes: Buffer = Buffer.alloc(0);

  startPiece(): void {
    this.piece = 0;
    this.timing = true;
  }

  startLine(): void {
    this.length = 0;
    this.piece = 0;
    this.fresh = true;
  }

  keep(data: Buffer, from: number, to: number): void {
    const length = this.length + to - from;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(1024, length, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.length);
      this.#bytes = larger;
    }
    data.copy(this.#bytes, this.length, from, to);
    this.length = length;
    this.piece += to - from;
  }

  /** The whole line, with its last bytes; nothing is open afterwards. */
  line(stream: StreamName, data?: Buffer, from = 0, to = 0): LogLine {
    if (data) this.keep(data, from, to);
    const line = lineOf(stream, this.time, this.#bytes, 0, this.length);
    this.length = 0;
    // One long line must not hold its memory for ever.
    if (this.#bytes.length > 4 * PIECE) this.#bytes = Buffer.alloc(0);
    return line;
  }

  /** As much as is here, up to the last whole character; the rest stays open. */
  cut(stream: StreamName): LogLine {
    let end = this.length;
    while (end > this.length - 4 && ((this.#bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
    if (((this.#bytes[end - 1] ?? 0) & 0xc0) === 0xc0) end--;
    const line = { stream, time: this.time, text: this.#bytes.toString('utf8', 0, end) };
    this.#bytes.copyWithin(0, end, this.length);
    this.length -= end;
    return line;
  }
}

/** A terminal ends its lines with `\r\n`. */
function lineOf(stream: StreamName, time: bigint, data: Buffer, from: number, to: number): LogLine {
  const end = to > from && data[to - 1] === RETURN ? to - 1 : to;
  return { stream, time, text: data.toString('utf8', from, end) };
}
