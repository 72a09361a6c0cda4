import { join } from 'node:path';

/** What decides which engine and which credentials are meant, besides settings; given, never read from the process. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homedir: string;
  readonly platform: NodeJS.Platform;
}

/** Where config.json and the contexts are: `DOCKER_CONFIG`, else `~/.docker` (docker/cli `cli/config/config.go`). */
export function configFolder({ env, homedir }: Surroundings): string {
  return env['DOCKER_CONFIG'] || join(homedir, '.docker');
}
