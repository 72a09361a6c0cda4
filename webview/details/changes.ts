import type { DetailsChanges } from '../../src/protocol/details';

/** One name of a path; what is below it, directories first. */
export interface ChangedFile {
  readonly name: string;
  readonly path: string;
  /** Absent for a directory that is only on the way to what changed. */
  readonly kind?: 'A' | 'C' | 'D';
  readonly inside: readonly ChangedFile[];
}

interface Growing {
  kind?: 'A' | 'C' | 'D';
  readonly inside: Map<string, Growing>;
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** The paths of `docker diff` as a tree. */
export function changesTree(changes: DetailsChanges['changes']): readonly ChangedFile[] {
  const root: Growing = { inside: new Map() };
  for (const { kind, path } of changes) {
    let node = root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const next = node.inside.get(name) ?? { inside: new Map<string, Growing>() };
      node.inside.set(name, next);
      node = next;
    }
    node.kind = kind;
  }
  return grown(root, '');
}

function grown({ inside }: Growing, parent: string): readonly ChangedFile[] {
  return [...inside]
    .map(([name, node]): ChangedFile => {
      const path = `${parent}/${name}`;
      return { name, path, kind: node.kind, inside: grown(node, path) };
    })
    .sort(
      (a, b) => Number(b.inside.length > 0) - Number(a.inside.length > 0) || collator.compare(a.name, b.name),
    );
}
