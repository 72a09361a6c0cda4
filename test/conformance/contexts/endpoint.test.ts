import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { formatAddress, parseAddress } from '../../../src/engine/endpoint/address';
import { listContexts } from '../../../src/engine/endpoint/listContexts';
import { resolveEndpoint, type EndpointOptions } from '../../../src/engine/endpoint/resolve';
import { watchContexts } from '../../../src/engine/endpoint/watchContexts';
import { EngineError } from '../../../src/engine/errors';
import { certificate } from '../../unit/engine/endpoint/certificate';
import { put, temporaryFolder } from '../../unit/engine/endpoint/temporaryFolder';
import { dockerClis, type Cli } from '../support/clis';

/** What decides, besides the contexts of `makeContexts`. `CERTS` stands for a folder with certificates. */
interface Case {
  readonly name: string;
  readonly env?: Record<string, string>;
  /** As `docker -H` or `docker --context`, and as our setting. */
  readonly setting?: { readonly host: string } | { readonly context: string };
  /** `docker context use` it first. */
  readonly use?: string;
  /** The whole of config.json. */
  readonly config?: string;
  /** The first version of the CLI that knows this. */
  readonly since?: number;
}

const contexts = {
  unix: 'host=unix:///run/other.sock',
  tcp: 'host=tcp://h:2375',
  bare: 'host=tcp://h',
  tls: 'host=tcp://h:2376,ca=CERTS/ca.pem,cert=CERTS/cert.pem,key=CERTS/key.pem',
  ca: 'host=tcp://h:2376,ca=CERTS/ca.pem',
  skip: 'host=tcp://h:2376,skip-tls-verify=true',
  skipca: 'host=tcp://h:2376,ca=CERTS/ca.pem,skip-tls-verify=true',
  path: 'host=tcp://h:2375/behind/proxy',
  ssh: 'host=ssh://me@h:22',
  v6: 'host=tcp://[::1]:2375',
  'Odd.name_1-x': 'host=unix:///x',
} as const;

