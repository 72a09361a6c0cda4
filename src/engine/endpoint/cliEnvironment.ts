import type { Endpoint } from './endpoint';

/**
 * The variables by which the docker CLI finds an endpoint that is not a stored context's; a context brings its
 * certificates, and needs none. `undefined` where none say it: certificates without a folder are ours alone.
 */
export function cliEnvironment({
  host,
  source,
  tls,
  certPath,
}: Endpoint): Record<string, string> | undefined {
  // Those of the environment are in it already.
  if (source !== 'added' || !tls) return { DOCKER_HOST: host };
  if (certPath === undefined) return undefined;
  return {
    DOCKER_HOST: host,
    DOCKER_CERT_PATH: certPath,
    [tls.verify ? 'DOCKER_TLS_VERIFY' : 'DOCKER_TLS']: '1',
  };
}
