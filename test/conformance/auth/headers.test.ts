import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { address } from '../../../scripts/rig/engineApi.mjs';
import { anonymousAuth, registryAuth, registryConfig } from '../../../src/engine/auth/registryAuth';
import { engine } from '../../rig/engine';
import { base64, helperScript, home, putDefaultHelper, type Home } from '../../unit/engine/auth/home';
import { put } from '../../unit/engine/endpoint/temporaryFolder';
import { dockerClis, type Cli } from '../support/clis';
import { startHeaderRecorder, type HeaderRecorder, type Said } from '../support/headers';

const hub = 'https://index.docker.io/v1/';
const login = (user: string, password: string) => ({ auth: base64(`${user}:${password}`) });

interface Case {
  readonly name: string;
  readonly image?: string;
  readonly config?: object;
  /** What `docker-credential-test` keeps, by server. */
  readonly secrets?: Record<string, { Username: string; Secret: string }>;
  /** Make it the platform's own helper too. */
  readonly asDefault?: boolean;
}

const secret = { Username: 'me', Secret: 'p:ä<&>??>>' };
const token = { Username: '<token>', Secret: 'an identity token' };

const cases: Case[] = [
  { name: 'no configuration at all' },
  { name: 'no credentials', config: { auths: {} } },
  { name: 'credentials of others', config: { auths: { 'other.example': login('u', 'p') } } },
  { name: 'file', config: { auths: { 'h.example': login('u', 'p') } } },
  { name: 'file, colons in the password', config: { auths: { 'h.example': login('u', 'p:q:') } } },
  {
    name: 'file, every sort of character',
    config: { auths: { 'h.example': login('ü', 'a<&>\u2028é??>>~~"\\') } },
  },
  { name: 'file, NULs around the password', config: { auths: { 'h.example': login('u', '\0p\0\0') } } },
  { name: 'file, an email', config: { auths: { 'h.example': { ...login('u', 'p'), email: 'a@b.c' } } } },
  { name: 'file, in plain fields', config: { auths: { 'h.example': { username: 'u', password: 'p' } } } },
  { name: 'file, an empty entry', config: { auths: { 'h.example': {} } } },
  {
    name: 'file, identity token',
    config: { auths: { 'h.example': { ...login('u', ''), identitytoken: 't' } } },
  },
  { name: 'file, identity token alone', config: { auths: { 'h.example': { identitytoken: 't' } } } },
  { name: 'file, registry token', config: { auths: { 'h.example': { registrytoken: 't' } } } },
  { name: 'file, an old key', config: { auths: { 'https://h.example/v2/': login('u', 'p') } } },
  { name: 'file, an old key without TLS', config: { auths: { 'http://h.example': login('u', 'p') } } },
  { name: 'file, a key with a path', config: { auths: { 'h.example/team': login('u', 'p') } } },
  {
    name: 'file, a port',
    image: 'h.example:5000/x',
    config: { auths: { 'h.example:5000': login('u', 'p'), 'h.example': login('not', 'me') } },
  },
  {
    name: 'file, another port',
    image: 'h.example:5001/x',
    config: { auths: { 'h.example:5000': login('u', 'p') } },
  },
  { name: 'file, Docker Hub', image: 'x', config: { auths: { [hub]: login('u', 'p') } } },
  {
    name: 'file, Docker Hub by its long name',
    image: 'docker.io/a/x:1',
    config: { auths: { [hub]: login('u', 'p') } },
  },
  {
    name: 'file, Docker Hub by its old name',
    image: 'index.docker.io/x',
    config: { auths: { [hub]: login('u', 'p') } },
  },
  {
    name: 'file, Docker Hub under a wrong key',
    image: 'x',
    config: { auths: { 'docker.io': login('u', 'p') } },
  },
  { name: 'file, localhost', image: 'localhost/x', config: { auths: { localhost: login('u', 'p') } } },
  { name: 'store', config: { credsStore: 'test' }, secrets: { 'h.example': secret } },
  { name: 'store, Docker Hub', image: 'x', config: { credsStore: 'test' }, secrets: { [hub]: secret } },
  { name: 'store, a token', config: { credsStore: 'test' }, secrets: { 'h.example': token } },
  { name: 'store, nothing kept', config: { credsStore: 'test', auths: {} } },
  {
    name: 'store, an email in the file',
    config: { credsStore: 'test', auths: { 'h.example': { email: 'a@b.c' } } },
    secrets: { 'h.example': secret },
  },
  { name: 'helper', config: { credHelpers: { 'h.example': 'test' } }, secrets: { 'h.example': secret } },
  {
    name: 'helper, a token',
    config: { credHelpers: { 'h.example': 'test' } },
    secrets: { 'h.example': token },
  },
  {
    name: 'helper of another registry, the file for this one',
    config: { credHelpers: { 'other.example': 'test' }, auths: { 'h.example': login('u', 'p') } },
    secrets: { 'h.example': secret },
  },
  {
    name: 'an empty helper is the file, past the store',
    config: { credsStore: 'test', credHelpers: { 'h.example': '' }, auths: { 'h.example': login('u', 'p') } },
    secrets: { 'h.example': secret },
  },
  { name: 'the platform’s own helper', asDefault: true, secrets: { 'h.example': secret } },
  {
    name: 'the platform’s own helper, past an empty list',
    asDefault: true,
    config: { auths: {} },
    secrets: { 'h.example': secret },
  },
  {
    name: 'the file, past the platform’s own helper',
    asDefault: true,
    config: { auths: { 'other.example': {} } },
    secrets: { 'h.example': secret },
  },
];

