import { compare, groupedBy } from './grouping';
import { groupOf, type GroupBy } from './nodes';
import type { Branch } from './rows';

interface Labelled {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Volumes or networks under the projects and stacks that they belong to, groups by name, then what belongs to none;
 * without any group there is no such level. The items come in the order in which they are to stand.
 */
export function storageGroups<T extends Labelled>(
  kind: 'volumeGroup' | 'networkGroup',
  engine: string,
  items: readonly T[],
  groupBy: GroupBy,
  branch: (item: T) => Branch,
): Branch[] {
  const groups = groupedBy(items, ({ labels }) => {
    const { by, name } = groupOf(labels, groupBy);
    return by === 'none' ? '' : `${name}/${by}`;
  });
  const single = (groups.get('') ?? []).map(branch);
  groups.delete('');
  if (groups.size === 0) return single;
  const branches = [...groups]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, members]): Branch[] => {
      const [first] = members;
      if (!first) return [];
      const group = groupOf(first.labels, groupBy);
      return [
        {
          node: { kind, engine, ...group },
          row: { kind, ...group, count: members.length },
          children: members.map(branch),
        },
      ];
    });
  if (single.length === 0) return branches;
  const others = { kind, by: 'none', name: groupBy } as const;
  return [...branches, { node: { ...others, engine }, row: others, children: single }];
}
