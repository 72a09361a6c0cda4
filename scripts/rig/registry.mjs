// A real registry on the loopback address, with what the tests push into it.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { makeImage } from './images.mjs';
import { freePort, launch, run, until } from './processes.mjs';
import { Sorry } from './say.mjs';

/**
 * @typedef {object} RigRegistry
 * @property {string} address what an image's name starts with, such as `localhost:5000`
 * @property {string} [ca] the certificate to trust, a file
 * @property {{ username: string, password: string }} [login]
 */

/**
 * Starts `docker-registry`.
 * @param {string} folder for its files
 * @param {{ login?: { username: string, password: string }, tls?: boolean, port?: number, deletable?: boolean, auth?: string }} [options]
 *   deletable: images can be removed from it; auth: another `auth:` section of its configuration, as YAML in one line
 * @returns {Promise<{ registry: RigRegistry, stop: () => Promise<void> }>}
 */
export async function startRegistry(
  folder,
  { login, tls = false, port: wanted = 5000, deletable = false, auth } = {},
) {
  mkdirSync(folder, { recursive: true });
  const at = (/** @type {string} */ name) => path.join(folder, name);
  const port = await freePort(wanted);
  const config = [
    'version: 0.1',
    'log: { level: warn }',
    `storage: { filesystem: { rootdirectory: ${at('data')} }, delete: { enabled: ${deletable} } }`,
  ];
  const web = [`addr: 127.0.0.1:${port}`];
  if (tls) {
    await makeCertificate(folder);
    web.push(`tls: { certificate: ${at('ca.crt')}, key: ${at('ca.key')} }`);
  }
  config.push(`http: { ${web.join(', ')} }`);
  if (login) {
    writeFileSync(at('htpasswd'), await run('htpasswd', ['-Bbn', login.username, login.password]));
    config.push(`auth: { htpasswd: { realm: rig, path: ${at('htpasswd')} } }`);
  }
  if (auth) config.push(`auth: ${auth}`);
  writeFileSync(at('config.yml'), `${config.join('\n')}\n`);
  const process = launch('docker-registry', ['serve', at('config.yml')], { log: at('log'), patience: 1000 });
  /** @type {RigRegistry} */
  const registry = {
    address: `localhost:${port}`,
    ...(tls && { ca: at('ca.crt') }),
    ...(login && { login }),
  };
  const up = async () => [200, 401].includes((await ask(registry, 'GET', '/v2/')).status);
  await until('the registry to answer', up, { alive: process });
  return { registry, stop: process.stop };
}

/** A certificate for localhost that signs itself. @param {string} folder */
async function makeCertificate(folder) {
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', path.join(folder, 'ca.key'), '-out', path.join(folder, 'ca.crt')],
  ]);
}

/**
 * Puts an image into a registry without an engine.
 * @param {RigRegistry} registry
 * @param {string} repository
 * @param {import('./images.mjs').ImageSpec} spec
 * @param {string} [tag]
 * @returns {Promise<string>} the name to pull it by
 */
export async function pushImage(registry, repository, spec, tag = 'latest') {
  const { blobs, json } = makeImage(spec);
  const config = Buffer.from(json);
  const configDigest = await pushBlob(registry, repository, config);
  for (const { packed } of blobs) await pushBlob(registry, repository, packed);
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.length,
      digest: configDigest,
    },
    layers: blobs.map(({ packed, digest }) => ({
      mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
      size: packed.length,
      digest,
    })),
  });
  await expect(registry, 'PUT', `/v2/${repository}/manifests/${tag}`, 201, Buffer.from(manifest), mediaType);
  return `${registry.address}/${repository}:${tag}`;
}

/** @param {RigRegistry} registry @param {string} repository @param {Buffer} content */
async function pushBlob(registry, repository, content) {
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  if ((await ask(registry, 'HEAD', `/v2/${repository}/blobs/${digest}`)).status === 200) return digest;
  const { location } = await expect(registry, 'POST', `/v2/${repository}/blobs/uploads/`, 202);
  const url = new URL(location ?? '', `http://${registry.address}`);
  url.searchParams.set('digest', digest);
  await expect(registry, 'PUT', `${url.pathname}${url.search}`, 201, content, 'application/octet-stream');
  return digest;
}

/**
 * @param {RigRegistry} registry
 * @param {string} method
 * @param {string} where
 * @param {number} status
 * @param {Buffer} [body]
 * @param {string} [type]
 */
async function expect(registry, method, where, status, body, type) {
  const got = await ask(registry, method, where, body, type);
  if (got.status !== status)
    throw new Sorry(`The registry answered ${got.status} to ${method} ${where}: ${got.text}`);
  return got;
}

/**
 * Asks a registry, whatever it answers.
 * @param {RigRegistry} registry
 * @param {string} method
 * @param {string} where
 * @param {Buffer} [body]
 * @param {string} [type]
 * @returns {Promise<{ status: number, text: string, location: string | undefined }>}
 */
function ask({ address, ca, login }, method, where, body, type) {
  const { request } = ca ? https : http;
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(where, `${ca ? 'https' : 'http'}://${address.replace('localhost', '127.0.0.1')}`),
      {
        method,
        headers: { ...(type && { 'Content-Type': type }), 'Content-Length': body?.length ?? 0 },
        ...(login && { auth: `${login.username}:${login.password}` }),
        ...(ca && { ca: readFileSync(ca) }),
        agent: false,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (/** @type {string} */ chunk) => (text += chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, text, location: response.headers.location }),
        );
      },
    );
    call.once('error', reject);
    call.end(body);
  });
}
