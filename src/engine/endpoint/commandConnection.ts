import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { Duplex, type Readable, type Writable } from 'node:stream';
import type { EngineError } from '../errors';

/** How the process behind a connection ended. */
export interface CommandEnd {
  /** Exit status or the signal's name; `undefined` when it never started or has not ended. */
  readonly status: number | string | undefined;
  /** The last 4 KB it wrote to stderr, trimmed. */
  readonly stderr: string;
  /** Why it could not be started. */
  readonly startError: NodeJS.ErrnoException | undefined;
}

/** A program whose stdin and stdout are a connection to an engine. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** An end that nobody asked for, in words for people. */
  readonly failure: (end: CommandEnd) => EngineError;
}

const stderrKept = 4096;
/** Closed stdout, running process: it still has its last words to say on stderr. */
const exitGrace = 10_000;
const killGrace = 2_000;

/**
 * One process as one connection, as docker/cli's `cli/connhelper/commandconn` does it: writes go to stdin, reads come
 * from stdout, `end()` closes stdin alone. When stdout ends the process has ten seconds to exit: with status 0 that is
 * an ordinary end of the stream, anything else destroys it with the command's own error.
 * Emits `opened` at the first byte from the other side.
 */
export class CommandConnection extends Duplex {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #failure: Command['failure'];
  #stderr = Buffer.alloc(0);
  #startError: NodeJS.ErrnoException | undefined;
  #grace: NodeJS.Timeout | undefined;

  constructor({ file, args, failure }: Command) {
    super({ allowHalfOpen: false });
    this.#failure = failure;
    this.#child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      // A session without a terminal: ssh must not ask its questions on the one that happened to start the editor.
      detached: process.platform !== 'win32',
    });
    const { stdin, stdout, stderr } = this.#child;
    stdout.once('data', () => this.emit('opened'));
    stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) stdout.pause();
    });
    stdout.once('end', () => {
      this.#grace = setTimeout(() => this.#finish(), exitGrace);
    });
    stderr.on('data', (chunk: Buffer) => {
      this.#stderr = Buffer.concat([this.#stderr, chunk]).subarray(-stderrKept);
    });
    // A pipe that breaks is explained by the end of the process, which is about to be seen.
    for (const stream of [stdin, stdout, stderr]) stream.on('error', () => undefined);
    this.#child.once('error', (error) => {
      this.#startError = error;
      this.#finish();
    });
    // Not 'exit': by 'close' both outputs have been read to their ends.
    this.#child.once('close', () => this.#finish());
  }

  #finish(): void {
    clearTimeout(this.#grace);
    if (this.destroyed) return;
    if (this.#child.exitCode === 0) {
      this.push(null);
      return;
    }
    const status = this.#child.exitCode ?? this.#child.signalCode ?? undefined;
    const stderr = this.#stderr.toString('utf8').trim();
    this.destroy(this.#failure({ status, stderr, startError: this.#startError }));
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#child.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#grace);
    const child = this.#child;
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    if (child.exitCode === null && child.signalCode === null && child.kill()) {
      const harder = setTimeout(() => child.kill('SIGKILL'), killGrace);
      harder.unref();
      child.once('exit', () => {
        clearTimeout(harder);
      });
    }
    done(error);
  }

  // What an http.Agent asks of a socket beyond being a Duplex. Idle connections end with their process, never by a
  // clock, and must not keep ours alive.
  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    this.#child.ref();
    return this;
  }

  unref(): this {
    this.#child.unref();
    return this;
  }
}
