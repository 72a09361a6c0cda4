import type { SwarmSnapshot } from '../../engine/swarm/watch';
import type { Service, SwarmNode, Task } from '../../engine/model/types';
import { ageOf } from '../duration';
import { compare } from '../grouping';
import type { Branch } from '../rows';
import type { SwarmRow } from './rows';

/** Failed tasks of a service that are shown beside those that are to run. */
const FAILURES = 3;

const FAILED: ReadonlySet<string> = new Set(['failed', 'rejected', 'orphaned']);

/** The rows of an engine's swarm. */
export function swarmBranches(
  engine: string,
  { services, tasks, nodes }: SwarmSnapshot,
  now: number,
): Branch<SwarmRow>[] {
  const hosts = new Map(nodes.map(({ id, hostname }) => [id, hostname]));
  const sorted = [...services].sort((a, b) => compare(a.name, b.name));
  const members = [...nodes].sort((a, b) => compare(a.hostname, b.hostname) || compare(a.id, b.id));
  return [
    {
      node: { kind: 'swarmGroup', engine, group: 'services' },
      row: { kind: 'swarmGroup', group: 'services', count: services.length },
      children: sorted.map((service) => serviceBranch(engine, service, tasks, hosts, now)),
    },
    {
      node: { kind: 'swarmGroup', engine, group: 'members' },
      row: { kind: 'swarmGroup', group: 'members', count: nodes.length },
      children: members.map((member) => memberBranch(engine, member, tasks)),
    },
  ];
}

function serviceBranch(
  engine: string,
  service: Service,
  tasks: readonly Task[],
  hosts: ReadonlyMap<string, string>,
  now: number,
): Branch<SwarmRow> {
  const { id, name, mode, running, desired, image, ports, updateMessage } = service;
  const own = tasks.filter((task) => task.service === id);
  const wanted = own.filter((task) => ['running', 'ready', 'complete'].includes(task.desired));
  const failed = own
    .filter((task) => FAILED.has(task.state) && !wanted.includes(task))
    .sort((a, b) => b.since - a.since)
    .slice(0, FAILURES);
  const children = [...wanted, ...failed].sort((a, b) => a.slot - b.slot || b.since - a.since);
  return {
    node: { kind: 'service', engine, id },
    row: {
      kind: 'service',
      name,
      mode,
      running,
      desired,
      image,
      ports,
      update: unsettled(service),
      updateMessage,
    },
    children: children.map((task) => ({
      node: { kind: 'task', engine, id: task.id },
      row: {
        kind: 'task',
        name: `${name}.${task.slot === 0 ? (hosts.get(task.node) ?? task.node) : task.slot}`,
        state: task.state,
        node: hosts.get(task.node) ?? task.node,
        age: ageOf(now - task.since),
        error: task.error,
      },
    })),
  };
}

/** An update that came to its end says nothing. */
function unsettled({ updateState }: Service): string {
  return /completed$/.test(updateState) ? '' : updateState;
}

function memberBranch(engine: string, member: SwarmNode, tasks: readonly Task[]): Branch<SwarmRow> {
  const { id, hostname: name, ...about } = member;
  const running = tasks.filter((task) => task.node === id && task.state === 'running').length;
  return {
    node: { kind: 'swarmMember', engine, id },
    row: { kind: 'swarmMember', name, ...about, tasks: running },
  };
}
