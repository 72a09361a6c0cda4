import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import { createBody } from '../../../../src/engine/run/createBody';

const read = (files: Record<string, string>) => (path: string) => {
  const content = files[path];
  return content === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(Buffer.from(content));
};

describe('the request that creates a container', () => {
  it('says of a plain image what the CLI says', async () => {
    const { name, query, body } = await createBody({ image: 'nginx' });
    expect({ name, query }).toEqual({ query: {} });
    expect(body).toMatchObject({
      Image: 'nginx',
      AttachStdin: false,
      AttachStdout: true,
      AttachStderr: true,
      HostConfig: {
        NetworkMode: 'default',
        RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
        MemorySwappiness: -1,
        Dns: [],
      },
      NetworkingConfig: { EndpointsConfig: {} },
    });
    expect(body.HostConfig['Init']).toBeUndefined();
    expect([body['Cmd'], body['Entrypoint'], body['StopTimeout']]).toEqual([undefined, undefined, undefined]);
  });

  it('gives the engine what it wants of a value', async () => {
    const { body } = await createBody({
      image: 'x',
      user: 'me',
      memory: '64m',
      memorySwap: '-1',
      cpus: '1.5',
      capAdd: ['ALL'],
      dns: ['2001:DB8::0:1'],
      extraHosts: ['a=1.1.1.1'],
      deviceReadBps: ['/dev/a:1k'],
      sysctls: { 'net.a': '1' },
      init: false,
      stopTimeout: 0,
    });
    expect(body).toMatchObject({
      User: 'me',
      StopTimeout: 0,
      HostConfig: {
        Memory: 67108864,
        MemorySwap: -1,
        NanoCpus: 15e8,
        CapAdd: ['ALL'],
        Dns: ['2001:db8::1'],
        ExtraHosts: ['a:1.1.1.1'],
        BlkioDeviceReadBps: [{ Path: '/dev/a', Rate: 1024 }],
        Sysctls: { 'net.a': '1' },
        Init: false,
      },
    });
  });

  it('keeps the name and the platform out of the body', async () => {
    const request = await createBody({ image: 'x', name: 'web', platform: 'linux/x86_64' });
    expect(request).toMatchObject({ name: 'web', query: { name: 'web', platform: 'linux/amd64' } });
  });

  it('attaches to what is asked for, and detached to nothing', async () => {
    const streams = async (spec: object) => {
      const { body } = await createBody({ image: 'x', ...spec });
      return [
        body['AttachStdin'],
        body['AttachStdout'],
        body['AttachStderr'],
        body['OpenStdin'],
        body['StdinOnce'],
      ]
        .map(Number)
        .join('');
    };
    expect(await streams({ interactive: true })).toBe('11111');
    expect(await streams({ interactive: true, detach: true })).toBe('00010');
    expect(await streams({ attach: ['STDOUT'] })).toBe('01000');
    expect(await streams({ attach: ['stdin'] })).toBe('10000');
    expect(await streams({ attach: [] })).toBe('01100');
  });

  it('gathers the environment: files, flags, the caller, proxies', async () => {
    const { body } = await createBody(
      {
        image: 'x',
        envFile: ['a.env'],
        env: { B: 'flag', http_proxy: 'mine' },
        passEnv: ['HOME', 'NOWHERE'],
      },
      {
        env: { HOME: '/home/me', DOCKER_DEFAULT_PLATFORM: 'linux/arm64' },
        cwd: '/work',
        readFile: read({ '/work/a.env': 'A=file\nHOME\n' }),
        proxies: { default: { httpProxy: 'http://p' } },
      },
    );
    expect(body['Env']).toEqual([
      'A=file',
      'HOME=/home/me',
      'B=flag',
      'http_proxy=mine',
      'HOME=/home/me',
      'NOWHERE',
      'HTTP_PROXY=http://p',
    ]);
  });

  it('takes the platform from the environment unless the spec says otherwise', async () => {
    const env = { DOCKER_DEFAULT_PLATFORM: 'linux/arm64' };
    expect((await createBody({ image: 'x' }, { env })).query).toEqual({ platform: 'linux/arm64' });
    expect((await createBody({ image: 'x', platform: '' }, { env })).query).toEqual({});
  });

  it('makes relative paths absolute', async () => {
    const { body } = await createBody(
      { image: 'x', volumes: ['./a:/a'], mounts: ['type=bind,src=../b,dst=/b'] },
      { cwd: '/home/me' },
    );
    expect(body.HostConfig['Binds']).toEqual(['/home/me/a:/a']);
    expect(body.HostConfig['Mounts']).toEqual([{ Type: 'bind', Source: '/home/b', Target: '/b' }]);
  });

  it('leaves devices to a Windows engine', async () => {
    const spec = { image: 'x', devices: ['class/5B45201D-F2F2-4F3B-85BB-30FF1F953599'] };
    const { body } = await createBody(spec, { osType: 'windows' });
    expect(body.HostConfig['Devices']).toEqual([{ PathOnHost: spec.devices[0] }]);
  });

  it('asks for devices by the names of their vendors', async () => {
    const { body } = await createBody({
      image: 'x',
      gpus: 'all',
      devices: ['a.com/b=c', '/dev/d', 'a.com/b=e:0'],
    });
    expect(body.HostConfig).toMatchObject({
      Devices: [{ PathOnHost: '/dev/d', PathInContainer: '/dev/d', CgroupPermissions: 'rwm' }],
      DeviceRequests: [{ Count: -1 }, { Driver: 'cdi', DeviceIDs: ['a.com/b=c', 'a.com/b=e:0'] }],
    });
    await expect(createBody({ image: 'x', devices: ['a.com/b=c-'] })).rejects.toThrow('absolute path');
  });

  it('leaves a single network without wishes to the mode, and names several', async () => {
    const endpoints = async (spec: object) => {
      const { body } = await createBody({ image: 'x', ...spec });
      return [body.HostConfig['NetworkMode'], body['NetworkingConfig']];
    };
    expect(await endpoints({ network: 'a' })).toEqual(['a', { EndpointsConfig: {} }]);
    expect(await endpoints({ network: 'name=a,alias=x', ip: '10.0.0.1' })).toEqual([
      'a',
      { EndpointsConfig: { a: { Aliases: ['x'], IPAMConfig: { IPv4Address: '10.0.0.1' } } } },
    ]);
    expect(await endpoints({ network: 'a', furtherNetworks: ['b'], links: ['c:d'] })).toEqual([
      'a',
      { EndpointsConfig: { a: { Links: ['c:d'] }, b: {} } },
    ]);
    expect(await endpoints({ network: 'name=a,gw-priority=010', furtherNetworks: ['b'] })).toEqual([
      'a',
      { EndpointsConfig: { a: { GwPriority: 10 }, b: {} } },
    ]);
    expect(await endpoints({ network: 'bridge', links: ['c:d'] })).toEqual([
      'bridge',
      { EndpointsConfig: {} },
    ]);
    expect(await endpoints({ network: 'a', furtherNetworks: ['b'] })).toEqual([
      'a',
      { EndpointsConfig: { a: {}, b: {} } },
    ]);
  });

  it('empties an entrypoint', async () => {
    expect((await createBody({ image: 'x', entrypoint: [] })).body['Entrypoint']).toEqual(['']);
    expect((await createBody({ image: 'x', entrypoint: ['a', 'b'] })).body['Entrypoint']).toEqual(['a', 'b']);
  });

  it('sends profiles, not their paths', async () => {
    const { body } = await createBody(
      { image: 'x', securityOpt: ['seccomp=p.json', 'systempaths=unconfined', 'no-new-privileges'] },
      { readFile: read({ 'p.json': '{ "a": 1 }' }) },
    );
    expect(body.HostConfig).toMatchObject({
      SecurityOpt: ['seccomp={"a":1}', 'no-new-privileges'],
      MaskedPaths: [],
      ReadonlyPaths: [],
    });
  });
});

