import type http from 'node:http';
import { parseAddress } from './address';
import { CommandAgent } from './commandAgent';
import { PipeAgent, TcpAgent, TlsAgent, type TlsOptions } from './socketAgents';
import { sshCommands } from './ssh';
import { wslCommands } from './wsl';

/** An engine's address, and who said so. */
export interface Endpoint {
  /** Where it came from, for people. */
  readonly source: 'setting' | 'DOCKER_HOST' | 'DOCKER_CONTEXT' | 'currentContext' | 'default' | 'added';
  /** The Docker context it belongs to; `default` when it is none of the stored ones. */
  readonly contextName: string;
  /** As the CLI writes it: `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://h:2376`, `ssh://user@h:22/path`. */
  readonly host: string;
  /** Present when the connection is encrypted. */
  readonly tls?: TlsOptions;
  /** The folder that its certificates are from, where a user has given one: programs beside us need it. */
  readonly certPath?: string;
}

/** An http.Agent (kept alive, one pool) plus what to put into the URL. */
export interface Dialer {
  readonly protocol: 'http' | 'https';
  /** For the URL and the Host header alone: the agent connects to where the endpoint says, whatever is asked of it. */
  readonly host: string;
  readonly port: number;
  /** What stands in front of every path (`tcp://h:2376/proxied`), without a slash at its end; mostly empty. */
  readonly basePath: string;
  readonly agent: http.Agent;
  /** Closes idle and busy connections, and ends the processes behind them; upgraded ones are their owner's to close. */
  dispose(): void;
}

/**
 * A way to reach the endpoint. Nothing is opened or started until the agent's first request. Throws kind `invalid`
 * for an address that cannot be one. Connections fail with Node's own errors (`ECONNREFUSED`, `ENOENT`, `EACCES`,
 * TLS codes), those over ssh and wsl with an `EngineError`, as the request's `error` event.
 */
export function createDialer(endpoint: Endpoint): Dialer {
  const address = parseAddress(endpoint.host, endpoint.tls ? 2376 : 2375);
  const dialer = (agent: http.Agent, url: Partial<Omit<Dialer, 'agent' | 'dispose'>> = {}): Dialer => ({
    protocol: 'http',
    host: 'localhost',
    port: 80,
    basePath: '',
    ...url,
    agent,
    dispose: () => {
      agent.destroy();
    },
  });
  switch (address.kind) {
    case 'unix':
      return dialer(new PipeAgent(address.path));
    case 'npipe':
      return dialer(new PipeAgent(address.path.replaceAll('/', '\\')));
    case 'tcp': {
      const { scheme, host, port } = address;
      // An IPv6 zone (`%eth0`) means something to this machine alone.
      const url = { host: host.replace(/%.*$/, ''), port, basePath: address.basePath.replace(/\/+$/, '') };
      const tls = endpoint.tls ?? (scheme === 'https' ? { verify: true } : undefined);
      if (!tls) return dialer(new TcpAgent(host, port), url);
      return dialer(new TlsAgent(host, port, tls), { ...url, protocol: 'https' });
    }
    case 'ssh':
      return dialer(new CommandAgent(sshCommands(address)), { host: 'docker.example.com' });
    case 'wsl':
      return dialer(new CommandAgent(wslCommands(address.distribution)), { host: 'docker.example.com' });
  }
}
