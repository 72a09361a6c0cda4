import { expect, test } from 'vitest';
import type { SwarmSnapshot } from '../../../src/engine/swarm/watch';
import type { Service, SwarmNode, Task } from '../../../src/engine/wire/swarm';
import { swarmBranches } from '../../../src/views/swarm/branches';

const NOW = 1_000_000;
const service = (more: Partial<Service> = {}): Service => ({
  id: 's1',
  name: 'web',
  image: 'nginx:1',
  mode: 'replicated',
  running: 1,
  desired: 2,
  ports: [],
  labels: {},
  updateState: '',
  updateMessage: '',
  ...more,
});
const task = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  service: 's1',
  slot: 1,
  node: 'n1',
  state: 'running',
  desired: 'running',
  error: '',
  since: NOW - 5000,
  container: '',
  ...more,
});
const node = (more: Partial<SwarmNode> = {}): SwarmNode => ({
  id: 'n1',
  hostname: 'host-a',
  role: 'manager',
  availability: 'active',
  state: 'ready',
  leader: true,
  address: '10.0.0.1',
  engineVersion: '28.0.0',
  cpus: 2,
  memory: 1e9,
  ...more,
});
const snapshot = (more: Partial<SwarmSnapshot>): SwarmSnapshot => ({
  state: { state: 'active', manager: true, node: 'n1', managers: [] },
  services: [],
  tasks: [],
  nodes: [],
  ...more,
});

const tasksOf = (tasks: readonly Task[], services = [service()]): unknown[] =>
  swarmBranches('e', snapshot({ services, tasks, nodes: [node()] }), NOW)[0]?.children?.[0]?.children?.map(
    ({ row }) => (row.kind === 'task' ? `${row.name} ${row.state}` : row),
  ) ?? [];

test('services and nodes stand in the order of their names', () => {
  const branches = swarmBranches(
    'e',
    snapshot({
      services: [service({ id: 's2', name: 'web' }), service({ name: 'db' })],
      nodes: [node({ id: 'n2', hostname: 'b' }), node({ hostname: 'a' })],
    }),
    NOW,
  );
  expect(branches.map(({ children = [] }) => children.map(({ node }) => 'id' in node && node.id))).toEqual([
    ['s1', 's2'],
    ['n1', 'n2'],
  ]);
});

test('what is to run is shown by its slot, what is over is not, and of failures the last three', () => {
  const over = { state: 'shutdown', desired: 'shutdown' };
  const failed = (id: string, since: number): Task =>
    task(id, { state: 'failed', desired: 'shutdown', since });
  expect(
    tasksOf([
      task('b', { slot: 2 }),
      task('a'),
      task('old', over),
      failed('f1', 1),
      failed('f2', 2),
      failed('f3', 3),
      failed('f4', 4),
      task('elsewhere', { service: 's2' }),
    ]),
  ).toEqual(['web.1 running', 'web.1 failed', 'web.1 failed', 'web.1 failed', 'web.2 running']);
});

test('tasks of a global service are named by their node', () => {
  expect(tasksOf([task('a', { slot: 0 })], [service({ mode: 'global' })])).toEqual(['web.host-a running']);
});

test('an update is told while it is not over', () => {
  const update = (updateState: string): unknown => {
    const [services] = swarmBranches('e', snapshot({ services: [service({ updateState })] }), NOW);
    const row = services?.children?.[0]?.row;
    return row?.kind === 'service' && row.update;
  };
  expect(['', 'updating', 'paused', 'completed', 'rollback_completed'].map(update)).toEqual([
    '',
    'updating',
    'paused',
    '',
    '',
  ]);
});
