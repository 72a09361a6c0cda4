import { cancelled, EngineError, sentence } from '../errors';
import { list, record, text } from '../wire/read';
import { registryTitle } from './address';
import type { HttpAnswer } from './http';

const UNTRUSTED =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?)|CERT_UNTRUSTED)$/;

/** Whether what answers speaks no TLS, or nothing answers where TLS would. */
export function speaksNoTls(error: unknown): boolean {
  const { code = '' } = ((error as EngineError).cause ?? {}) as NodeJS.ErrnoException;
  return /^(?:EPROTO|ERR_SSL_.*|ECONNRESET|ECONNREFUSED)$/.test(code);
}

/** The error for a connection to a registry that failed below HTTP. */
export function reachFailure(error: unknown, host: string, signal?: AbortSignal): EngineError {
  if (signal?.aborted) return cancelled(error);
  if (error instanceof EngineError) return error;
  const { code = '', name } = error as NodeJS.ErrnoException;
  const { kind, text: said } = reach(code, name);
  return new EngineError(kind, sentence(said, host), { cause: error });
}

function reach(code: string, name: string): { kind: 'unreachable' | 'tls'; text: string } {
  const unreachable = (said: string) => ({ kind: 'unreachable' as const, text: said });
  const tls = (said: string) => ({ kind: 'tls' as const, text: said });
  if (name === 'TimeoutError' || code === 'ETIMEDOUT')
    return unreachable(
      'The registry {0} did not answer in time. Check its address and the network, then retry.',
    );
  if (code === 'ECONNREFUSED')
    return unreachable('No registry answers at {0}. Start it, or check its address, then retry.');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return unreachable('The registry {0} cannot be found. Check its name and the network, then retry.');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return tls('The certificate of {0} was made for another name. Use the name that it was made for.');
  if (code === 'CERT_HAS_EXPIRED')
    return tls('The certificate of {0} has expired. Who runs the registry must renew it.');
  if (UNTRUSTED.test(code) || code.startsWith('CERT_'))
    return tls(
      'The certificate of {0} comes from nobody this computer trusts. Put the CA of the registry into /etc/docker/certs.d/{0}/ca.crt, or name its file in the setting quayside.registryCertificates.',
    );
  if (code === 'EPROTO' || /^ERR_(?:SSL|TLS|OSSL)_/.test(code))
    return tls(
      'The registry {0} does not speak HTTPS. If that is meant, list it under "insecure-registries" in the engine’s settings.',
    );
  return unreachable('The connection to the registry {0} was lost. Check the network, then retry.');
}

/** What a registry says with a refusal: its own codes and words, for the log. */
function words({ body }: HttpAnswer): string {
  try {
    const errors = list(record(JSON.parse(body.toString('utf8')))['errors']).map(record);
    const said = errors.map((one) => [text(one['code']), text(one['message'])].filter(Boolean).join(': '));
    if (said.length > 0) return said.join('; ').slice(0, 500);
  } catch {
    // A proxy's page: its beginning is as good as anything.
  }
  return body.toString('utf8', 0, 200);
}

/** The error for an answer that says no. `login`: who we said that we are. */
export function refusal(answer: HttpAnswer, host: string, login: 'none' | 'password' | 'token'): EngineError {
  const { status } = answer;
  const name = registryTitle(host);
  const options = { status, cause: new Error(`HTTP ${String(status)}: ${words(answer)}`) };
  if (status === 401) {
    const said = {
      none: sentence('{0} asks for a login. Log in, then try again.', name),
      password: sentence('{0} refuses the user name or the password that is stored. Log in again.', name),
      token: sentence('The login to {0} has expired. Log in again.', name),
    }[login];
    return new EngineError('denied', said, options);
  }
  if (status === 403) {
    return new EngineError(
      'denied',
      sentence('{0} does not allow this to your login. Ask who runs it, or log in as somebody else.', name),
      options,
    );
  }
  if (status === 429) return tooMany(answer, name, options);
  if (status === 404) {
    return new EngineError(
      'notFound',
      sentence('{0} does not have this, or does not show it. Check the name, or log in.', name),
      options,
    );
  }
  if (status >= 500) {
    return new EngineError(
      'unreachable',
      sentence('The registry {0} has a problem of its own (status {1}). Try again later.', name, status),
      options,
    );
  }
  return new EngineError(
    'protocol',
    sentence('The registry {0} answers with status {1}. The log has its words.', name, status),
    options,
  );
}

function tooMany(
  { headers }: HttpAnswer,
  name: string,
  options: { status: number; cause: Error },
): EngineError {
  const seconds = secondsIn(headers['retry-after']);
  if (seconds === undefined) {
    return new EngineError(
      'denied',
      sentence('{0} was asked too often. Wait a while, or log in for a higher limit, then try again.', name),
      options,
    );
  }
  const said =
    seconds < 120
      ? sentence(
          '{0} was asked too often. Try again in {1} seconds, or log in for a higher limit.',
          name,
          seconds,
        )
      : sentence(
          '{0} was asked too often. Try again in {1} minutes, or log in for a higher limit.',
          name,
          Math.ceil(seconds / 60),
        );
  return new EngineError('denied', said, options);
}

/** `Retry-After` is a number of seconds or a date. */
function secondsIn(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d{1,7}$/.test(value)
    ? Number(value)
    : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(1, seconds) : undefined;
}

/** The error for an answer that no registry would give. */
export function notARegistry(host: string, cause?: unknown): EngineError {
  return new EngineError(
    'protocol',
    sentence('What answers at {0} is not a registry. Check the address.', registryTitle(host)),
    { cause },
  );
}