describe('refuses', () => {
  it.each([
    [{ image: 'X' }, 'image'],
    [{ image: 'x', ports: ['y'] }, 'ports'],
    [{ image: 'x', remove: true, restart: 'always' }, 'restart'],
    [{ image: 'x', network: 'name=host,alias=y' }, 'network'],
    [{ image: 'x', network: 'host', links: ['y'] }, 'links'],
    [{ image: 'x', envFile: ['missing'] }, 'envFile'],
    [{ image: 'x', labelFile: ['missing'] }, 'labelFile'],
    [{ image: 'x', securityOpt: ['seccomp=missing'] }, 'securityOpt'],
  ])('%j', async (spec, field) => {
    const refusal: unknown = await createBody(spec, { readFile: read({}) }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EngineError);
    expect(refusal).toMatchObject({ kind: 'invalid', field });
  });

  it('files where there is nothing to read them', async () => {
    await expect(createBody({ image: 'x', envFile: ['a'] })).rejects.toThrow(/a could not be read/);
  });

  it('to go on once cancelled', async () => {
    const abort = new AbortController();
    const readFile = () => {
      abort.abort();
      return Promise.reject(new Error('aborted'));
    };
    const request = createBody({ image: 'x', envFile: ['a'] }, { readFile }, abort.signal);
    await expect(request).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