const clis = await dockerClis();
let recorder: HeaderRecorder;

beforeAll(async () => {
  const to = address(engine.host);
  recorder = await startHeaderRecorder(
    'socketPath' in to ? { socketPath: to.socketPath } : { host: to.host, port: to.port },
  );
});

afterAll(async () => {
  await recorder[Symbol.asyncDispose]();
});

/** What the CLI sends for these arguments. */
async function sent(cli: Cli, { surroundings }: Home, args: string[]): Promise<Said> {
  const env = {
    ...surroundings.env,
    HOME: surroundings.homedir,
    DOCKER_HOST: recorder.host,
    DOCKER_BUILDKIT: '0',
  };
  const stderr = await new Promise<string>((resolve) => {
    execFile(cli.path, args, { env }, (_error, _stdout, said) => resolve(said));
  });
  const [said] = recorder.take();
  if (!said) throw new Error(`the CLI sent nothing: ${stderr}`);
  return said;
}

async function place({ config, secrets = {}, asDefault = false }: Case): Promise<Home> {
  const made = await home(config, {}, process.platform);
  const script = helperScript(made.bin);
  await put(join(made.bin, 'docker-credential-test'), script);
  if (asDefault) await putDefaultHelper(made, script);
  for (const [server, kept] of Object.entries(secrets)) {
    const file = join(made.bin, 'secrets', server.replace(/[/:]/g, '_'));
    await put(file, JSON.stringify({ ServerURL: server, ...kept }));
  }
  await put(
    join(made.bin, 'list'),
    JSON.stringify(Object.fromEntries(Object.keys(secrets).map((key) => [key, 'x']))),
  );
  return made;
}

/** CLIs before 23 leave the server's address out of what a helper keeps. */
function comparable(header: string | undefined, { version }: Cli, { secrets }: Case): unknown {
  if (secrets === undefined || Number(version.split('.')[0]) >= 23) return header;
  return JSON.parse(Buffer.from(header ?? '', 'base64url').toString(), (key, value: unknown) =>
    key === 'serveraddress' ? undefined : value,
  );
}

describe.each(clis)('docker $version', (cli) => {
  test.each(cases)('pull: $name', async (one) => {
    const { image = 'h.example/x' } = one;
    const made = await place(one);
    const { registryAuth: theirs } = await sent(cli, made, ['pull', image]);
    const ours = (await registryAuth(image, made.surroundings)) ?? anonymousAuth;
    expect(comparable(ours.header, cli, one)).toEqual(comparable(theirs, cli, one));
  });

  test.each(cases)('build: $name', async (one) => {
    const made = await place(one);
    const context = join(made.bin, 'context');
    await put(join(context, 'Dockerfile'), 'FROM scratch\n');
    const { registryConfig: theirs } = await sent(cli, made, ['build', context]);
    const ours = (await registryConfig(made.surroundings)) ?? anonymousAuth;
    expect(comparable(ours.header, cli, one)).toEqual(comparable(theirs, cli, one));
  });
});
