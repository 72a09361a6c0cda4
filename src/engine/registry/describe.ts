import { createHash } from 'node:crypto';
import { EngineError, sentence } from '../errors';
import { record, text, type Json } from '../wire/read';
import { registryTitle } from './address';
import type { RegistryClient } from './client';
import { notARegistry } from './failures';
import { DIGEST, MANIFESTS, parseManifest, platformText, type PlatformManifest } from './manifest';

/** What a registry tells of a tag. */
export interface TagFacts {
  /** `sha256:…` of the manifest that the tag names. */
  readonly digest: string;
  /** Bytes to download for the platform that is looked at; 0 where nobody tells. */
  readonly size: number;
  /** ms since 1970; 0 where nobody tells. */
  readonly created: number;
  readonly platforms: readonly string[];
}

const MOST_CONFIG = 8 * 1024 * 1024;

/**
 * What a tag or digest of a repository is. Of an image for several platforms, size and date are those of `platform`
 * (`linux/amd64`), else of the first. Rejects with kind `notFound` when the tag is not there, `protocol` when what came
 * is not what its digest says, and as `RegistryClient` does.
 */
export async function describeTag(
  client: RegistryClient,
  repository: string,
  reference: string,
  platform = 'linux/amd64',
  signal?: AbortSignal,
): Promise<TagFacts> {
  const { json, digest } = await manifestOf(client, repository, reference, signal);
  const manifest = parseManifest(json);
  if (!manifest) throw notARegistry(client.host);
  if (manifest.kind === 'image') {
    const config = await configOf(client, repository, manifest.config, signal);
    const own = platformText(config) || manifest.platform;
    const created = createdOf(config);
    return { digest, size: manifest.size, created, platforms: own === '' ? [] : [own] };
  }
  const platforms = manifest.images.map((one) => one.platform).filter(Boolean);
  const image = imageFor(manifest.images, platform);
  if (!image || image.digest === reference) return { digest, size: 0, created: 0, platforms };
  const inner = parseManifest((await manifestOf(client, repository, image.digest, signal)).json);
  if (inner?.kind !== 'image') return { digest, size: 0, created: 0, platforms };
  const config = await configOf(client, repository, inner.config, signal);
  return { digest, size: inner.size, created: createdOf(config), platforms };
}

/** The digest of a tag now, by the cheapest question there is: on Docker Hub it counts as no pull. */
export async function digestOf(
  client: RegistryClient,
  repository: string,
  tag: string,
  signal?: AbortSignal,
): Promise<string> {
  const path = `${repository}/manifests/${tag}`;
  const call = { method: 'HEAD', path, scope: pullScope(repository), accept: MANIFESTS } as const;
  const { headers } = await client.send(call, signal);
  const digest = text(headers['docker-content-digest']);
  return DIGEST.test(digest) ? digest : (await manifestOf(client, repository, tag, signal)).digest;
}

async function manifestOf(
  client: RegistryClient,
  repository: string,
  reference: string,
  signal?: AbortSignal,
): Promise<{ json: Json; digest: string }> {
  const path = `${repository}/manifests/${reference}`;
  const call = { path, scope: pullScope(repository), accept: MANIFESTS };
  const { json, answer } = await client.json(call, signal);
  const told = text(answer.headers['docker-content-digest']);
  const wanted = DIGEST.test(reference) ? reference : told;
  // The first format is signed inside, so its digest is not that of what is sent.
  if (!DIGEST.test(wanted) || json['schemaVersion'] === 1)
    return { json, digest: wanted || hash('sha256', answer.body) };
  if (hash(wanted.split(':')[0] ?? '', answer.body) !== wanted) throw damaged(client, repository);
  return { json, digest: wanted };
}

/** The configuration of an image; nothing of one that is missing, for the rest is known. */
async function configOf(
  client: RegistryClient,
  repository: string,
  digest: string,
  signal?: AbortSignal,
): Promise<Json> {
  if (digest === '') return {};
  const call = { path: `${repository}/blobs/${digest}`, scope: pullScope(repository), most: MOST_CONFIG };
  const { body } = await client.send(call, signal).catch((error: unknown) => {
    if (error instanceof EngineError && error.kind === 'notFound') return { body: undefined };
    throw error;
  });
  if (!body) return {};
  if (hash(digest.split(':')[0] ?? '', body) !== digest) throw damaged(client, repository);
  try {
    return record(JSON.parse(body.toString('utf8')));
  } catch {
    // What was put there as the configuration of something that is no image.
    return {};
  }
}

const pullScope = (repository: string): string => `repository:${repository}:pull`;

function hash(algorithm: string, content: Buffer): string {
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}

function damaged({ host }: RegistryClient, repository: string): EngineError {
  return new EngineError(
    'protocol',
    sentence(
      'What {0} sends of {1} is not what its digest says: it is damaged. Push the image again, or ask who runs the registry.',
      registryTitle(host),
      repository,
    ),
  );
}

/** A platform without a variant means the first of any. */
function imageFor(images: readonly PlatformManifest[], platform: string): PlatformManifest | undefined {
  return (
    images.find((one) => one.platform === platform) ??
    images.find((one) => one.platform.startsWith(`${platform}/`)) ??
    images[0]
  );
}

function createdOf(config: Json): number {
  const created = Date.parse(text(config['created']));
  return created > 0 ? created : 0;
}
