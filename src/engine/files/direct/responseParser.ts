import { damaged } from '../../streams/tar/damage';

export interface ResponseHead {
  readonly status: number;
  /** Names in lower case; of repeated ones the last. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Bytes; an engine's are a few hundred. */
const LONGEST_HEAD = 64 * 1024;
/** Of the line with a chunk's length, and of a trailer's. */
const LONGEST_LINE = 4 * 1024;

const LINE_END = 0x0a;

/** What is being read: the head, a chunk's length, its content, the line end behind it, trailers, or all that comes. */
type State = 'head' | 'size' | 'chunk' | 'behind' | 'trailer' | 'rest' | 'done';

/**
 * One HTTP/1.1 response (RFC 9112), fed as it comes. The body is told as ranges of what was fed, so nothing is copied.
 * Throws `protocol` for what is no such response.
 */
export class ResponseParser {
  readonly #onHead: (head: ResponseHead) => void;
  readonly #onBody: (start: number, end: number) => void;
  #state: State = 'head';
  #text = '';
  /** Bytes of the chunk, or of a body with a length, still to come. */
  #left = 0;

  constructor(onHead: (head: ResponseHead) => void, onBody: (start: number, end: number) => void) {
    this.#onHead = onHead;
    this.#onBody = onBody;
  }

  /** Whether the body is complete. One without a length is when the connection ends: `end` says so. */
  get done(): boolean {
    return this.#state === 'done';
  }

  /** The connection has ended; true when that was the end of the body. */
  end(): boolean {
    return this.#state === 'done' || (this.#state === 'rest' && this.#left === Infinity);
  }

  feed(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length && this.#state !== 'done') {
      if (this.#state === 'chunk' || this.#state === 'rest') at = this.#content(bytes, at);
      else at = this.#line(bytes, at);
    }
  }

  #content(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#onBody(at, end);
    this.#left -= end - at;
    if (this.#left === 0) this.#state = this.#state === 'chunk' ? 'behind' : 'done';
    return end;
  }

  #line(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(LINE_END, at);
    const longest = this.#state === 'head' ? LONGEST_HEAD : LONGEST_LINE;
    this.#text += bytes.toString('latin1', at, end === -1 ? bytes.length : end + 1);
    if (this.#text.length > longest) throw damaged();
    if (end === -1) return bytes.length;
    switch (this.#state) {
      case 'head':
        if (/^\r?\n$|\n\r?\n$/.test(this.#text)) this.#begin(parseHead(this.#take()));
        break;
      case 'size':
        this.#left = parseSize(this.#take());
        this.#state = this.#left === 0 ? 'trailer' : 'chunk';
        break;
      case 'behind':
        if (this.#take().trim() !== '') throw damaged();
        this.#state = 'size';
        break;
      default:
        if (this.#take().trim() === '') this.#state = 'done';
    }
    return end + 1;
  }

  #begin(head: ResponseHead): void {
    this.#onHead(head);
    const length = head.headers['content-length'];
    if (/\bchunked\b/i.test(head.headers['transfer-encoding'] ?? '')) this.#state = 'size';
    else {
      this.#left = length === undefined ? Infinity : Number(length);
      if (Number.isNaN(this.#left) || this.#left < 0) throw damaged();
      this.#state = this.#left === 0 ? 'done' : 'rest';
    }
  }

  #take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}

function parseHead(text: string): ResponseHead {
  const [first = '', ...lines] = text.split(/\r?\n/);
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) throw damaged();
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(status), headers };
}

function parseSize(line: string): number {
  const digits = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?\r?\n$/i.exec(line)?.[1];
  if (digits === undefined) throw damaged();
  return parseInt(digits, 16);
}
