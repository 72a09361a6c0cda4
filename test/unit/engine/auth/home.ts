import { join } from 'node:path';
import type { Surroundings } from '../../../../src/engine/endpoint/surroundings';
import { put, temporaryFolder } from '../endpoint/temporaryFolder';

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/**
 * A helper that keeps its secrets in a folder, one file per server, and writes down how it was called. It speaks the
 * protocol of docker-credential-helpers. In shell, for speed; the server's name is made a file's name by `tr`.
 */
export function helperScript(folder: string): string {
  return `#!/bin/sh
echo "$@" >> '${folder}/calls'
IFS= read -r input
file="${folder}/secrets/$(printf %s "$input" | tr '/:' '__')"
mkdir -p '${folder}/secrets'
case "$1" in
  get) [ -f "$file" ] || { echo 'credentials not found in native keychain'; exit 1; }; cat "$file" ;;
  store)
    server=$(printf %s "$input" | sed 's/.*"ServerURL":"\\([^"]*\\)".*/\\1/')
    printf %s "$input" > "${folder}/secrets/$(printf %s "$server" | tr '/:' '__')" ;;
  erase) rm -f "$file" ;;
  list) cat '${folder}/list' ;;
esac
`;
}

export interface Home {
  /** Its `.docker`. */
  readonly folder: string;
  readonly surroundings: Surroundings;
  /** Where its programs are. */
  readonly bin: string;
}

/**
 * A home whose PATH holds the system's own tools and `bin`, and this config.json. Its platform is by default another
 * than the machine's: that one's default helper is not installed here, so that no test reaches a real keychain.
 */
export async function home(
  config?: object,
  env: Record<string, string> = {},
  platform: NodeJS.Platform = process.platform === 'linux' ? 'darwin' : 'linux',
): Promise<Home> {
  const homedir = await temporaryFolder();
  const [folder, bin] = [join(homedir, '.docker'), join(homedir, 'bin')];
  if (config) await put(join(folder, 'config.json'), JSON.stringify(config));
  return { folder, bin, surroundings: { env: { PATH: `${bin}:/usr/bin:/bin`, ...env }, homedir, platform } };
}

/** Install a program as the default helper of every platform. */
export async function putDefaultHelper({ bin }: Home, script: string): Promise<void> {
  for (const name of ['osxkeychain', 'secretservice', 'pass']) {
    await put(join(bin, `docker-credential-${name}`), script);
  }
}
