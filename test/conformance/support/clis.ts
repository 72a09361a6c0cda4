import { realpath } from 'node:fs/promises';
import { run, which } from '../../../scripts/rig/processes.mjs';
import { dockerCli } from './cli';

export interface Cli {
  readonly path: string;
  /** Of the client, such as `28.2.2`. */
  readonly version: string;
}

/** Every docker CLI there is: the engine's own, and the one on PATH where it is another. Rejects when there is none. */
export async function dockerClis(): Promise<Cli[]> {
  const own = await dockerCli();
  const paths = new Map<string, string>();
  for (const path of [own, (await which('docker')) ?? own]) {
    const real = await realpath(path);
    if (!paths.has(real)) paths.set(real, path);
  }
  return Promise.all(
    [...paths.values()].map(async (path) => {
      const said = await run(path, ['--version'], { env: {} });
      return { path, version: /\d+\.\d+\.\d+/.exec(said)?.[0] ?? said.trim() };
    }),
  );
}
