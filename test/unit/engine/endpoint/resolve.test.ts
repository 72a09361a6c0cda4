import { chmod, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { listContexts } from '../../../../src/engine/endpoint/listContexts';
import { resolveEndpoint, type EndpointOptions } from '../../../../src/engine/endpoint/resolve';
import { caught } from './caught';
import { contextFiles } from './contextFiles';
import { put, temporaryFolder } from './temporaryFolder';

let home: string;

beforeEach(async () => {
  home = await temporaryFolder();
});

// win32 has no sockets to find here, so nothing of the machine that runs the test gets in.
const options = (rest: Partial<EndpointOptions> = {}): EndpointOptions => ({
  env: {},
  homedir: home,
  platform: 'win32',
  ...rest,
});

const pipe = 'npipe:////./pipe/docker_engine';

describe('who decides', () => {
  beforeEach(async () => {
    await put(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'current' }));
    for (const name of ['current', 'environment', 'chosen']) {
      await contextFiles(join(home, '.docker'), { name, host: `tcp://${name}:1` });
    }
  });

  const all = { DOCKER_HOST: 'tcp://host:1', DOCKER_CONTEXT: 'environment' };

  test.each([
    ['tcp://setting:1', all, 'setting', 'default', 'tcp://setting:1'],
    ['setting:1', all, 'setting', 'default', 'tcp://setting:1'],
    ['/some/docker.sock', all, 'setting', 'default', 'unix:///some/docker.sock'],
    ['\\\\.\\pipe\\other', all, 'setting', 'default', 'npipe:////./pipe/other'],
    ['chosen', all, 'setting', 'chosen', 'tcp://chosen:1'],
    [' chosen ', all, 'setting', 'chosen', 'tcp://chosen:1'],
    ['default', all, 'setting', 'default', 'tcp://host:1'],
    ['default', {}, 'setting', 'default', pipe],
    ['', all, 'DOCKER_HOST', 'default', 'tcp://host:1'],
    [' ', all, 'DOCKER_HOST', 'default', 'tcp://host:1'],
    [undefined, all, 'DOCKER_HOST', 'default', 'tcp://host:1'],
    [undefined, { ...all, DOCKER_HOST: ' ' }, 'DOCKER_HOST', 'default', pipe],
    [undefined, { ...all, DOCKER_HOST: '' }, 'DOCKER_CONTEXT', 'environment', 'tcp://environment:1'],
    [undefined, { DOCKER_CONTEXT: 'default' }, 'DOCKER_CONTEXT', 'default', pipe],
    [undefined, { DOCKER_CONTEXT: '' }, 'currentContext', 'current', 'tcp://current:1'],
    [undefined, {}, 'currentContext', 'current', 'tcp://current:1'],
    [undefined, { DOCKER_CONFIG: '/nowhere' }, 'default', 'default', pipe],
  ])('setting %j, environment %j', async (setting, env, source, contextName, host) => {
    expect(await resolveEndpoint(options({ setting, env }))).toEqual({ source, contextName, host });
  });

  test('DOCKER_CONFIG moves the file and the contexts', async () => {
    const elsewhere = await temporaryFolder({ 'config.json': '{"currentContext":"there"}' });
    await contextFiles(elsewhere, { name: 'there', host: 'ssh://me@there' });
    expect(await resolveEndpoint(options({ env: { DOCKER_CONFIG: elsewhere } }))).toEqual({
      source: 'currentContext',
      contextName: 'there',
      host: 'ssh://me@there',
    });
  });

  test('a context that names nothing is named, with those there are', async () => {
    const error = await caught(resolveEndpoint(options({ env: { DOCKER_CONTEXT: 'nope' } })));
    expect(error).toMatchObject({
      kind: 'notFound',
      message:
        'There is no Docker context "nope". There are: default, chosen, current, environment. ' +
        'Choose one of them, or make it with docker context create.',
    });
  });

  test('a context without a Docker engine is none to use', async () => {
    const meta = await contextFiles(join(home, '.docker'), { name: 'other' });
    await put(meta, JSON.stringify({ Name: 'other', Metadata: {}, Endpoints: { kubernetes: {} } }));
    expect(await caught(resolveEndpoint(options({ env: { DOCKER_CONTEXT: 'other' } })))).toMatchObject({
      kind: 'invalid',
      message: 'The Docker context "other" names no Docker engine. Choose another one.',
    });
  });

  test.each(['../../x', '..', 'a/../b', 'default '])('the context name %j stays a name', async (name) => {
    expect((await caught(resolveEndpoint(options({ env: { DOCKER_CONTEXT: name } })))).kind).toBe('notFound');
  });
});

