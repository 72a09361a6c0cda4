import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { Surroundings } from '../endpoint/surroundings';
import { readIfThere } from '../endpoint/readFile';
import type { Trust } from './http';

/** Where Docker looks for the certificates of registries: the engine's own place, a rootless engine's, Docker Desktop's. */
function folders({ env, homedir, platform }: Surroundings): readonly string[] {
  const engine =
    platform === 'win32' ? join(env['ProgramData'] || 'C:\\ProgramData', 'docker') : '/etc/docker';
  return [engine, join(homedir, '.config/docker'), join(homedir, '.docker')].map((one) =>
    join(one, 'certs.d'),
  );
}

/** The certificates in one folder, by Docker's rule: `*.crt` are CAs, `name.cert` with `name.key` says who we are. */
async function inFolder(folder: string, signal?: AbortSignal): Promise<Trust | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  const read = (name: string) => readIfThere(join(folder, name), 'tls', signal);
  const ca = await Promise.all(names.filter((name) => name.endsWith('.crt')).map(read));
  const pair = names.find((name) => name.endsWith('.cert') && names.includes(name.replace(/cert$/, 'key')));
  const [cert, key] =
    pair === undefined ? [] : await Promise.all([read(pair), read(pair.replace(/cert$/, 'key'))]);
  if (ca.length === 0 && !cert) return undefined;
  const pems = ca.filter((one) => one !== undefined).map((one) => one.toString('utf8'));
  return { ...(pems.length > 0 && { ca: pems }), ...(cert && key && { cert, key }) };
}

/**
 * What makes the TLS connection to a registry trusted: `certs.d/<host:port>/` as Docker reads it, and `files` with
 * further CAs. Rejects with kind `tls` when one of the files is there and cannot be read.
 */
export async function trustOf(
  host: string,
  surroundings: Surroundings,
  files: readonly string[] = [],
  signal?: AbortSignal,
): Promise<Trust> {
  const name = surroundings.platform === 'win32' ? host.replace(':', '') : host;
  let own: Trust = {};
  for (const folder of folders(surroundings)) {
    const found = await inFolder(join(folder, name), signal);
    if (found) {
      own = found;
      break;
    }
  }
  const more = await Promise.all(files.map((file) => readIfThere(file, 'tls', signal)));
  const ca = [
    ...(own.ca ?? []),
    ...more.filter((one) => one !== undefined).map((one) => one.toString('utf8')),
  ];
  return { ...own, ...(ca.length > 0 && { ca: [...rootCertificates, ...ca] }) };
}
