import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromInspect } from '../../../../../src/engine/run/inspect/fromInspect';
import { gpusText } from '../../../../../src/engine/run/inspect/texts';
import { parseGpus } from '../../../../../src/engine/run/gpus';
import { mountText, parseMount } from '../../../../../src/engine/run/mounts';

const ID = '0123456789abcdef'.repeat(4);
/** A container as the engine 20.10 shows one for which nothing was asked. */
const container = (config: object = {}, host: object = {}, more: object = {}) => ({
  Id: ID,
  Name: '/web',
  Config: {
    Image: 'nginx',
    Hostname: ID.slice(0, 12),
    AttachStdout: true,
    AttachStderr: true,
    Env: ['PATH=/bin', 'A=image'],
    Cmd: ['serve'],
    Entrypoint: ['/start'],
    Labels: { a: 'image' },
    ExposedPorts: { '80/tcp': {} },
    Volumes: { '/image': {} },
    WorkingDir: '/srv',
    User: 'www',
    StopSignal: 'SIGQUIT',
    Healthcheck: { Test: ['CMD-SHELL', 'check'], Interval: 5e9 },
    ...config,
  },
  HostConfig: {
    NetworkMode: 'default',
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    LogConfig: { Type: 'json-file', Config: {} },
    IpcMode: 'private',
    CgroupnsMode: 'host',
    ShmSize: 67108864,
    Runtime: 'runc',
    MemorySwappiness: null,
    OomKillDisable: false,
    MaskedPaths: ['/proc/kcore'],
    ...host,
  },
  NetworkSettings: { Networks: { bridge: { Aliases: null } } },
  ...more,
});
const image = {
  Config: {
    Env: ['PATH=/bin', 'A=image'],
    Cmd: ['serve'],
    Entrypoint: ['/start'],
    Labels: { a: 'image' },
    ExposedPorts: { '80/tcp': {} },
    Volumes: { '/image': {} },
    WorkingDir: '/srv',
    User: 'www',
    StopSignal: 'SIGQUIT',
    Healthcheck: { Test: ['CMD-SHELL', 'check'], Interval: 5e9 },
  },
};
const spec = (...parts: Parameters<typeof container>) => {
  const { image: reference, name, ...rest } = fromInspect(container(...parts), image);
  expect([reference, name]).toEqual(['nginx', 'web']);
  return rest;
};

