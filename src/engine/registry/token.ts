import type { Credentials } from '../auth/credentials';
import { EngineError, sentence } from '../errors';
import { number, record, text } from '../wire/read';
import { isLoopback, registryTitle } from './address';
import type { Challenge } from './challenge';
import { notARegistry, refusal } from './failures';
import { askOn, type Trust } from './http';

/** A token for one scope. */
export interface Token {
  readonly value: string;
  /** ms since 1970. */
  readonly until: number;
}

const MOST = 1024 * 1024;
/** s; what a token lives when its server does not say (distribution `docs/spec/auth/token.md`). */
const LIFE = 60;

/**
 * Ask the server that a registry names for a token (distribution `docs/spec/auth/token.md`; with an identity token
 * `oauth.md`). Rejects with kind `denied` when it refuses the credentials, and as `ask` does.
 */
export async function askToken(
  host: string,
  challenge: Challenge,
  scope: string,
  credentials: Credentials | undefined,
  trustFor: (url: URL) => Promise<Trust>,
  signal?: AbortSignal,
): Promise<Token> {
  const url = realmOf(host, challenge);
  const service = challenge.values.get('service') ?? '';
  const trust = await trustFor(url);
  const { identitytoken, username, password } = credentials ?? {};
  const answer = identitytoken
    ? await askOn(
        url,
        { ...form({ service, scope, refresh_token: identitytoken }), trust, most: MOST },
        signal,
      )
    : await askOn(
        withQuery(url, { service, scope, account: username ?? '' }),
        { trust, most: MOST, headers: username ? basic(username, password ?? '') : {} },
        signal,
      );
  if (answer.status !== 200) {
    // An identity token that is no longer good is told so in several ways.
    const login = identitytoken ? 'token' : username ? 'password' : 'none';
    const status = [400, 401, 403].includes(answer.status) ? 401 : answer.status;
    throw refusal({ ...answer, status }, host, login);
  }
  return readToken(host, answer.body);
}

/** Where tokens are: the registry says so, and may send passwords only over TLS or to this machine. */
function realmOf(host: string, { values }: Challenge): URL {
  const realm = values.get('realm') ?? '';
  if (!URL.canParse(realm)) throw notARegistry(host);
  const url = new URL(realm);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && (isLoopback(url.host) || url.host === host)))
    return url;
  throw new EngineError(
    'tls',
    sentence(
      'The registry {0} wants the login sent to {1} without encryption, so it was not sent. Ask who runs it for HTTPS.',
      registryTitle(host),
      url.host,
    ),
  );
}

function form(fields: Readonly<Record<string, string>>) {
  const all = { grant_type: 'refresh_token', client_id: 'quayside', ...fields };
  return {
    method: 'POST',
    body: new URLSearchParams(all).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  } as const;
}

function withQuery(url: URL, query: Readonly<Record<string, string>>): URL {
  const asked = new URL(url);
  for (const [name, value] of Object.entries(query)) if (value !== '') asked.searchParams.append(name, value);
  return asked;
}

/** The header of a user name and a password. */
export function basic(username: string, password: string): Readonly<Record<string, string>> {
  return { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

function readToken(host: string, body: Buffer): Token {
  let answer: ReturnType<typeof record>;
  try {
    answer = record(JSON.parse(body.toString('utf8')));
  } catch {
    // What cannot be read may hold a token: nothing of it is repeated.
    throw notARegistry(host, new Error('The token server’s answer is not JSON.'));
  }
  const value = text(answer['token']) || text(answer['access_token']);
  // What has a line end in it is no header.
  if (!/^[\x21-\x7e]+$/.test(value)) throw notARegistry(host, new Error('The token server gave no token.'));
  const life = Math.max(LIFE, number(answer['expires_in']));
  return { value, until: Date.now() + (life - 10) * 1000 };
}
