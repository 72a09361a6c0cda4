import { expect, test } from 'vitest';
import { parseSystemFacts } from '../../../src/engine/systemFacts';

test('Docker', () => {
  const version = {
    Version: '20.10.24+dfsg1',
    ApiVersion: '1.41',
    Os: 'linux',
    Arch: 'amd64',
    Components: [
      { Name: 'Engine', Version: '20.10.24+dfsg1' },
      { Name: 'containerd', Version: '1.6.20~ds1' },
      { Name: 'runc', Version: '1.1.5+ds1' },
    ],
  };
  const info = {
    OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    KernelVersion: '6.1.0',
    Driver: 'overlay2',
    NCPU: 2,
    MemTotal: 8_000_000_000,
    Warnings: ['WARNING: No swap limit support'],
  };
  expect(parseSystemFacts(version, info)).toEqual({
    engine: '20.10.24+dfsg1',
    api: '1.41',
    containerd: '1.6.20~ds1',
    runc: '1.1.5+ds1',
    os: 'Debian GNU/Linux 12 (bookworm)',
    kernel: '6.1.0',
    platform: 'linux/amd64',
    storage: 'overlay2',
    cpus: 2,
    memory: 8_000_000_000,
    warnings: ['WARNING: No swap limit support'],
  });
});

test('Podman says its own name, and an engine that says nothing is no failure', () => {
  const podman = { Version: '4.3.1', Components: [{ Name: 'Podman Engine', Version: '4.3.1' }] };
  expect(parseSystemFacts(podman, { Warnings: null })).toMatchObject({
    engine: 'Podman Engine 4.3.1',
    warnings: [],
  });
  expect(parseSystemFacts({}, {})).toMatchObject({ engine: '', cpus: 0, memory: 0 });
});
