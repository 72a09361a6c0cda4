// Writes an image to its output, as `docker save` would: node lensImage.mjs NAME
// 1 GB in 30 layers, in each one large file and many small ones.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import process from 'node:process';
import { tar } from '../../rig/tar.mjs';

const LAYERS = 30;
/** Bytes of the one large file. */
const LARGE = 30_000_000;
const SMALL = 1500;

const [name = ''] = process.argv.slice(2);
const digests = [];
for (let layer = 0; layer < LAYERS; layer++) {
  const content = layerOf(layer);
  digests.push(`sha256:${createHash('sha256').update(content).digest('hex')}`);
  await write(member(`${layer}.tar`, content));
}
const config = {
  architecture: process.arch === 'x64' ? 'amd64' : process.arch,
  os: 'linux',
  rootfs: { type: 'layers', diff_ids: digests },
  history: digests.map((_, layer) => ({ created_by: `RUN step ${layer}` })),
};
const Layers = digests.map((_, layer) => `${layer}.tar`);
await write(member('config.json', JSON.stringify(config)));
const manifest = JSON.stringify([{ Config: 'config.json', RepoTags: [name], Layers }]);
await write(tar([{ path: 'manifest.json', content: manifest }]));

/** @param {number} layer */
function layerOf(layer) {
  // Nothing that a file system could store as a hole.
  const large = Buffer.alloc(LARGE, createHash('sha512').update(`layer ${layer}`).digest());
  const small = Array.from({ length: SMALL }, (_, index) => ({
    path: `usr/lib/part-${layer % 10}/module-${index % 40}/file-${index}`,
    content: `${layer} ${index} `.repeat(200),
  }));
  return tar([{ path: `opt/large-${layer}`, content: large }, ...small]);
}

/** An entry without the end of its archive. @param {string} entry @param {string | Buffer} content */
function member(entry, content) {
  return tar([{ path: entry, content }]).subarray(0, -1024);
}

/** @param {Buffer} bytes */
async function write(bytes) {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}
