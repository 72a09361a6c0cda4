/** What `docker logs` can be asked for. */
export interface LogOptions {
  /** Whether the container has a terminal (`Config.Tty`); asked of the engine when left out. */
  readonly tty?: boolean;
  /** Only this many log entries from the end; default `all`. Pieces of a long line count each. */
  readonly tail?: number | 'all';
  /** See `parseWhen`. */
  readonly since?: string;
  readonly until?: string;
  /** Go on with what is yet to be written, until the container stops. */
  readonly follow?: boolean;
  /** Both unless one is `false`. */
  readonly stdout?: boolean;
  readonly stderr?: boolean;
}
