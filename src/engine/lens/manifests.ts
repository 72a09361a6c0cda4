import { EngineError, sentence } from '../errors';
import { list, record, text, texts, type Json } from '../wire/read';
import type { Archive, LayerContent } from './archive';
import { plainName } from './archive';
import { platformOf, type Platform } from './platform';

/** A layer of an image in an archive. */
export interface ArchivedLayer {
  /** `sha256:…` of what it unpacks to. */
  readonly digest: string;
  /** Its name in the archive. */
  readonly blob: string;
  readonly content: LayerContent;
}

/** One line of a configuration's history, oldest first. */
export interface Made {
  readonly createdBy: string;
  /** It has made no layer. */
  readonly empty: boolean;
}

export interface ArchivedImage {
  readonly platform: Platform;
  /** The lowest first. */
  readonly layers: readonly ArchivedLayer[];
  readonly history: readonly Made[];
}

interface Candidate {
  readonly config: Json;
  /** Names in the archive. */
  readonly layers: readonly string[];
  /** Digests by which an engine may know it: of its configuration, its manifest, the indexes that lead to it. */
  readonly ids: ReadonlySet<string>;
}

/** Indexes within indexes; no image has more. */
const DEEPEST = 4;

/**
 * The image of an archive that the engine knows by `id`, for that platform when there are several. Kind `protocol` when
 * the archive holds no image.
 */
export function imageIn(archive: Archive, id: string, platform: Platform): ArchivedImage {
  const all = [...ofDocker(archive), ...ofOci(archive)];
  const known = all.filter(({ ids }) => ids.has(bare(id)));
  const chosen = best(known.length > 0 ? known : all, archive, platform);
  if (!chosen)
    throw new EngineError(
      'protocol',
      sentence('The engine sent no image that can be read. Look into its log, or pull the image again.'),
    );
  const digests = texts(record(chosen.config['rootfs'])['diff_ids']);
  return {
    platform: platformOf(chosen.config),
    layers: chosen.layers.map((name, index) => ({
      digest: digests[index] ?? '',
      blob: resolved(archive, name),
      content: archive.layers.get(resolved(archive, name)) ?? missing(),
    })),
    history: list(chosen.config['history']).map((line) => ({
      createdBy: text(record(line)['created_by']),
      empty: record(line)['empty_layer'] === true,
    })),
  };
}

/** `manifest.json`, which every `docker save` writes. */
function ofDocker({ documents }: Archive): Candidate[] {
  return list(documents.get('manifest.json')).flatMap((value) => {
    const item = record(value);
    const name = plainName(text(item['Config']));
    const config = documents.get(name);
    if (config === undefined) return [];
    const ids = new Set([/([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1] ?? name]);
    return [{ config: record(config), layers: texts(item['Layers']).map(plainName), ids }];
  });
}

/** `index.json` and what it leads to. */
function ofOci({ documents }: Archive): Candidate[] {
  const found: Candidate[] = [];
  const walk = (document: unknown, above: readonly string[], depth: number): void => {
    const { manifests, layers, config } = record(document);
    if (depth > DEEPEST) return;
    for (const descriptor of list(manifests)) {
      const digest = text(record(descriptor)['digest']);
      walk(documents.get(blobName(digest)), [...above, bare(digest)], depth + 1);
    }
    const own = text(record(config)['digest']);
    const made = documents.get(blobName(own));
    if (made !== undefined)
      found.push({
        config: record(made),
        layers: list(layers).map((layer) => blobName(text(record(layer)['digest']))),
        ids: new Set([...above, bare(own)]),
      });
  };
  walk(documents.get('index.json'), [], 0);
  return found;
}

/** Signatures and attestations look like images of no platform, and their layers are no file systems. */
function best(all: readonly Candidate[], archive: Archive, wanted: Platform): Candidate | undefined {
  const there = ({ layers }: Candidate): number =>
    layers.filter((name) => archive.layers.has(resolved(archive, name))).length;
  const score = (candidate: Candidate): number => {
    const { os, architecture, variant } = platformOf(candidate.config);
    const same = os === wanted.os && architecture === wanted.architecture;
    return (
      (same ? 4 : 0) +
      (same && variant === wanted.variant ? 2 : 0) +
      (there(candidate) === candidate.layers.length ? 1 : 0)
    );
  };
  const real = all.filter((one) => one.layers.length === 0 || there(one) > 0);
  return [...real].sort((a, b) => score(b) - score(a))[0];
}

function resolved({ links }: Archive, name: string): string {
  let at = name;
  // A ring of links ends too.
  for (let turns = 0; turns < 8; turns++) at = links.get(at) ?? at;
  return at;
}

function missing(): LayerContent {
  return {
    error: new EngineError(
      'notFound',
      sentence('The engine does not have its content. Pull the image again.'),
    ),
  };
}

function blobName(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function bare(id: string): string {
  return id.replace(/^sha256:/, '');
}
