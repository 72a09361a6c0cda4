import { texts } from '../wire/read';
import type { RegistryClient } from './client';
import { nextPath } from './pages';

/** More names than these help nobody to choose. */
const MOST = 20_000;
const PAGE = 1000;

/**
 * The tags of a repository (its path in the registry), the likely ones first: `latest`, then versions from the newest
 * down. All pages are read, up to 20 000 tags. Rejects with kind `notFound` when there is no such repository, and as
 * `RegistryClient` does.
 */
export async function listTags(
  client: RegistryClient,
  repository: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const scope = `repository:${repository}:pull`;
  const found = new Set<string>();
  const asked = new Set<string>();
  let path: string | undefined = `${repository}/tags/list?n=${PAGE}`;
  while (path !== undefined && !asked.has(path) && found.size < MOST) {
    asked.add(path);
    const { json, answer } = await client.json({ path, scope }, signal);
    const tags = texts(json['tags']).filter((tag) => /^\w[\w.-]{0,127}$/.test(tag));
    for (const tag of tags.slice(0, MOST)) found.add(tag);
    path = tags.length === 0 ? undefined : nextPath(answer);
  }
  return [...found].sort(likelyFirst);
}

const order = new Intl.Collator('en', { numeric: true });

function likelyFirst(a: string, b: string): number {
  return rank(a) - rank(b) || order.compare(b, a);
}

/** Versions are what people look for; what a machine made of a commit is not. */
function rank(tag: string): number {
  if (tag === 'latest') return 0;
  if (/^v?\d/.test(tag) && !/^[0-9a-f]{7,64}$/.test(tag.replace(/^v/, ''))) return 1;
  return /^(?:sha(?:256)?-)?[0-9a-f]{7,64}(?:\.\w+)?$/.test(tag) ? 3 : 2;
}
