import { describe, expect, test } from 'vitest';
import type { Container } from '../../../src/engine/model/types';
import { EngineError } from '../../../src/engine/errors';
import { containerTree, type ContainerTreeOptions } from '../../../src/views/containerTree';
import { parseFilter } from '../../../src/views/filter';
import { isMember, nodeId } from '../../../src/views/nodes';
import type { Branch, Tree } from '../../../src/views/rows';
import { CONNECTED, container, HOUR, MINUTE, names, NOW, tcp } from './samples';

const inProject = (project: string): Record<string, string> => ({ 'com.docker.compose.project': project });
const inStack = (stack: string): Record<string, string> => ({ 'com.docker.stack.namespace': stack });

function tree(containers: readonly Container[], options: Partial<ContainerTreeOptions> = {}): Tree {
  const source = { engine: 'default', state: CONNECTED, containers };
  return containerTree([source], { groupBy: 'compose', filter: [], now: NOW, ...options });
}

describe('grouping', () => {
  const all = [
    container({ name: 'old', created: NOW - 3 * HOUR }),
    container({ name: 'new', created: NOW }),
    container({ name: 'shop-web-10', labels: inProject('shop') }),
    container({ name: 'shop-web-2', labels: inProject('shop'), state: 'exited' }),
    container({ name: 'blog-db-1', labels: inProject('blog') }),
    container({ name: 'metrics_db', labels: inStack('metrics') }),
  ];

  test('by compose project, stacks beside the projects, what belongs to none last', () => {
    expect(names(tree(all).branches)).toEqual([
      ['blog 1/1', ['blog-db-1']],
      ['metrics 1/1', ['metrics_db']],
      ['shop 1/2', ['shop-web-2', 'shop-web-10']],
      ['others', ['new', 'old']],
    ]);
  });

  test('by stack alone', () => {
    expect(names(tree(all, { groupBy: 'stack' }).branches)).toEqual([
      ['metrics 1/1', ['metrics_db']],
      ['others', ['new', 'blog-db-1', 'shop-web-2', 'shop-web-10', 'old']],
    ]);
  });

  test('not at all', () => {
    expect(names(tree(all, { groupBy: 'none' }).branches)).toEqual([
      'new',
      'blog-db-1',
      'metrics_db',
      'shop-web-2',
      'shop-web-10',
      'old',
    ]);
  });

  test('where there is no group there is no such level', () => {
    expect(names(tree(all.slice(0, 2)).branches)).toEqual(['new', 'old']);
  });

  test('where all are in groups nothing is left over', () => {
    expect(names(tree(all.slice(4)).branches)).toEqual([
      ['blog 1/1', ['blog-db-1']],
      ['metrics 1/1', ['metrics_db']],
    ]);
  });

  test.each(['compose', 'stack', 'none'] as const)(
    'by %s: isMember says the same of every row',
    (groupBy) => {
      const groups = tree(all, { groupBy }).branches.filter(({ node }) => node.kind !== 'container');
      for (const { node, children = [] } of groups) {
        if (node.kind !== 'containerGroup') throw new Error(node.kind);
        const members = all.filter(({ labels }) => isMember(labels, node)).map(({ id }) => id);
        expect(new Set(members)).toEqual(new Set(children.map((child) => containerId(child))));
      }
    },
  );

  test('a project and a stack of the same name are two groups', () => {
    const same = [container({ labels: inProject('x') }), container({ labels: inStack('x') })];
    const ids = tree(same).branches.map(({ node }) => nodeId(node));
    expect(new Set(ids).size).toBe(2);
  });
});

describe('engines', () => {
  const one = { engine: 'default', state: CONNECTED, containers: [container({ name: 'a' })] };
  const error = new EngineError('unreachable', 'gone');
  const down = { engine: 'far', state: { kind: 'unavailable', error } as const, containers: [container()] };
  const options = { groupBy: 'compose', filter: [], now: NOW } as const;

  test('several are roots; one that is away has nothing under it and says why', () => {
    const { branches } = containerTree([one, down], options);
    expect(names(branches)).toEqual([
      ['default', ['a']],
      ['far', []],
    ]);
    expect(branches[1]?.row).toMatchObject({ state: 'unavailable', reason: error.sentence });
  });

  test('a single one that is away leaves the view empty', () => {
    expect(containerTree([down], options)).toEqual({ branches: [], holds: Infinity });
  });

  test('the same container of two engines is two rows', () => {
    const twin = { ...one, engine: 'twin' };
    const ids = containerTree([one, twin], options).branches.flatMap(({ children = [] }) =>
      children.map(({ node }) => nodeId(node)),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe('rows', () => {
  test('what a row shows', () => {
    const [row] = tree([
      container({
        name: 'web',
        state: 'exited',
        exitCode: 130,
        since: NOW - 13 * MINUTE,
        ports: [tcp(8088, 80)],
        labels: inProject('shop'),
      }),
    ]).branches.flatMap(({ children = [] }) => children.map((child) => child.row));
    expect(row).toEqual({
      kind: 'container',
      name: 'web',
      image: 'alpine:3',
      state: 'exited',
      status: { kind: 'exited', code: 130, age: { unit: 'minute', count: 13 } },
      ports: ['8088->80'],
      icon: { id: 'error', color: 'quayside.failed' },
      web: true,
      compose: true,
    });
  });

  test('every state and health has an icon of its own shape', () => {
    const looks: Partial<Container>[] = [
      { state: 'running' },
      { state: 'running', health: 'healthy' },
      { state: 'running', health: 'unhealthy' },
      { state: 'running', health: 'starting' },
      { state: 'paused' },
      { state: 'restarting' },
      { state: 'exited', exitCode: 0 },
      { state: 'exited', exitCode: 1 },
      { state: 'created' },
      { state: 'removing' },
      { state: 'dead' },
    ];
    const icons = looks.map((look) => {
      const row = tree([container(look)]).branches[0]?.row;
      return row?.kind === 'container' ? row.icon.id : '';
    });
    expect(new Set(icons).size).toBe(looks.length);
  });

  test('what was made to look into a volume is not shown', () => {
    expect(tree([container({ labels: { 'dev.quayside.helper': 'data' } })]).branches).toEqual([]);
  });

  test('a container has files, unless it is going', () => {
    const [usual, going] = tree([container({ created: NOW }), container({ state: 'removing' })]).branches;
    expect(usual?.children?.map(({ node }) => node.kind)).toEqual(['files']);
    expect(going?.children).toEqual([]);
  });

  test('a filter narrows the groups and their counts', () => {
    const all = [
      container({ name: 'a', labels: inProject('shop') }),
      container({ name: 'b', labels: inProject('shop'), state: 'exited' }),
      container({ name: 'c', state: 'exited' }),
    ];
    expect(names(tree(all, { filter: parseFilter('state:running') }).branches)).toEqual([
      ['shop 1/1', ['a']],
    ]);
  });

  test('holds until the first age among them reads otherwise', () => {
    const second = container({ since: NOW - 1250 });
    const old = container({ since: NOW - 3 * HOUR });
    expect(tree([second, old]).holds).toBe(750);
    expect(tree([container({ state: 'created' })]).holds).toBe(Infinity);
    expect(tree([]).holds).toBe(Infinity);
  });
});

function containerId({ node }: Branch): string {
  return node.kind === 'container' ? node.id : '';
}
