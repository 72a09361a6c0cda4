import http from 'node:http';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import { cancelled } from '../errors';
import { CommandConnection, type Command } from './commandConnection';
import { pool } from './socketAgents';

/** Makes the command of each new connection. */
export interface Commands {
  readonly name: string;
  command(): Promise<Command>;
  /** Ends what outlives the connections. */
  dispose(): void;
}

/** sshd drops connections at random once ten of them have not logged in yet (`MaxStartups 10:30:100`). */
const openingAtOnce = 8;

/**
 * One process per connection, kept alive and used again like a socket. How many are open has no limit of its own
 * (each followed log holds one), only how many are being opened.
 */
export class CommandAgent extends http.Agent {
  readonly #commands: Commands;
  readonly #waiting: (() => void)[] = [];
  #opening = 0;
  #destroyed = false;

  constructor(commands: Commands) {
    super(pool);
    this.#commands = commands;
  }

  override createConnection(
    _options: http.ClientRequestArgs,
    done: (error: Error | null, connection: Duplex) => void,
  ): undefined {
    const open = () => {
      this.#opening++;
      this.#open().then(
        (connection) => done(null, connection),
        (error: unknown) => {
          this.#opened();
          // On failure there is no connection, which the callback's type does not know.
          (done as (error: unknown) => void)(error);
        },
      );
    };
    if (this.#opening < openingAtOnce) open();
    else this.#waiting.push(open);
  }

  async #open(): Promise<CommandConnection> {
    const command = await this.#commands.command();
    if (this.#destroyed) throw cancelled();
    const connection = new CommandConnection(command);
    let counted = true;
    const opened = () => {
      if (counted) this.#opened();
      counted = false;
    };
    return connection.once('opened', opened).once('close', opened);
  }

  #opened(): void {
    this.#opening--;
    this.#waiting.shift()?.();
  }

  override destroy(): void {
    this.#destroyed = true;
    super.destroy();
    this.#commands.dispose();
  }

  [inspect.custom](): string {
    return `CommandAgent(${this.#commands.name})`;
  }
}
