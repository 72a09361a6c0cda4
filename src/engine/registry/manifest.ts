import { list, number, record, text, type Json } from '../wire/read';

const OCI = 'application/vnd.oci.image';
const DOCKER = 'application/vnd.docker.distribution.manifest';

/** Every kind of manifest that is understood: lists and images, OCI's and Docker's. */
export const MANIFESTS = [
  `${OCI}.index.v1+json`,
  `${DOCKER}.list.v2+json`,
  `${OCI}.manifest.v1+json`,
  `${DOCKER}.v2+json`,
  `${DOCKER}.v1+prettyjws`,
].join(', ');

/** One image of a list, for one platform. */
export interface PlatformManifest {
  readonly digest: string;
  /** `linux/arm64/v8` */
  readonly platform: string;
}

export type Manifest =
  | { readonly kind: 'list'; readonly images: readonly PlatformManifest[] }
  | {
      readonly kind: 'image';
      /** Bytes to download: the layers, as they are packed, and the configuration. */
      readonly size: number;
      readonly layers: number;
      /** Of the configuration; empty for an image of the first format, which has none. */
      readonly config: string;
      /** Where the manifest itself tells. */
      readonly platform: string;
    };

/** Read a manifest by its shape, for not all say their type. `undefined` for what is none. */
export function parseManifest(json: Json): Manifest | undefined {
  if (Array.isArray(json['manifests'])) {
    const images = list(json['manifests'])
      .slice(0, MOST)
      .map(record)
      // Attestations stand beside the images they are about, for a platform that is none.
      .filter((one) => record(one['annotations'])['vnd.docker.reference.type'] === undefined)
      .map((one) => ({ digest: text(one['digest']), platform: platformText(record(one['platform'])) }))
      .filter(({ digest, platform }) => DIGEST.test(digest) && platform !== 'unknown/unknown');
    return { kind: 'list', images };
  }
  if (Array.isArray(json['layers'])) {
    const layers = list(json['layers']).map(record);
    const config = record(json['config']);
    const size = layers.reduce((sum, layer) => sum + number(layer['size']), number(config['size']));
    const digest = text(config['digest']);
    return {
      kind: 'image',
      size,
      layers: layers.length,
      config: DIGEST.test(digest) ? digest : '',
      platform: '',
    };
  }
  if (Array.isArray(json['fsLayers'])) {
    const platform = text(json['architecture']);
    const layers = list(json['fsLayers']).length;
    return { kind: 'image', size: 0, layers, config: '', platform: platform && `linux/${platform}` };
  }
  return undefined;
}

const MOST = 200;

/** `sha256:…` and its longer kin. */
export const DIGEST = /^sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/;

/** `linux/arm/v7`, of a platform's fields or of a configuration's; empty where it says nothing. */
export function platformText(fields: Json): string {
  return ['os', 'architecture', 'variant']
    .map((name) => text(fields[name]))
    .filter(Boolean)
    .join('/');
}
