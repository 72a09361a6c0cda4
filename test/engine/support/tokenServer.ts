import { createSign, randomUUID, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { run } from '../../../scripts/rig/processes.mjs';

export interface TokenServer {
  /** The `auth:` section of a registry that sends its clients here. */
  readonly auth: string;
  /** What was asked, in order: `GET pull as me`. */
  readonly asked: string[];
  /** The only identity token that is still good. */
  identity: string;
  /** s; how long a token is good for the registry. */
  life: number;
  stop(): Promise<void>;
}

const SERVICE = 'rig';
const ISSUER = 'rig-issuer';

/** A server of tokens as real registries have one: it signs what a real `docker-registry` then checks. */
export async function startTokenServer(
  folder: string,
  login: { username: string; password: string },
): Promise<TokenServer> {
  mkdirSync(folder, { recursive: true });
  const [key, crt] = [path.join(folder, 'key.pem'), path.join(folder, 'crt.pem')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=rig'],
    ...['-keyout', key, '-out', crt],
  ]);
  const x5c = [new X509Certificate(readFileSync(crt)).raw.toString('base64')];

  const sign = (subject: string, scopes: readonly string[]): string => {
    const now = Math.floor(Date.now() / 1000);
    const access = scopes.map((scope) => {
      const [type = '', name = '', actions = ''] = scope.split(':');
      return { type, name, actions: actions.split(',') };
    });
    const claims = { iss: ISSUER, sub: subject, aud: SERVICE, nbf: now - 60, iat: now, jti: randomUUID() };
    const parts = [
      { typ: 'JWT', alg: 'RS256', x5c },
      { ...claims, exp: now + server.life, access },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const signature = createSign('RSA-SHA256').update(parts.join('.')).sign(readFileSync(key));
    return [...parts, signature.toString('base64url')].join('.');
  };

  const listener = http.createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const query = new URL(request.url ?? '', 'http://token').searchParams;
      const given = request.method === 'POST' ? new URLSearchParams(body) : query;
      const scopes = given.getAll('scope').filter(Boolean);
      const [, basic = ''] = (request.headers.authorization ?? '').split(' ');
      const [, user = '', password = ''] =
        /^([^:]*):(.*)$/.exec(Buffer.from(basic, 'base64').toString()) ?? [];
      const refresh = given.get('refresh_token');
      server.asked.push(`${request.method ?? ''} ${scopes.join(' ')} as ${refresh ?? (user || 'nobody')}`);
      const known =
        refresh === null
          ? user === '' || (user === login.username && password === login.password)
          : refresh === server.identity;
      // Who is nobody gets a token too, with nothing allowed in it, as from real ones.
      const allowed = refresh !== null || user !== '' ? scopes : [];
      response.writeHead(known ? 200 : 401, { 'Content-Type': 'application/json' });
      const token = known ? sign(user || 'someone', allowed) : undefined;
      response.end(JSON.stringify(refresh === null ? { token } : { access_token: token }));
    })();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const token = `realm: "http://127.0.0.1:${port}/token", service: ${SERVICE}, issuer: ${ISSUER}`;
  const server: TokenServer = {
    auth: `{ token: { ${token}, rootcertbundle: ${crt} } }`,
    asked: [],
    identity: 'identity-1',
    life: 300,
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
  return server;
}
