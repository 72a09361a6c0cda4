import type { NetConnectOpts } from 'node:net';
import type { Context } from 'mocha';
import { address } from '../../scripts/rig/engineApi.mjs';

/** The engine of this run, as in DOCKER_HOST. */
export const engineHost = process.env['DOCKER_HOST'] ?? '';

/** Where that is, for a proxy in front of it. */
export function target(): NetConnectOpts {
  const at = address(engineHost);
  return 'socketPath' in at ? { path: at.socketPath } : { host: at.host, port: Number(at.port) };
}

/** Somebody else uses the engine too: what is not ours must stay. */
export const engineIsShared = process.env['QUAYSIDE_TEST_SHARED_ENGINE'] === '1';

/** What the names of images in this run's registry start with, such as `localhost:5000`; none where there is no registry. */
export const registry = process.env['QUAYSIDE_TEST_REGISTRY'];

/** Skips the running test, and says why where the results are shown. */
export function skipBecause(context: Context, reason: string): never {
  if (context.test) context.test.title += ` (${reason})`;
  context.skip();
}
