import { expect, test } from 'vitest';
import { portsOf } from '../../../../src/panels/details/ports';

const bound = { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '49153' }], '53/udp': null };
const asked = { '80/tcp': [{ HostIp: '', HostPort: '8080' }] };
const inspected = (Running: boolean) => ({
  State: { Running },
  NetworkSettings: { Ports: Running ? bound : {} },
  HostConfig: { PortBindings: asked },
  Config: { ExposedPorts: { '80/tcp': {}, '53/udp': {} } },
});

test('a running container has the ports it got, with an address for a browser', () => {
  expect(portsOf(inspected(true), undefined)).toEqual([
    { inside: '53/udp', outside: '' },
    { inside: '80/tcp', outside: '0.0.0.0:49153', url: 'http://localhost:49153' },
  ]);
  expect(portsOf(inspected(true), 'tcp://build.example:2376').at(-1)?.url).toBe('http://build.example:49153');
});

test('a stopped one has those it will get, which nobody answers yet', () => {
  expect(portsOf(inspected(false), undefined)).toEqual([
    { inside: '53/udp', outside: '' },
    { inside: '80/tcp', outside: '8080' },
  ]);
});

test('IPv6 is in brackets; anything that is no inspect object has no ports', () => {
  const six = {
    State: { Running: true },
    NetworkSettings: { Ports: { '443/tcp': [{ HostIp: '::1', HostPort: '1' }] } },
  };
  expect(portsOf(six, undefined)).toEqual([
    { inside: '443/tcp', outside: '[::1]:1', url: 'https://localhost:1' },
  ]);
  for (const odd of [undefined, null, 'x', { NetworkSettings: { Ports: 5 } }])
    expect(portsOf(odd, '')).toEqual([]);
});
