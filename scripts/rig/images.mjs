// Images made here: pushed to a registry layer by layer, loaded into an engine, or built by it. No internet needed.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { URLSearchParams } from 'node:url';
import { gzipSync } from 'node:zlib';
import { api } from './engineApi.mjs';
import { run, which } from './processes.mjs';
import { Sorry } from './say.mjs';
import { tar } from './tar.mjs';

/** @typedef {import('./tar.mjs').Entry} Entry */

/**
 * @typedef {object} ImageSpec
 * @property {readonly { createdBy: string, entries: readonly Entry[] }[]} layers
 * @property {readonly string[]} [emptySteps] what the history says of steps that made no layer
 * @property {Record<string, unknown>} [config] as in `docker inspect`: Cmd, Env, ExposedPorts, WorkingDir, Labels …
 */

/** What everything the rig makes carries, so that it can be told from what is the user's. */
export const labels = { 'dev.quayside.test': 'rig' };

const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
const created = '2025-01-15T00:00:00Z';
const sha = (/** @type {string | Buffer} */ data) =>
  `sha256:${createHash('sha256').update(data).digest('hex')}`;

/** The bytes of an image. @param {ImageSpec} spec */
export function makeImage({ layers, emptySteps = [], config = {} }) {
  const blobs = layers.map(({ entries }) => {
    const plain = tar(entries);
    const packed = gzipSync(plain, { level: 1 });
    return { plain, packed, diffId: sha(plain), digest: sha(packed) };
  });
  const json = JSON.stringify({
    architecture,
    os: 'linux',
    created,
    config: { ...config, Labels: { ...labels, .../** @type {object} */ (config['Labels'] ?? {}) } },
    rootfs: { type: 'layers', diff_ids: blobs.map(({ diffId }) => diffId) },
    history: [
      ...layers.map(({ createdBy }) => ({ created, created_by: createdBy })),
      ...emptySteps.map((step) => ({ created, created_by: step, empty_layer: true })),
    ],
  });
  return { blobs, json };
}

/**
 * Loads an image into an engine, as `docker load` would.
 * @param {string} host as in DOCKER_HOST
 * @param {string} name
 * @param {ImageSpec} spec
 */
export async function loadImage(host, name, spec) {
  const { blobs, json } = makeImage(spec);
  // Its id is the digest of its configuration: what is there already need not be sent.
  const id = `sha256:${createHash('sha256').update(json).digest('hex')}`;
  const there = await api(host, 'GET', `/images/${tagged(name)}/json`).catch(() => undefined);
  if (there?.Id === id) return;
  const files = blobs.map(({ plain }, index) => ({ path: `${index}.tar`, content: plain }));
  const manifest = [
    { Config: 'config.json', RepoTags: [tagged(name)], Layers: files.map((file) => file.path) },
  ];
  const archive = tar([
    ...files,
    { path: 'config.json', content: json },
    { path: 'manifest.json', content: JSON.stringify(manifest) },
  ]);
  const load = () => api(host, 'POST', '/images/load?quiet=1', { tar: archive });
  // An engine that has the layers may answer and hang up before it has read them to the end.
  await load().catch((error) => (error.code === 'EPIPE' ? load() : Promise.reject(error)));
}

/**
 * Builds an image from a Dockerfile with the engine's own builder.
 * @param {string} host as in DOCKER_HOST
 * @param {string} name
 * @param {string} dockerfile its text
 * @param {readonly Entry[]} [context] what COPY finds
 * @returns {Promise<string>} the image's id
 */
export async function buildImage(host, name, dockerfile, context = []) {
  const query = new URLSearchParams({ t: tagged(name), forcerm: '1', labels: JSON.stringify(labels) });
  await api(host, 'POST', `/build?${query}`, {
    tar: tar([{ path: 'Dockerfile', content: dockerfile }, ...context]),
    timeout: 300_000,
  });
  return (await api(host, 'GET', `/images/${encodeURIComponent(tagged(name))}/json`)).Id;
}

/** @param {string} name */
const tagged = (name) => (/:[^/]+$/.test(name) ? name : `${name}:latest`);

/** @type {Promise<Entry[]> | undefined} */
let userland;

/** A root file system around busybox: its commands, a user, the usual folders. @returns {Promise<Entry[]>} */
function busybox() {
  userland ??= (async () => {
    const file = await which('busybox');
    if (!file)
      throw new Sorry('busybox is not installed. On Debian or Ubuntu: apt-get install busybox-static.');
    const applets = (await run(file, ['--list'])).split('\n').filter((name) => name && name !== 'busybox');
    return [
      { path: 'bin/' },
      { path: 'bin/busybox', content: readFileSync(file), mode: 0o755 },
      ...applets.map((name) => ({ path: `bin/${name}`, link: 'busybox' })),
      { path: 'etc/' },
      {
        path: 'etc/passwd',
        content: 'root:x:0:0:root:/root:/bin/sh\nguest:x:1000:1000:guest:/home/guest:/bin/sh\n',
      },
      { path: 'etc/group', content: 'root:x:0:\nguest:x:1000:\n' },
      { path: 'home/' },
      { path: 'home/guest/' },
      { path: 'root/', mode: 0o700 },
      { path: 'tmp/', mode: 0o1777 },
      { path: 'usr/' },
      { path: 'usr/local/' },
      { path: 'var/' },
      { path: 'var/log/' },
    ];
  })();
  return userland;
}

/** The smallest image to run something in: busybox, with `sh`. @returns {Promise<ImageSpec>} */
export async function busyboxImage() {
  return {
    layers: [{ createdBy: '/bin/sh -c #(nop) ADD busybox in /', entries: await busybox() }],
    emptySteps: ['/bin/sh -c #(nop)  CMD ["sh"]'],
    config: { Cmd: ['sh'], Env: ['PATH=/usr/local/bin:/bin'] },
  };
}