describe('config.json', () => {
  test.each(['{bad', '[]', '"x"', 'null', '{"currentContext":"a"'])(
    '%j is refused by name',
    async (content) => {
      await put(join(home, '.docker/config.json'), content);
      const error = await caught(resolveEndpoint(options()));
      expect(error.kind).toBe('invalid');
      expect(error.message).toContain(join(home, '.docker/config.json'));
    },
  );

  test.each(['', '  \n', '\uFEFF{}', '{"currentContext":5}', '{"currentContext":""}', '{"auths":[1]}'])(
    '%j decides nothing',
    async (content) => {
      await put(join(home, '.docker/config.json'), content);
      expect((await resolveEndpoint(options())).source).toBe('default');
    },
  );

  test('is not looked at when something before it decides', async () => {
    await put(join(home, '.docker/config.json'), '{bad');
    expect((await resolveEndpoint(options({ env: { DOCKER_HOST: 'h:1' } }))).host).toBe('tcp://h:1');
  });

  test('what it holds is in no part of the error', async () => {
    await put(join(home, '.docker/config.json'), '{"auths":{"h":{"auth":"c2VjcmV0"}} x');
    const error = await caught(resolveEndpoint(options()));
    expect(JSON.stringify([error.message, String(error.cause), error.stack])).not.toContain('c2VjcmV0');
  });

  test('a folder in its place is refused by name', async () => {
    await put(join(home, '.docker/config.json/x'), '');
    expect(await caught(resolveEndpoint(options()))).toMatchObject({
      kind: 'denied',
      message: `The file ${join(home, '.docker/config.json')} cannot be read (EISDIR). Check its permissions.`,
    });
  });

  test('an aborted signal ends it as cancelled', async () => {
    await put(join(home, '.docker/config.json'), '{}');
    expect((await caught(resolveEndpoint(options(), AbortSignal.abort()))).kind).toBe('cancelled');
  });
});