describe('an inspected container', () => {
  it('says nothing of what comes from its image or its engine', () => expect(spec()).toEqual({}));

  it('says all of it when the image is not known', () => {
    expect(fromInspect(container())).toMatchObject({
      env: { PATH: '/bin', A: 'image' },
      command: ['serve'],
      entrypoint: ['/start'],
      labels: { a: 'image' },
      expose: ['80/tcp'],
      volumes: ['/image'],
      workdir: '/srv',
      user: 'www',
      stopSignal: 'SIGQUIT',
      healthCommand: 'check',
      healthInterval: '5s',
    });
  });

  it.each([
    [{ Entrypoint: null }, {}, { entrypoint: [''], command: ['serve'] }],
    [{ Entrypoint: ['a', 'b'], Cmd: null }, {}, { entrypoint: ['a', 'b'] }],
    [{ Env: ['PATH=/bin', 'A=mine', 'B=x=y', 'C'] }, {}, { env: { A: 'mine', B: 'x=y' } }],
    [{ AttachStdout: false, AttachStderr: false }, {}, { detach: true }],
    [{ AttachStdin: true, OpenStdin: true, Tty: true }, {}, { interactive: true, tty: true }],
    [{ AttachStdin: true }, {}, { attach: ['stdin', 'stdout', 'stderr'] }],
    [
      { Healthcheck: { Test: ['CMD', 'curl', 'a b'], Interval: 5e9, Retries: 2 } },
      {},
      { healthCommand: "curl 'a b'", healthRetries: 2 },
    ],
    [
      {},
      {
        Devices: [{ PathOnHost: '/dev/d', PathInContainer: '/dev/d', CgroupPermissions: 'rwm' }],
        DeviceRequests: [
          { Driver: 'cdi', DeviceIDs: ['a.com/b=c', 'a.com/b=d'] },
          { Driver: 'cdi', DeviceIDs: ['a.com/b=e'], Capabilities: [['gpu']] },
        ],
      },
      { devices: ['/dev/d', 'a.com/b=c', 'a.com/b=d'], gpus: 'driver=cdi,device=a.com/b=e' },
    ],
    [{ Healthcheck: { Test: ['NONE'] } }, {}, { noHealthcheck: true }],
    [{ Hostname: 'box' }, {}, { hostname: 'box' }],
    [{ Hostname: 'this-machine' }, { NetworkMode: 'host' }, { network: 'host' }],
    [
      {},
      {
        PortBindings: {
          '80/tcp': [
            { HostIp: '::1', HostPort: '8080' },
            { HostIp: '', HostPort: '0' },
          ],
        },
      },
      { ports: ['[::1]:8080:80', '80'] },
    ],
    [
      { Volumes: { '/image': {}, '/bound': {}, '/new': {} } },
      { Binds: ['/x:/bound:ro', 'C:\\x:D:\\y'] },
      { volumes: ['/x:/bound:ro', 'C:\\x:D:\\y', '/new'] },
    ],
    [{}, { Links: ['/db:/web/database'] }, { links: ['db:database'] }],
    [{ Hostname: 'neighbour' }, { NetworkMode: 'container:other' }, { network: 'container:other' }],
    [
      { StopTimeout: 0 },
      { MemorySwappiness: 0, CpuShares: 0, PidsLimit: null },
      { stopTimeout: 0, memorySwappiness: 0 },
    ],
    [
      {},
      { MemorySwap: -1, BlkioDeviceReadBps: [{ Path: '/dev/a', Rate: 5 }] },
      { memorySwap: '-1', deviceReadBps: ['/dev/a:5'] },
    ],
    [{}, { Memory: 1 << 26, MemorySwap: 1 << 27 }, { memory: '64m' }],
    [
      {},
      { Memory: 1 << 26, MemorySwap: 1 << 26, NanoCpus: 15e8 },
      { memory: '64m', memorySwap: '64m', cpus: '1.5' },
    ],
    [{}, { Privileged: true, SecurityOpt: ['label=disable'], MaskedPaths: null }, { privileged: true }],
    [
      {},
      { SecurityOpt: ['label=disable'], MaskedPaths: [] },
      { securityOpt: ['label=disable', 'systempaths=unconfined'] },
    ],
    [{}, { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } }, { restart: 'on-failure:3' }],
    [
      {},
      { LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } } },
      { logDriver: 'json-file', logOpts: { 'max-size': '1m' } },
    ],
  ])('config %j, host %j', (config, host, expected) => expect(spec(config, host)).toEqual(expected));

  it('is on its networks by the names people gave', () => {
    const networks = {
      net: { Aliases: ['db', ID.slice(0, 12)], IPAMConfig: { IPv4Address: '10.0.0.5' } },
      other: { Aliases: null },
    };
    expect(spec({}, { NetworkMode: 'net' }, { NetworkSettings: { Networks: networks } })).toEqual({
      network: 'net',
      networkAliases: ['db'],
      ip: '10.0.0.5',
      furtherNetworks: ['other'],
    });
  });

  it('may be any JSON at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(fromInspect(one, other)).toHaveProperty('image');
        expect(
          fromInspect(
            container(
              { Env: one, Healthcheck: one },
              {
                PortBindings: { '80/tcp': one },
                Mounts: [one],
                DeviceRequests: [one],
                Ulimits: one,
                Devices: [one],
              },
            ),
            other,
          ),
        ).toHaveProperty('image');
      }),
    );
  });
});

describe('texts read back as what they were made of', () => {
  it.each([
    'type=bind,source=/a,target=/b,readonly,consistency=cached,bind-propagation=rslave,bind-nonrecursive,bind-create-src',
    'type=bind,source=/a,target=/b,bind-recursive=writable',
    'type=volume,source=a,target=/b,volume-nocopy,volume-subpath=c,volume-label=d=,volume-driver=e,"volume-opt=f=g,h"',
    'type=tmpfs,target=/b,tmpfs-size=1048576,tmpfs-mode=1777',
    'type=image,source=a,target=/b,image-subpath=c',
  ])('%s', (text) => expect(mountText(parseMount(text))).toBe(text));

  it.each([
    'all',
    '2',
    'device=0',
    '"device=0,1","capabilities=compute,utility"',
    'count=all,driver=x,"options=a=b,c=d"',
  ])('%s', (text) => expect(gpusText({ ...parseGpus(text) })).toBe(text));
});
