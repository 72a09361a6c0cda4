// Podman's service, which answers the Docker API too.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { answers } from '../engineApi.mjs';
import { launch, until } from '../processes.mjs';

/**
 * @param {string} folder for all its files
 * @returns {Promise<{ host: string, stop: () => Promise<void> }>}
 */
export async function startPodman(folder) {
  mkdirSync(folder, { recursive: true });
  const at = (/** @type {string} */ name) => path.join(folder, name);
  // Its run root may have 50 characters at most; /run is a private machine's own.
  // Without a list of registries to search, a short name is an error.
  writeFileSync(at('registries.conf'), 'unqualified-search-registries = ["docker.io"]\n');
  const host = `unix://${at('docker.sock')}`;
  const service = launch(
    'podman',
    ['--root', at('data'), '--runroot', '/run/quayside-podman', 'system', 'service', '--time=0', host],
    { log: at('log'), env: { ...process.env, CONTAINERS_REGISTRIES_CONF: at('registries.conf') } },
  );
  await until('the engine to answer', () => answers(host), { timeout: 60_000, alive: service });
  return { host, stop: service.stop };
}
