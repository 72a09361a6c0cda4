import { createHash } from 'node:crypto';
import { readArchive, type Archive } from '../../../../src/engine/lens/archive';
import { imageIn, type ArchivedImage } from '../../../../src/engine/lens/manifests';
import { Paths } from '../../../../src/engine/lens/paths';
import { TarReader } from '../../../../src/engine/streams/tar/reader';
import { END, inPieces, member } from '../streams/tar/archives';

export const AMD64 = { os: 'linux', architecture: 'amd64', variant: '' };

const hex = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** The archive of a layer: a name with a slash at its end is a directory, a content that starts with `->` a symlink. */
export function layer(files: Readonly<Record<string, string>>): Buffer {
  const members = Object.entries(files).map(([name, content]) => {
    if (name.endsWith('/')) return member({ name, flag: '5', mode: 0o755 });
    if (content.startsWith('->')) return member({ name, flag: '2', linkname: content.slice(2) });
    return member({ name }, content);
  });
  return Buffer.concat([...members, END]);
}

function config(layers: readonly Buffer[], platform = AMD64): string {
  return JSON.stringify({
    ...platform,
    rootfs: { type: 'layers', diff_ids: layers.map((one) => `sha256:${hex(one)}`) },
    history: [
      ...layers.map((_, index) => ({ created_by: `RUN ${index}` })),
      { created_by: 'CMD ["sh"]', empty_layer: true },
    ],
  });
}

/** As `docker save` has written for years: a layer that is there twice is a link. */
export function legacy(layers: readonly Buffer[]): { bytes: Buffer; id: string } {
  const json = config(layers);
  const id = hex(json);
  const members = layers.map((one, index) => {
    const first = layers.indexOf(one);
    const name = `layer${index}/layer.tar`;
    return first < index
      ? member({ name, flag: '2', linkname: `../layer${first}/layer.tar` })
      : member({ name }, one);
  });
  const manifest = [
    { Config: `${id}.json`, RepoTags: null, Layers: layers.map((_, index) => `layer${index}/layer.tar`) },
  ];
  const bytes = Buffer.concat([
    ...members,
    member({ name: `${id}.json` }, json),
    member({ name: 'manifest.json' }, JSON.stringify(manifest)),
    END,
  ]);
  return { bytes, id: `sha256:${id}` };
}

interface OciImage {
  readonly layers: readonly Buffer[];
  /** What each layer is packed with. */
  readonly pack?: (layer: Buffer) => Buffer;
  readonly platform?: typeof AMD64;
}

/** The layout of the OCI image specification, with the images in an index of their own. `id` is that index's digest. */
export function oci(...images: readonly OciImage[]): { bytes: Buffer; id: string } {
  const blobs = new Map<string, Buffer>();
  const put = (data: Buffer): { digest: string; size: number } => {
    blobs.set(hex(data), data);
    return { digest: `sha256:${hex(data)}`, size: data.length };
  };
  const manifests = images.map(({ layers, pack = (same) => same, platform }) => {
    const manifest = {
      config: put(Buffer.from(config(layers, platform))),
      layers: layers.map((one) => put(pack(one))),
    };
    return { ...put(Buffer.from(JSON.stringify(manifest))), platform };
  });
  const { digest } = put(Buffer.from(JSON.stringify({ manifests })));
  const index = JSON.stringify({ manifests: [{ digest }] });
  const bytes = Buffer.concat([
    member({ name: 'blobs/', flag: '5' }),
    ...[...blobs].sort().map(([name, data]) => member({ name: `blobs/sha256/${name}` }, data)),
    member({ name: 'index.json' }, index),
    member({ name: 'oci-layout' }, '{"imageLayoutVersion": "1.0.0"}'),
    END,
  ]);
  return { bytes, id: digest };
}

/** The archive as if an engine had sent it, in pieces of that many bytes. */
export function read(bytes: Buffer, paths = new Paths(), size = 1000): Promise<Archive> {
  return readArchive(new TarReader(inPieces(bytes, size)), paths);
}

export async function imageOf(
  { bytes, id }: { bytes: Buffer; id: string },
  { paths = new Paths(), platform = AMD64, size = 1000 } = {},
): Promise<ArchivedImage & { paths: Paths }> {
  return { ...imageIn(await read(bytes, paths, size), id, platform), paths };
}

/** The paths of every layer with their sizes; what is wrong instead, where it cannot be read. */
export function listed({ layers, paths }: ArchivedImage & { paths: Paths }): (string | string[])[] {
  return layers.map(({ content }) =>
    'error' in content
      ? content.error.message
      : [
          ...content.files.paths.map((path, row) => `${paths.text(path)} ${content.files.sizes[row]}`),
          ...[...content.files.gone].map((path) => `- ${paths.text(path)}`),
          ...[...content.files.opaque].map((path) => `- ${paths.text(path)}/*`),
        ],
  );
}
