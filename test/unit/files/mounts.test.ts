import { expect, test } from 'vitest';
import { mountsOf } from '../../../src/files/mounts';

const mounts = mountsOf({
  HostConfig: { ReadonlyRootfs: true, Tmpfs: { '/run': 'rw,size=1m' } },
  Mounts: [
    { Type: 'volume', Destination: '/data', RW: true },
    { Type: 'bind', Destination: '/data/closed', RW: false },
    { Type: 'tmpfs', Destination: '/cache', RW: true },
  ],
});

test.each([
  ['/', false, false],
  ['/etc/x', false, false],
  ['/data', true, false],
  ['/data/a/b', true, false],
  ['/database', false, false],
  ['/data/closed/x', false, false],
  ['/run/x', true, true],
  ['/cache', true, true],
  ['/proc/1/environ', true, true],
  ['/process', false, false],
])('%s: writable %s, in memory %s', (path, writable, inMemory) => {
  expect([mounts.writable(path), mounts.inMemory(path)]).toEqual([writable, inMemory]);
});

test('nothing told is nothing forbidden', () => {
  expect(mountsOf({}).writable('/etc')).toBe(true);
});