const cases: Case[] = [
  { name: 'nothing' },
  ...Object.keys(contexts).map((context) => ({ name: `current context ${context}`, use: context })),
  { name: 'current context default', use: 'default' },
  { name: 'a current context that names nothing', config: '{"currentContext":"gone"}' },
  { name: 'a current context that is no text', config: '{"currentContext":""}' },
  { name: 'DOCKER_CONTEXT', env: { DOCKER_CONTEXT: 'tls' } },
  { name: 'DOCKER_CONTEXT over the current one', env: { DOCKER_CONTEXT: 'tcp' }, use: 'unix' },
  { name: 'DOCKER_CONTEXT default over the current one', env: { DOCKER_CONTEXT: 'default' }, use: 'unix' },
  { name: 'an empty DOCKER_CONTEXT', env: { DOCKER_CONTEXT: '' }, use: 'unix', since: 23 },
  { name: 'a DOCKER_CONTEXT that names nothing', env: { DOCKER_CONTEXT: 'gone' } },
  { name: 'a DOCKER_CONTEXT of another case', env: { DOCKER_CONTEXT: 'TLS' } },
  { name: 'a DOCKER_CONTEXT that climbs', env: { DOCKER_CONTEXT: '../../x' } },
  { name: 'DOCKER_HOST', env: { DOCKER_HOST: 'tcp://e:1' } },
  { name: 'DOCKER_HOST over the current context', env: { DOCKER_HOST: 'tcp://e:1' }, use: 'unix' },
  { name: 'DOCKER_HOST over DOCKER_CONTEXT', env: { DOCKER_HOST: 'tcp://e:1', DOCKER_CONTEXT: 'tcp' } },
  {
    name: 'DOCKER_HOST over a DOCKER_CONTEXT that names nothing',
    env: { DOCKER_HOST: 'e:1', DOCKER_CONTEXT: 'gone' },
  },
  { name: 'an empty DOCKER_HOST', env: { DOCKER_HOST: '' }, use: 'tcp', since: 23 },
  { name: 'a DOCKER_HOST of blanks', env: { DOCKER_HOST: '  ' }, use: 'tcp' },
  ...[
    'unix:///x/y.sock',
    'unix://',
    'unix://relative',
    'unix://tcp://x',
    'tcp://',
    'tcp://e',
    'tcp://e:',
    'tcp://:4243',
    ':4243',
    'e',
    'e:1',
    'tcp://[::1]:1',
    'tcp://::1:2375x',
    'tcp://e/path/',
    'tcp://e:1/path?x=1#y',
    'tcp://e e',
    'TCP://e',
    'ftp://e',
    'ssh://e',
    'ssh://me@e:2222',
    'ssh://me%40corp@e',
  ].map((host) => ({ name: `DOCKER_HOST ${host}`, env: { DOCKER_HOST: host } })),
  {
    name: '-H',
    setting: { host: 'tcp://s:1' },
    env: { DOCKER_HOST: 'tcp://e:1', DOCKER_CONTEXT: 'tcp' },
    use: 'unix',
  },
  { name: '-H, no scheme', setting: { host: 's:1' } },
  {
    name: '--context',
    setting: { context: 'tls' },
    env: { DOCKER_HOST: 'tcp://e:1', DOCKER_CONTEXT: 'tcp' },
    use: 'unix',
  },
  { name: '--context default', setting: { context: 'default' }, env: { DOCKER_CONTEXT: 'tcp' }, use: 'unix' },
  {
    name: '--context default, DOCKER_HOST',
    setting: { context: 'default' },
    env: { DOCKER_HOST: 'tcp://e:1' },
  },
  { name: '--context that names nothing', setting: { context: 'gone' } },
  { name: 'TLS', env: { DOCKER_HOST: 'tcp://e:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: 'CERTS' } },
  {
    name: 'TLS, no port',
    env: { DOCKER_HOST: 'tcp://e', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: 'CERTS' },
  },
  {
    name: 'TLS, said 0',
    env: { DOCKER_HOST: 'tcp://e:2376', DOCKER_TLS_VERIFY: '0', DOCKER_CERT_PATH: 'CERTS' },
  },
  {
    name: 'TLS, said nothing',
    env: { DOCKER_HOST: 'tcp://e:2376', DOCKER_TLS_VERIFY: '', DOCKER_CERT_PATH: 'CERTS' },
  },
  { name: 'TLS, no host', env: { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: 'CERTS' } },
  { name: 'TLS unchecked', env: { DOCKER_HOST: 'tcp://e:2376', DOCKER_TLS: '1', DOCKER_CERT_PATH: 'CERTS' } },
  {
    name: 'TLS, no folder',
    env: { DOCKER_HOST: 'tcp://e:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' },
  },
  { name: 'TLS, the configuration’s folder', env: { DOCKER_HOST: 'tcp://e:2376', DOCKER_TLS_VERIFY: '1' } },
  {
    name: 'TLS, the server alone',
    env: { DOCKER_HOST: 'tcp://e:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: 'CERTS/ca' },
  },
  {
    name: 'a context is not touched by the environment’s TLS',
    env: { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: 'CERTS' },
    use: 'tcp',
  },
  { name: 'DOCKER_CONFIG', env: { DOCKER_CONFIG: '/nowhere/at/all' }, use: 'tcp' },
];

/** Where the two differ on purpose, what each does, and why ours is what it is. */
const differences: (Case & { readonly cli: string; readonly ours: string; readonly why: string })[] = [
  {
    name: 'an IPv6 address without a port',
    env: { DOCKER_HOST: 'tcp://[::1]' },
    cli: 'refused',
    ours: 'tcp://[::1]:2375',
    why: 'it means what it says',
  },
  {
    name: 'https',
    env: { DOCKER_HOST: 'https://e:2376' },
    cli: 'refused',
    ours: 'https://e:2376',
    why: 'contexts may hold it, and it means TLS to everybody',
  },
  {
    name: 'a password for tcp',
    env: { DOCKER_HOST: 'tcp://u:p@e:1' },
    cli: 'tcp://e:1',
    ours: 'refused',
    why: 'nobody would read it, and it would stay in plain sight',
  },
  {
    name: 'a port that is none',
    env: { DOCKER_HOST: 'tcp://e:99999' },
    cli: 'tcp://e:99999',
    ours: 'refused',
    why: 'said at once instead of when connecting',
  },
  {
    name: 'two colons without brackets',
    env: { DOCKER_HOST: 'tcp://::1:2375' },
    cli: 'tcp://[::1:2375]:2375',
    ours: 'refused',
    why: 'the CLI takes the port for a part of the address',
  },
  {
    name: 'a file descriptor',
    env: { DOCKER_HOST: 'fd://' },
    cli: 'fd://',
    ours: 'refused',
    why: 'it is for the engine, not for its clients',
  },
  {
    name: 'certificates for a socket',
    env: { DOCKER_HOST: 'unix:///x', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' },
    cli: 'refused',
    ours: 'unix:///x',
    why: 'a socket has no use for them',
  },
  {
    name: 'a config.json that is none',
    config: '{bad',
    cli: 'unix:///var/run/docker.sock',
    ours: 'refused',
    why: 'the CLI warns where a user sees it, then uses another engine than the one that was chosen',
  },
];

interface Resolved {
  readonly context: string;
  readonly host: string;
  readonly skipVerify: boolean;
  readonly files: readonly string[];
}

const clis = await dockerClis();
let certificates: string;
/** Per CLI, a home in which it made every context. */
const homes = new Map<string, string>();

beforeAll(async () => {
  const { key, cert } = await certificate();
  const ca = cert.toString();
  certificates = await temporaryFolder({
    'ca.pem': ca,
    'cert.pem': ca,
    'key.pem': key.toString(),
    'ca/ca.pem': ca,
  });
  for (const cli of clis) {
    const homedir = await temporaryFolder();
    for (const [name, spec] of Object.entries(contexts)) {
      const endpoint = spec.replaceAll('CERTS', certificates);
      const args = ['context', 'create', name, '--docker', endpoint, '--description', `about ${name}`];
      await docker(cli, { env: {}, homedir, platform: process.platform }, args);
    }
    homes.set(cli.path, homedir);
  }
});

interface Place extends EndpointOptions {
  readonly args: readonly string[];
}

function docker(
  { path: file }: Cli,
  { env, homedir }: EndpointOptions,
  args: readonly string[],
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, [...args], { env: { ...env, HOME: homedir } }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr, { cause: error }));
      else resolve(stdout);
    });
  });
}

