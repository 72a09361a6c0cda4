import { parseReference } from '../run/reference';

/** Docker Hub's key in config.json and in credential helpers; an address from its first protocol, kept ever since. */
export const dockerHub = 'https://index.docker.io/v1/';

/** What a login to Docker Hub in the browser leaves beside it. */
export const webLoginKeys = [`${dockerHub}access-token`, `${dockerHub}refresh-token`];

/** An old key such as `https://registry.example/v2/` as today's: host and port (docker/cli `credentials.ConvertToHostname`). */
export function hostnameOf(address: string): string {
  return /^(?:[^/]*:\/\/)?(?:[^/@]*@)?([^/]*)/.exec(address)?.[1] ?? '';
}

/** The key under which the credentials for an image's registry are kept. Throws kind `invalid` for no image name. */
export function serverOf(reference: string): string {
  const { domain } = parseReference(reference);
  return domain === 'docker.io' ? dockerHub : domain;
}

/** What a person types as a registry, as a key: nothing, `docker.io` or `index.docker.io` is Docker Hub. */
export function serverAddress(typed: string): string {
  const hostname = hostnameOf(typed.trim());
  return ['', 'docker.io', 'index.docker.io'].includes(hostname) ? dockerHub : hostname;
}
