import { expect, test } from 'vitest';
import { choosePort, webPorts } from '../../../../src/commands/containers/webPort';
import type { Port } from '../../../../src/engine/model/types';

const port = (
  publicPort: number | undefined,
  privatePort: number,
  protocol: Port['protocol'] = 'tcp',
): Port => ({
  privatePort,
  protocol,
  ...(publicPort === undefined ? {} : { publicPort }),
});

test('only what is published over TCP can be opened', () => {
  const published = port(8080, 80);
  expect(webPorts([published, port(undefined, 443), port(53, 53, 'udp')])).toEqual([published]);
});

test('the only one is meant, whatever its number', () => {
  expect(choosePort([port(40000, 12345)])?.publicPort).toBe(40000);
});

test('of several, the one where a web server listens', () => {
  expect(choosePort([port(1, 9000), port(2, 22), port(3, 80)])?.publicPort).toBe(3);
  expect(choosePort([port(1, 3000), port(2, 8080)])?.publicPort).toBe(2);
});

test('several unlikely ones have to be asked for', () => {
  expect(choosePort([port(1, 22), port(2, 6379)])).toBeUndefined();
});

test('a wanted port is found by its number outside, then by that inside', () => {
  const ports = [port(8080, 80), port(80, 3000)];
  expect(choosePort(ports, 80)?.privatePort).toBe(3000);
  expect(choosePort(ports, 3000)?.publicPort).toBe(80);
  expect(choosePort(ports, 9999)).toBeUndefined();
});
