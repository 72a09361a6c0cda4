import type { Victim } from '../prune';

import type { CleanupKind, DiskItem, DiskState, KeepReason, KeepRules } from './items';

/** As cautious as `docker system prune --volumes`. */
export const CAUTIOUS: KeepRules = {
  labels: [],
  newerThan: 0,
  inUse: true,
  tagged: true,
  newestTags: 0,
  named: true,
};

/** What would go, and why the rest would not. */
export interface Proposal {
  readonly ticked: ReadonlySet<string>;
  readonly kept: ReadonlyMap<string, KeepReason>;
}

/** Everything that no rule keeps. `now` in ms. */
export function propose(
  { items }: DiskState,
  rules: KeepRules,
  now: number,
  kinds: ReadonlySet<CleanupKind> = EVERY,
): Proposal {
  const newest = newestOf(items, rules.newestTags);
  const ticked = new Set<string>();
  const kept = new Map<string, KeepReason>();
  // Containers come first, so what they use is judged when they are.
  for (const item of items) {
    if (!kinds.has(item.kind)) continue;
    const reason = reasonToKeep(item, rules, now, newest, ticked);
    if (reason) kept.set(item.key, reason);
    else ticked.add(item.key);
  }
  return { ticked, kept };
}

const EVERY: ReadonlySet<CleanupKind> = new Set(['containers', 'images', 'volumes', 'buildCache']);

function reasonToKeep(
  item: DiskItem,
  rules: KeepRules,
  now: number,
  newest: ReadonlySet<string>,
  ticked: ReadonlySet<string>,
): KeepReason | undefined {
  if (item.busy) return 'busy';
  if (item.users.length > 0 && (rules.inUse || item.users.some((user) => !ticked.has(user)))) return 'inUse';
  if (rules.labels.some((label) => hasLabel(item, label))) return 'label';
  // Whose age nobody can tell may be young.
  const age = item.time === 0 ? 0 : now - item.time;
  if (rules.newerThan > 0 && age < rules.newerThan * 1000) return 'young';
  if (item.tags.length > 0 && rules.tagged) return 'tagged';
  if (newest.has(item.key)) return 'newest';
  if (item.kind === 'volumes' && !item.anonymous && rules.named) return 'named';
  return undefined;
}

function hasLabel({ labels }: DiskItem, label: string): boolean {
  const equals = label.indexOf('=');
  if (equals < 0) return label in labels;
  return labels[label.slice(0, equals)] === label.slice(equals + 1);
}

/** What stands before a tag's last colon. */
function repositoryOf(tag: string): string {
  return tag.slice(0, tag.lastIndexOf(':'));
}

/** Of each repository the newest images, as many as are to stay. */
function newestOf(items: readonly DiskItem[], count: number): ReadonlySet<string> {
  const repositories = new Map<string, DiskItem[]>();
  if (count <= 0) return new Set();
  for (const item of items) {
    for (const repository of new Set(item.tags.map(repositoryOf))) {
      const known = repositories.get(repository);
      if (known) known.push(item);
      else repositories.set(repository, [item]);
    }
  }
  return new Set(
    [...repositories.values()].flatMap((images) =>
      images
        .sort((a, b) => b.time - a.time)
        .slice(0, count)
        .map(({ key }) => key),
    ),
  );
}

/** What cannot go with these ticks, and because of whom (keys; none for what is busy itself). */
export function blocked(
  { items }: DiskState,
  ticked: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { key, busy, users } of items) {
    const staying = users.filter((user) => !ticked.has(user));
    if (busy || staying.length > 0) found.set(key, staying);
  }
  return found;
}

/** Bytes that the removal of exactly these gives back: a layer goes with the last image that has it. */
export function freedBytes(state: DiskState, ticked: ReadonlySet<string>): number {
  const { items, layers } = state;
  const staying = new Set<string>();
  for (const [key, all] of layers) if (!ticked.has(key)) for (const { chain } of all) staying.add(chain);
  const kept = keptByCache(items, ticked);
  const gone = new Set<string>();
  let bytes = 0;
  for (const { key, kind, size, shared } of items) {
    if (!ticked.has(key)) continue;
    const own = layers.get(key);
    if (kind !== 'images' || !own) {
      bytes += Math.max(0, size) - shared;
      continue;
    }
    for (const { chain, size: layer } of own) {
      if (staying.has(chain) || gone.has(chain)) continue;
      gone.add(chain);
      if (!kept.take(layer)) bytes += layer;
    }
  }
  return bytes;
}

/**
 * Layers that the build cache has too stay with it. The engine does not tell which they are, but each is as large as its
 * part of the cache to the byte.
 */
function keptByCache(
  items: readonly DiskItem[],
  ticked: ReadonlySet<string>,
): { take: (size: number) => boolean } {
  const sizes = new Map<number, number>();
  for (const { key, kind, size, shared } of items) {
    if (kind === 'buildCache' && shared > 0 && !ticked.has(key)) sizes.set(size, (sizes.get(size) ?? 0) + 1);
  }
  return {
    take: (size) => {
      const left = sizes.get(size) ?? 0;
      if (left > 0) sizes.set(size, left - 1);
      return left > 0;
    },
  };
}

/**
 * What is ticked, in the order in which it can go: containers before what they use, an image before those that it was
 * built on. `bytes` are what each has for itself; together
 * they free `freedBytes`.
 */
export function victimsOf(state: DiskState, ticked: ReadonlySet<string>): Victim[] {
  const depth = ({ key }: DiskItem): number => state.layers.get(key)?.length ?? 0;
  const order: readonly CleanupKind[] = ['containers', 'images', 'volumes', 'buildCache'];
  return order.flatMap((kind) => {
    const going = state.items.filter((item) => item.kind === kind && ticked.has(item.key));
    if (kind === 'images') going.sort((a, b) => depth(b) - depth(a) || b.time - a.time);
    return going.map(({ id, name, size, shared }) => ({
      kind,
      id,
      name,
      bytes: Math.max(0, size) - shared,
    }));
  });
}
