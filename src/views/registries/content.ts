import type { EngineError } from '../../engine/errors';
import { HUB } from '../../engine/registry/address';
import { listRepositories } from '../../engine/registry/catalog';
import { describeTag, digestOf, type TagFacts } from '../../engine/registry/describe';
import { hubRepositories, type HubTag } from '../../engine/registry/hub';
import type { KnownRegistry } from '../../engine/registry/known';
import type { Registries } from '../../engine/registry/registries';
import { listTags } from '../../engine/registry/tags';

/** What a registry told of its repositories, so far. */
export interface Repositories {
  /** Paths in the registry. */
  readonly names: readonly string[];
  /** It lists them; else only what is known otherwise can be shown. */
  readonly listed: boolean;
  /** Where it goes on. */
  readonly next?: string;
}

/** What is known of a tag: nothing before it was asked for, or why it is not known. */
export type Facts = TagFacts | { readonly failure: EngineError };

const NOTHING: Repositories = { names: [], listed: false };

/** The repositories of a registry, from a page on; those of its namespace, where it has one. */
export async function repositoriesOf(
  registries: Registries,
  { host, namespace, user }: KnownRegistry,
  from: string | undefined,
  signal: AbortSignal,
): Promise<Repositories> {
  if (host === HUB) {
    const whose = namespace.split('/')[0] || user;
    if (whose === '') return NOTHING;
    const names = await hubRepositories(whose, signal);
    return { names: names.map((name) => (name.includes('/') ? name : `library/${name}`)), listed: true };
  }
  const client = await registries.client(host);
  const page = await listRepositories(client, from, signal);
  // One that lists nothing may still be down: then this is not the time to say what it does not do.
  if (!page) return NOTHING;
  const inside = (name: string): boolean =>
    namespace === '' || name === namespace || name.startsWith(`${namespace}/`);
  const { names, next } = page;
  return { names: names.filter(inside), listed: true, ...(next !== undefined && { next }) };
}

/** The tags of a repository and, on Docker Hub, what its pages tell of the youngest. */
export async function tagsIn(
  registries: Registries,
  host: string,
  path: string,
  signal: AbortSignal,
): Promise<{ tags: readonly string[]; facts: ReadonlyMap<string, TagFacts> }> {
  const client = await registries.client(host);
  if (host !== HUB) return { tags: await listTags(client, path, signal), facts: new Map() };
  const [tags, told] = await Promise.all([
    listTags(client, path, signal),
    (await registries.hub()).tags(path),
  ]);
  return { tags, facts: new Map((told ?? []).map((tag) => [tag.name, hubFacts(tag)])) };
}

/** What one tag is. On Docker Hub only its digest: to look at more would count as a pull. */
export async function factsOf(
  registries: Registries,
  host: string,
  path: string,
  tag: string,
  signal: AbortSignal,
): Promise<TagFacts> {
  const client = await registries.client(host);
  if (host !== HUB) return describeTag(client, path, tag, OWN_PLATFORM, signal);
  return { digest: await digestOf(client, path, tag, signal), size: 0, created: 0, platforms: [] };
}

const OWN_PLATFORM = `linux/${{ x64: 'amd64', ia32: '386' }[process.arch as string] ?? process.arch}`;

function hubFacts({ digest, updated, images }: HubTag): TagFacts {
  const own = images.find(({ platform }) => `${platform}/`.startsWith(`${OWN_PLATFORM}/`)) ?? images[0];
  return {
    digest,
    size: own?.size ?? 0,
    created: updated,
    platforms: [...new Set(images.map(({ platform }) => platform))],
  };
}