describe('certificates from the environment', () => {
  let certificates: string;
  beforeEach(async () => {
    certificates = await temporaryFolder({ 'ca.pem': 'ca', 'cert.pem': 'cert', 'key.pem': 'key' });
  });
  const resolve = (env: Record<string, string>) =>
    resolveEndpoint(options({ env: { DOCKER_CERT_PATH: certificates, ...env } }));

  test('DOCKER_TLS_VERIFY reads them', async () => {
    expect(await resolve({ DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1' })).toEqual({
      source: 'DOCKER_HOST',
      contextName: 'default',
      host: 'tcp://h:2376',
      tls: { ca: Buffer.from('ca'), cert: Buffer.from('cert'), key: Buffer.from('key'), verify: true },
    });
  });

  test('any value turns it on, also 0; none does not', async () => {
    expect((await resolve({ DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '0' })).tls?.verify).toBe(true);
    expect((await resolve({ DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '' })).tls).toBeUndefined();
  });

  test('DOCKER_TLS alone does not check who answers', async () => {
    expect((await resolve({ DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS: '1' })).tls?.verify).toBe(false);
  });

  test('without DOCKER_HOST the local TLS port is meant', async () => {
    expect((await resolve({ DOCKER_TLS_VERIFY: '1' })).host).toBe('tcp://localhost:2376');
  });

  test('a socket has no use for them', async () => {
    const endpoint = await resolve({
      DOCKER_HOST: 'unix:///x',
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: '/nowhere',
    });
    expect(endpoint.tls).toBeUndefined();
  });

  test('a client certificate is not needed', async () => {
    await rm(join(certificates, 'cert.pem'));
    await rm(join(certificates, 'key.pem'));
    const { tls } = await resolve({ DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1' });
    expect(tls).toEqual({ ca: Buffer.from('ca'), cert: undefined, key: undefined, verify: true });
  });

  test.each(['ca.pem', 'cert.pem', 'key.pem'])('without %s it fails by name', async (name) => {
    await rm(join(certificates, name));
    const error = await caught(resolve({ DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1' }));
    expect(error.kind).toBe('tls');
    expect(error.message).toContain(certificates);
    expect(error.message).toContain(name);
  });

  test('an unreadable one fails by name', async () => {
    await rm(join(certificates, 'key.pem'));
    await symlink(certificates, join(certificates, 'key.pem'));
    const error = await caught(resolve({ DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1' }));
    expect(error).toMatchObject({ kind: 'tls' });
    expect(error.message).toContain(join(certificates, 'key.pem'));
  });
});

describe('contexts', () => {
  const docker = () => join(home, '.docker');
  const resolve = (name: string) => resolveEndpoint(options({ setting: name }));

  test('with certificates', async () => {
    await contextFiles(docker(), { name: 'tls', host: 'tcp://h:2376', tls: { 'ca.pem': 'ca' } });
    expect((await resolve('tls')).tls).toEqual({ ca: Buffer.from('ca'), verify: true });
  });

  test('SkipTLSVerify is TLS without a check, with certificates or without', async () => {
    await contextFiles(docker(), { name: 'skip', host: 'tcp://h:2376', skip: true });
    expect((await resolve('skip')).tls).toEqual({ verify: false });
    await contextFiles(docker(), { name: 'both', host: 'tcp://h:2376', skip: true, tls: { 'ca.pem': 'ca' } });
    expect((await resolve('both')).tls).toEqual({ ca: Buffer.from('ca'), verify: false });
  });

  test('certificates beside a socket or ssh are ignored', async () => {
    await contextFiles(docker(), { name: 'unix', host: 'unix:///x', tls: { 'cert.pem': 'half' } });
    expect((await resolve('unix')).tls).toBeUndefined();
    await contextFiles(docker(), { name: 'ssh', host: 'ssh://h', skip: true });
    expect((await resolve('ssh')).tls).toBeUndefined();
  });

  test('half a client certificate fails by name', async () => {
    await contextFiles(docker(), { name: 'half', host: 'tcp://h:1', tls: { 'cert.pem': 'half' } });
    expect(await caught(resolve('half'))).toMatchObject({ kind: 'tls' });
  });

  test('no host means the default one; an address that is none is refused', async () => {
    await contextFiles(docker(), { name: 'empty' });
    expect(await resolve('empty')).toEqual({ source: 'setting', contextName: 'empty', host: pipe });
    await contextFiles(docker(), { name: 'odd', host: 'ssh://-oProxyCommand=x' });
    expect((await caught(resolve('odd'))).kind).toBe('invalid');
  });

  test('a damaged one fails by name, and costs no other', async () => {
    const file = await contextFiles(docker(), { name: 'damaged' });
    await writeFile(file, '{');
    await contextFiles(docker(), { name: 'fine', host: 'tcp://h:1', description: 'all well' });
    const error = await caught(resolve('damaged'));
    expect(error.kind).toBe('invalid');
    expect(error.message).toContain(file);
    expect((await listContexts(options())).map((context) => context.name)).toEqual(['default', 'fine']);
  });

  test.each([
    'null',
    '[]',
    '{"Name":5}',
    '{"Name":"x","Endpoints":null,"Metadata":7}',
    '{"Name":"x","Endpoints":{"docker":[]}}',
  ])('meta.json %s is read or refused, never a crash', async (content) => {
    await writeFile(await contextFiles(docker(), { name: 'x' }), content);
    await resolve('x').catch((error: unknown) => expect(error).toMatchObject({ kind: 'invalid' }));
    expect((await listContexts(options()))[0]?.name).toBe('default');
  });

  test('are listed as the CLI lists them, wherever below the folder they are', async () => {
    await contextFiles(docker(), { name: 'b', host: 'tcp://b:1', description: 'the second', skip: true });
    await contextFiles(docker(), { name: 'a', host: 'ssh://me:secret@a', folder: 'team/deep' });
    expect(await listContexts(options({ env: { DOCKER_CONTEXT: 'b' } }))).toEqual([
      {
        name: 'default',
        description: 'Current DOCKER_HOST based configuration',
        host: pipe,
        skipTlsVerify: false,
        current: false,
      },
      { name: 'a', description: '', host: 'ssh://***@a', skipTlsVerify: false, current: false },
      { name: 'b', description: 'the second', host: 'tcp://b:1', skipTlsVerify: true, current: true },
    ]);
    expect((await caught(resolve('a'))).message).not.toContain('secret');
  });

  test('none is current when an address is set; default is when DOCKER_HOST decides', async () => {
    await contextFiles(docker(), { name: 'a', host: 'tcp://a:1' });
    const current = async (rest: Partial<EndpointOptions>) =>
      (await listContexts(options(rest))).filter((context) => context.current).map((context) => context.name);
    expect(await current({ setting: 'tcp://h:1' })).toEqual([]);
    expect(await current({ env: { DOCKER_HOST: 'h:1', DOCKER_CONTEXT: 'a' } })).toEqual(['default']);
    expect(await current({ setting: 'a' })).toEqual(['a']);
  });

  test('an unreadable folder is named', async (context) => {
    if (process.getuid?.() === 0) return context.skip('root reads everything');
    await contextFiles(docker(), { name: 'a' });
    await chmod(join(docker(), 'contexts'), 0);
    expect(await caught(listContexts(options()))).toMatchObject({ kind: 'denied' });
    await chmod(join(docker(), 'contexts'), 0o700);
  });
});
