import { list, number, record, text, textMap, texts, type Json } from './read';

/** A service of a swarm, as `docker service ls` shows it. */
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** `job` is one that ends: its tasks are counted as completed. */
  readonly mode: 'replicated' | 'global' | 'job';
  readonly running: number;
  readonly desired: number;
  readonly ports: readonly ServicePort[];
  readonly labels: Readonly<Record<string, string>>;
  /** Of its last update, such as `updating`, `paused` or `rollback_completed`; empty without one. */
  readonly updateState: string;
  readonly updateMessage: string;
}

export interface ServicePort {
  readonly protocol: string;
  readonly target: number;
  /** 0 where the engine has not chosen one. */
  readonly published: number;
  /** `ingress` answers on every node, `host` only where a task runs. */
  readonly mode: 'ingress' | 'host';
}

/** One replica of a service: what a node was told to run, and how far it is. */
export interface Task {
  readonly id: string;
  readonly service: string;
  /** Which of the replicas; 0 in a global service. */
  readonly slot: number;
  /** Id of its node; empty while there is none that can take it. */
  readonly node: string;
  /** `running`, `pending`, `failed` … of `api/types/swarm/task.go` in moby. */
  readonly state: string;
  readonly desired: string;
  /** Why it failed, or what it waits for. */
  readonly error: string;
  /** ms since 1970 of its state. */
  readonly since: number;
  /** The full id of its container; empty before there is one. */
  readonly container: string;
}

/** A machine in a swarm. */
export interface SwarmNode {
  readonly id: string;
  readonly hostname: string;
  readonly role: string;
  /** `active`, `pause` (no new tasks) or `drain` (none at all). */
  readonly availability: string;
  /** `ready`, `down`, `disconnected`, `unknown`. */
  readonly state: string;
  readonly leader: boolean;
  readonly address: string;
  readonly engineVersion: string;
  /** Cores. */
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
}

/** One item of `GET /services?status=true`. */
export function parseService(value: unknown): Service {
  const item = record(value);
  const spec = record(item['Spec']);
  const mode = record(spec['Mode']);
  const status = record(item['ServiceStatus']);
  const update = record(item['UpdateStatus']);
  return {
    id: text(item['ID']),
    name: text(spec['Name']),
    image: imageOf(spec),
    mode: 'Replicated' in mode ? 'replicated' : 'Global' in mode ? 'global' : 'job',
    running: number(status['RunningTasks']),
    desired: number(status['DesiredTasks']),
    ports: list(record(item['Endpoint'])['Ports'])
      .map(record)
      .map((port) => ({
        protocol: text(port['Protocol']),
        target: number(port['TargetPort']),
        published: number(port['PublishedPort']),
        mode: port['PublishMode'] === 'host' ? 'host' : 'ingress',
      })),
    labels: textMap(spec['Labels']),
    updateState: text(update['State']),
    updateMessage: text(update['Message']),
  };
}

/** The image of a service's spec as somebody wrote it, without the digest that was found for it. */
export function imageOf(spec: Json): string {
  const image = text(record(record(spec['TaskTemplate'])['ContainerSpec'])['Image']);
  return image.replace(/(:[^:@/]+)@sha256:[0-9a-f]+$/, '$1');
}

/** One item of `GET /tasks`. */
export function parseTask(value: unknown): Task {
  const item = record(value);
  const status = record(item['Status']);
  return {
    id: text(item['ID']),
    service: text(item['ServiceID']),
    slot: number(item['Slot']),
    node: text(item['NodeID']),
    state: text(status['State']),
    desired: text(item['DesiredState']),
    error: text(status['Err']),
    since: Date.parse(text(status['Timestamp'])) || 0,
    container: text(record(status['ContainerStatus'])['ContainerID']),
  };
}

/** One item of `GET /nodes`. */
export function parseSwarmNode(value: unknown): SwarmNode {
  const item = record(value);
  const spec = record(item['Spec']);
  const description = record(item['Description']);
  const status = record(item['Status']);
  const resources = record(description['Resources']);
  return {
    id: text(item['ID']),
    hostname: text(description['Hostname']),
    role: text(spec['Role']),
    availability: text(spec['Availability']),
    state: text(status['State']),
    leader: record(item['ManagerStatus'])['Leader'] === true,
    address: text(status['Addr']),
    engineVersion: text(record(description['Engine'])['EngineVersion']),
    cpus: number(resources['NanoCPUs']) / 1e9,
    memory: number(resources['MemoryBytes']),
  };
}

/** How an engine stands to swarms: `GET /info`. */
export interface SwarmState {
  /** `inactive`, `pending`, `active`, `error` or `locked`. */
  readonly state: string;
  /** Only a manager tells of services and nodes. */
  readonly manager: boolean;
  /** Of this engine's node; empty outside of a swarm. */
  readonly node: string;
  readonly managers: readonly string[];
}

export function parseSwarmState(info: Json): SwarmState {
  const swarm = record(info['Swarm']);
  return {
    state: text(swarm['LocalNodeState']) || 'inactive',
    manager: swarm['ControlAvailable'] === true,
    node: text(swarm['NodeID']),
    managers: texts(list(swarm['RemoteManagers']).map((manager) => record(manager)['Addr'])),
  };
}
