import { describe, expect, test } from 'vitest';
import { parseContainer } from '../../../../src/engine/wire/container';

const NOW = 1_700_000_000_000;
const parse = (item: object) => parseContainer({ Id: 'abc', ...item }, NOW);

describe('the status says more than the state', () => {
  test.each([
    ['Up 2 hours (healthy)', 'running', { health: 'healthy', since: NOW - 7_200_000 }],
    ['Up 5 seconds (health: starting)', 'running', { health: 'starting', since: NOW - 5000 }],
    ['Up About a minute (unhealthy)', 'running', { health: 'unhealthy', since: NOW - 60_000 }],
    ['Up 5 minutes (Paused)', 'paused', { since: NOW - 300_000 }],
    ['Exited (130) 13 minutes ago', 'exited', { exitCode: 130, since: NOW - 780_000 }],
    ['Exited (0) Less than a second ago', 'exited', { exitCode: 0, since: NOW }],
    ['Restarting (1) 3 seconds ago', 'restarting', { exitCode: 1, since: NOW - 3000 }],
    ['Up About an hour', 'running', { since: NOW - 3_600_000 }],
  ])('%s', (status, state, expected) => {
    expect(parse({ State: state, Status: status, Created: 1 })).toMatchObject({ state, ...expected });
  });

  test('one that was never started has been there since it was created', () => {
    expect(parse({ State: 'created', Status: 'Created', Created: 1_600_000_000 })).toMatchObject({
      state: 'created',
      since: 1_600_000_000_000,
    });
  });
});

test('its own name, not that of a link', () => {
  expect(parse({ Names: ['/other/alias', '/web'] }).name).toBe('web');
});

test('a port published for IPv4 and IPv6 is one port', () => {
  const { ports } = parse({
    Ports: [
      { IP: '::', PrivatePort: 80, PublicPort: 8088, Type: 'tcp' },
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8088, Type: 'tcp' },
      { PrivatePort: 53, Type: 'udp' },
    ],
  });
  expect(ports).toEqual([
    { privatePort: 53, protocol: 'udp' },
    { ip: '0.0.0.0', privatePort: 80, publicPort: 8088, protocol: 'tcp' },
  ]);
});

test('the same port at two addresses is two ports', () => {
  const port = { PrivatePort: 80, PublicPort: 8088, Type: 'tcp' };
  expect(
    parse({
      Ports: [
        { IP: '127.0.0.1', ...port },
        { IP: '10.0.0.1', ...port },
      ],
    }).ports,
  ).toHaveLength(2);
});

test.each([[null], [42], [[]], [{ Names: 'x', Ports: {}, Labels: [], Mounts: 1, NetworkSettings: null }]])(
  'a shape that no engine sends is no crash: %j',
  (value) => {
    expect(parseContainer(value, NOW)).toMatchObject({
      name: '',
      ports: [],
      labels: {},
      mounts: [],
      networks: [],
    });
  },
);