/** A home with every context, in which the case holds. */
async function place(cli: Cli, { env = {}, setting, use, config }: Case): Promise<Place> {
  const homedir = await temporaryFolder();
  await cp(homes.get(cli.path) ?? '', homedir, { recursive: true });
  const bare = { env: {}, homedir, platform: process.platform };
  if (use !== undefined) await docker(cli, bare, ['context', 'use', use]);
  if (config !== undefined) await put(join(homedir, '.docker/config.json'), config);
  const filled = Object.entries(env).map(
    ([key, value]) => [key, value.replace('CERTS', certificates)] as const,
  );
  const said = setting && ('host' in setting ? setting.host : setting.context);
  return {
    ...bare,
    env: Object.fromEntries(filled),
    setting: said,
    args: setting ? ['host' in setting ? '-H' : '--context', said ?? ''] : [],
  };
}

/** What the CLI resolves, by its own `docker context inspect`. */
async function theirs(cli: Cli, where: Place): Promise<Resolved | 'refused'> {
  const printed = await docker(cli, where, [...where.args, 'context', 'inspect']).catch(() => undefined);
  if (printed === undefined) return 'refused';
  const [found] = JSON.parse(printed) as [
    {
      Name: string;
      Endpoints: { docker: { Host: string; SkipTLSVerify: boolean } };
      TLSMaterial: { docker?: string[] };
    },
  ];
  const { Host, SkipTLSVerify } = found.Endpoints.docker;
  return {
    context: found.Name,
    host: Host,
    skipVerify: SkipTLSVerify,
    files: [...(found.TLSMaterial.docker ?? [])].sort(),
  };
}

async function ours(where: Place): Promise<Resolved | 'refused'> {
  try {
    const { contextName, host, tls } = await resolveEndpoint(where);
    const files = (['ca', 'cert', 'key'] as const).filter((name) => tls?.[name]).map((name) => `${name}.pem`);
    return { context: contextName, host, skipVerify: tls?.verify === false, files };
  } catch (error) {
    if (error instanceof EngineError) return 'refused';
    throw error;
  }
}

describe.each(clis)('docker $version', (cli) => {
  const knows = ({ since = 0 }: Case) => Number(cli.version.split('.')[0]) >= since;

  test.each(cases.filter(knows))('$name', async (one) => {
    const where = await place(cli, one);
    expect(await ours(where)).toEqual(await theirs(cli, where));
  });

  test.each(differences)('differs on purpose: $name, for $why', async (one) => {
    const where = await place(cli, one);
    const host = (resolved: Resolved | 'refused') => (resolved === 'refused' ? resolved : resolved.host);
    expect({ cli: host(await theirs(cli, where)), ours: host(await ours(where)) }).toEqual({
      cli: one.cli,
      ours: one.ours,
    });
  });

  test.each<Case>([
    { name: 'default' },
    { name: 'one in use', use: 'tls' },
    { name: 'DOCKER_HOST', env: { DOCKER_HOST: 'e:1' } },
  ])('docker context ls, $name', async (one) => {
    const where = await place(cli, one);
    const printed = await docker(cli, where, ['context', 'ls', '--format', '{{json .}}']);
    const rows = printed
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { Name: string; Description: string; DockerEndpoint: string; Current: boolean },
      )
      .map(({ Name, Description, DockerEndpoint, Current }) => [Name, Description, DockerEndpoint, Current]);
    const listed = (await listContexts(where)).map(({ name, description, host, current }) => [
      name,
      description,
      host,
      current,
    ]);
    expect(new Set(listed)).toEqual(new Set(rows));
    expect(listed).toHaveLength(rows.length);
  });

  test('docker context use, create, update and rm are noticed within a second', async () => {
    const where = await place(cli, { name: 'watched', use: 'tcp' });
    const watcher = watchContexts(where);
    let fired = 0;
    watcher.onDidChange(() => fired++);
    await watcher.ready;
    for (const args of [
      ['use', 'unix'],
      ['create', 'new', '--docker', 'host=tcp://new:1'],
      ['use', 'new'],
      ['update', 'new', '--docker', 'host=tcp://other:1'],
      ['rm', '--force', 'new'],
      ['use', 'unix'],
    ]) {
      const before = fired;
      await docker(cli, where, ['context', ...args]);
      await expect
        .poll(() => fired, { timeout: 1000, interval: 10, message: args.join(' ') })
        .toBeGreaterThan(before);
    }
    watcher.dispose();
  });

  test('whatever the CLI lets into a context is an address to us', async () => {
    const where = await place(cli, { name: 'contexts' });
    for (const { host } of await listContexts(where))
      expect(formatAddress(parseAddress(host))).toContain('://');
  });
});
