import { rmSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { address, api } from '../../scripts/rig/engineApi.mjs';
import { buildImage, busyboxImage, labels, loadImage } from '../../scripts/rig/images.mjs';
import { run, which } from '../../scripts/rig/processes.mjs';
import { startProxy, type RigProxy } from '../../scripts/rig/proxy.mjs';

/** The engine of this run. `shared` says that somebody else uses it too: touch only what carries `labels`. */
export const engine = inject('engine');

/** Asks the engine itself, past everything of ours; rejects from status 400 up. The path has no version. */
export function ask(method: string, where: string, json?: unknown): Promise<unknown> {
  return api(engine.host, method, where, { json });
}

/** The `docker` CLI on the same engine, with no configuration of the user's; resolves with what it printed. */
export async function docker(...args: string[]): Promise<string> {
  // The engine's own client, where a newer one of somebody else comes first on PATH.
  const own = await which('/usr/bin/docker');
  const env = {
    ...process.env,
    DOCKER_HOST: engine.host,
    DOCKER_CONFIG: noConfig,
    DOCKER_CONTEXT: undefined,
  };
  return run(own ?? 'docker', args, { env });
}

/** A folder that is not there: no login, no context of the user's. */
const noConfig = path.join(os.tmpdir(), 'quayside-no-config');

/** A small image with busybox and `sh` under this name; loaded once. */
export async function baseImage(name = 'quayside-test/base:latest'): Promise<string> {
  await loadImage(engine.host, name, await busyboxImage());
  return name;
}

/** Builds an image with the engine's builder; answers with its id. */
export function build(
  name: string,
  dockerfile: string,
  context: { path: string; content: string }[] = [],
): Promise<string> {
  return buildImage(engine.host, name, dockerfile, context);
}

/** Removes the containers, volumes and networks that carry this label (`dev.quayside.test=<value>`), whatever their state. */
export async function removeLabelled(value: string): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`dev.quayside.test=${value}`] }));
  const containers = (await ask('GET', `/containers/json?all=1&filters=${filters}`)) as { Id: string }[];
  for (const { Id } of containers) await ask('DELETE', `/containers/${Id}?force=1&v=1`);
  const networks = (await ask('GET', `/networks?filters=${filters}`)) as { Id: string }[];
  for (const { Id } of networks) await ask('DELETE', `/networks/${Id}`);
  const volumes = (await ask('GET', `/volumes?filters=${filters}`)) as { Volumes: { Name: string }[] | null };
  for (const { Name } of volumes.Volumes ?? [])
    await ask('DELETE', `/volumes/${encodeURIComponent(Name)}?force=1`);
}

/** The engine behind a proxy that can be cut, slowed and taken away; `host` is its DOCKER_HOST. */
export async function behindProxy(): Promise<RigProxy & AsyncDisposable & { host: string }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-proxy-'));
  const socket = path.join(folder, 'docker.sock');
  const to = address(engine.host);
  const proxy = await startProxy(
    'socketPath' in to ? { path: to.socketPath } : { host: to.host, port: Number(to.port) },
    socket,
  );
  return {
    ...proxy,
    host: `unix://${socket}`,
    [Symbol.asyncDispose]: async () => {
      await proxy.down();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export { labels };
