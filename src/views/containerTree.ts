import { HELPER_LABEL } from '../engine/helper';
import type { Container } from '../engine/model/types';
import { underEngines, type EngineSource } from './engineBranches';
import { matchesContainer, type Filter } from './filter';
import { compare, groupedBy } from './grouping';
import { containerIcon } from './icons';
import { groupOf, projectOf, type ContainerNode, type GroupBy } from './nodes';
import { compactPorts } from './ports';
import type { Branch, ContainerRow, Tree } from './rows';
import { statusHolds, statusOf } from './status';

export interface ContainerSource extends EngineSource {
  readonly containers: Iterable<Container>;
}

export interface ContainerTreeOptions {
  readonly groupBy: GroupBy;
  readonly filter: Filter;
  /** ms since 1970. */
  readonly now: number;
  /** The same for one container, where its age is not to be followed closely. */
  readonly nowFor?: (node: ContainerNode) => number;
}

/** The rows of the Containers view. */
export function containerTree(sources: readonly ContainerSource[], options: ContainerTreeOptions): Tree {
  return underEngines(sources, ({ engine, containers }) => {
    const shown = [...containers].filter(
      (container) =>
        container.labels[HELPER_LABEL] === undefined && matchesContainer(options.filter, container),
    );
    return {
      branches: grouped(engine, shown, options),
      holds: Math.min(Infinity, ...shown.map((container) => statusHolds(container, options.now))),
    };
  });
}

/** Groups by name, then what belongs to none; without any group there is no such level. */
function grouped(engine: string, containers: readonly Container[], options: ContainerTreeOptions): Branch[] {
  const { groupBy } = options;
  const groups = groupedBy(containers, ({ labels }) => {
    const { by, name } = groupOf(labels, groupBy);
    return by === 'none' ? '' : `${by}/${name}`;
  });
  const single = (groups.get('') ?? [])
    .sort(newestFirst)
    .map((container) => branch(engine, container, options));
  groups.delete('');
  if (groups.size === 0) return single;
  const branches = [...groups.values()].flatMap(([first, ...others]): Branch[] => {
    if (!first) return [];
    const { by, name } = groupOf(first.labels, groupBy);
    const members = [first, ...others].sort(byName);
    const running = members.filter(({ state }) => state === 'running').length;
    return [
      {
        node: { kind: 'containerGroup', engine, by, name },
        row: { kind: 'containerGroup', by, name, count: { running, total: members.length } },
        children: members.map((container) => branch(engine, container, options)),
      },
    ];
  });
  branches.sort((a, b) => compare(groupName(a), groupName(b)));
  if (single.length === 0) return branches;
  const others = { by: 'none', name: groupBy } as const;
  return [
    ...branches,
    {
      node: { kind: 'containerGroup', engine, ...others },
      row: { kind: 'containerGroup', ...others },
      children: single,
    },
  ];
}

function branch(engine: string, container: Container, { now, nowFor }: ContainerTreeOptions): Branch {
  const { id } = container;
  const node: ContainerNode = { kind: 'container', engine, id };
  const files: Branch = { node: { kind: 'files', engine, id }, row: { kind: 'files' } };
  return {
    node,
    row: containerRow(container, nowFor?.(node) ?? now),
    children: container.state === 'removing' ? [] : [files],
  };
}

function containerRow(container: Container, now: number): ContainerRow {
  return {
    kind: 'container',
    name: container.name,
    image: container.image,
    state: container.state,
    status: statusOf(container, now),
    ports: compactPorts(container.ports),
    icon: containerIcon(container),
    web: container.ports.some(({ publicPort, protocol }) => publicPort !== undefined && protocol === 'tcp'),
    compose: projectOf(container.labels) !== undefined,
  };
}

/** As `docker ps`: a container's place depends on nothing that changes. */
function newestFirst(a: Container, b: Container): number {
  return b.created - a.created || byName(a, b);
}

/** The services of a project are made within moments, in no order that means anything. */
function byName(a: Container, b: Container): number {
  return compare(a.name, b.name) || compare(a.id, b.id);
}

function groupName({ node }: Branch): string {
  return node.kind === 'containerGroup' ? `${node.name}/${node.by}` : '';
}
