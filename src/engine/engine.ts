import { Attach } from './attach';
import { Build } from './build';
import { Connection } from './connection';
import { Containers } from './containers';
import type { Disposable } from './emitter';
import { customHeaders } from './endpoint/customHeaders';
import type { Surroundings } from './endpoint/surroundings';
import { onSocketAppears } from './endpoint/appearance';
import type { Endpoint } from './endpoint/endpoint';
import { Exec } from './exec';
import { Files } from './files';
import { Images } from './images';
import { Logs } from './logs';
import { LiveModel } from './model/liveModel';
import { Networks } from './networks';
import { Prune } from './prune';
import type { Requests } from './requests';
import { Stats } from './stats';
import { Swarm } from './swarm';
import { System } from './system';
import { Volumes } from './volumes';

/** One engine: how it is reached, its live model, and the verbs on what it holds. */
export class Engine implements Disposable {
  /** The Docker context's name, or the one the user gave it. */
  readonly name: string;
  readonly requests: Requests;
  /** The client's side of it: environment and configuration files, which `run` and logins read. */
  readonly surroundings: Surroundings;
  readonly model: LiveModel;
  readonly containers: Containers;
  readonly images: Images;
  readonly build: Build;
  readonly volumes: Volumes;
  readonly networks: Networks;
  readonly exec: Exec;
  readonly attach: Attach;
  readonly files: Files;
  readonly logs: Logs;
  readonly stats: Stats;
  readonly system: System;
  readonly swarm: Swarm;
  readonly prune: Prune;
  readonly #connection: Connection;
  #socketWatch: Disposable | undefined;

  /** `resolve` says where the engine is, and is asked again for every new connection. */
  constructor(name: string, resolve: () => Promise<Endpoint>, surroundings: Surroundings) {
    this.name = name;
    this.surroundings = surroundings;
    this.#connection = new Connection(resolve, () => customHeaders(surroundings));
    this.requests = this.#connection;
    this.model = new LiveModel(this.requests, () => this.#connection.reset());
    this.containers = new Containers(this.requests);
    this.images = new Images(this.requests, surroundings);
    this.build = new Build(this.requests, surroundings, this.images, () => this.endpoint);
    this.volumes = new Volumes(this.requests);
    this.networks = new Networks(this.requests);
    this.exec = new Exec(this.requests);
    this.attach = new Attach(this.requests);
    this.files = new Files(this.requests, this.exec, {
      endpoint: () => this.endpoint,
      headers: () => customHeaders(surroundings),
    });
    this.logs = new Logs(this.requests);
    this.stats = new Stats(this.requests);
    this.system = new System(this.requests);
    this.swarm = new Swarm(this.requests, surroundings, this.images);
    this.prune = new Prune(this.requests, this);
    this.model.onDidChangeState(({ kind }) => this.#awaitSocket(kind === 'unavailable'));
  }

  /** Where it is, as far as a request has been made; else `undefined`. */
  get endpoint(): Endpoint | undefined {
    return this.#connection.endpoint;
  }

  /** Connect again when settings or contexts now mean another place; else nothing happens. */
  async followEndpoint(): Promise<void> {
    const before = this.#connection.endpoint?.host;
    if (before === undefined && this.model.state.kind === 'idle') return;
    const now = await this.#connection.resolve().catch(() => undefined);
    if (now?.host !== before) this.reconnect();
  }

  /** Drop the connection and, when something watches the model, connect again now. */
  reconnect(): void {
    this.#connection.reset();
    this.model.reconnect();
  }

  dispose(): void {
    this.#awaitSocket(false);
    this.model.dispose();
    this.#connection.reset();
  }

  #awaitSocket(wanted: boolean): void {
    if (wanted && this.#socketWatch) return;
    this.#socketWatch?.dispose();
    const { endpoint } = this.#connection;
    this.#socketWatch =
      wanted && endpoint ? onSocketAppears(endpoint.host, () => this.reconnect()) : undefined;
  }
}
