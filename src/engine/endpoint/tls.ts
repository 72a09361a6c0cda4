import { join } from 'node:path';
import { EngineError, sentence } from '../errors';
import { readIfThere } from './readFile';
import type { TlsOptions } from './socketAgents';

/**
 * ca.pem, cert.pem and key.pem of a folder, each where it is there; `undefined` when none is. Rejects with kind `tls`
 * when one cannot be read, or when only one of cert.pem and key.pem is there.
 */
export async function readTlsFolder(
  folder: string,
  verify: boolean,
  signal?: AbortSignal,
): Promise<TlsOptions | undefined> {
  const read = (name: string) => readIfThere(join(folder, name), 'tls', signal);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  if (!ca && !cert && !key) return undefined;
  if (!cert !== !key) {
    throw new EngineError(
      'tls',
      sentence(
        'The certificate folder {0} holds {1} without {2}. Add the missing file or remove the other.',
        folder,
        cert ? 'cert.pem' : 'key.pem',
        cert ? 'key.pem' : 'cert.pem',
      ),
    );
  }
  return { ca, cert, key, verify };
}

/** The certificates of `DOCKER_CERT_PATH`; rejects with kind `tls` also when ca.pem is missing, as the CLI does. */
export async function readCertPath(
  folder: string,
  verify: boolean,
  signal?: AbortSignal,
): Promise<TlsOptions> {
  const tls = await readTlsFolder(folder, verify, signal);
  if (tls?.ca) return tls;
  throw new EngineError(
    'tls',
    sentence(
      'The certificate file {0} is missing. DOCKER_TLS_VERIFY needs it: put it there, set DOCKER_CERT_PATH, or unset DOCKER_TLS_VERIFY.',
      join(folder, 'ca.pem'),
    ),
  );
}
