import http from 'node:http';
import https from 'node:https';
import { connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';

/** An address that swallows packets would otherwise hold a request for minutes; the CLI's dialer waits as long. */
const connectTimeout = 10_000;

/** No idle timeout anywhere: a quiet log or event stream is healthy. */
export const pool = { keepAlive: true, maxFreeSockets: 8 } as const;

function limitConnect(socket: Duplex, ready: 'connect' | 'secureConnect', where: string): Duplex {
  const timer = setTimeout(() => {
    socket.destroy(
      Object.assign(new Error(`connect ETIMEDOUT ${where}`), { code: 'ETIMEDOUT', syscall: 'connect' }),
    );
  }, connectTimeout);
  const clear = () => {
    clearTimeout(timer);
  };
  return socket.once(ready, clear).once('close', clear);
}

/** A unix socket or a Windows named pipe. */
export class PipeAgent extends http.Agent {
  readonly #path: string;

  constructor(path: string) {
    super(pool);
    this.#path = path;
  }

  override createConnection(): Duplex {
    return connect({ path: this.#path });
  }

  // docker-modem inspects its options, with all they hold, on every request; an agent full of sockets is slow to print.
  [inspect.custom](): string {
    return `PipeAgent(${this.#path})`;
  }
}

/** Plain TCP. */
export class TcpAgent extends http.Agent {
  readonly #host: string;
  readonly #port: number;

  constructor(host: string, port: number) {
    super(pool);
    this.#host = host;
    this.#port = port;
  }

  override createConnection(): Duplex {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true, keepAlive: true });
    return limitConnect(socket, 'connect', `${this.#host}:${this.#port}`);
  }

  [inspect.custom](): string {
    return `TcpAgent(${this.#host}:${this.#port})`;
  }
}

/** What a TLS connection to an engine shows and checks. PEM contents, not paths. */
export interface TlsOptions {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  /** False is `SkipTLSVerify`: anybody may answer. */
  readonly verify: boolean;
  /** The name the certificate must carry, where it is not the address's host. */
  readonly serverName?: string;
}

/** TCP with TLS 1.2 or newer, with a client certificate where there is one. */
export class TlsAgent extends https.Agent {
  readonly #host: string;
  readonly #port: number;
  readonly #serverName: string;

  constructor(host: string, port: number, { ca, cert, key, verify, serverName }: TlsOptions) {
    super({ ...pool, ca, cert, key, rejectUnauthorized: verify, minVersion: 'TLSv1.2' });
    this.#host = host;
    this.#port = port;
    // An address of numbers sends no server name; the certificate is then checked against the address itself.
    this.#serverName = serverName ?? (isIP(host) ? '' : host);
  }

  override createConnection(options: https.RequestOptions): Duplex | null | undefined {
    const target = { host: this.#host, port: this.#port, servername: this.#serverName };
    const socket = super.createConnection({ ...options, ...target });
    return socket && limitConnect(socket, 'secureConnect', `${this.#host}:${this.#port}`);
  }

  [inspect.custom](): string {
    return `TlsAgent(${this.#host}:${this.#port})`;
  }
}
