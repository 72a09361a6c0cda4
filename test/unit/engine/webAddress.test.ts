import { expect, test } from 'vitest';
import type { Port } from '../../../src/engine/model/types';
import { webAddress } from '../../../src/engine/webAddress';

const port = (publicPort: number, privatePort = 80, ip = '0.0.0.0'): Port => ({
  ip,
  publicPort,
  privatePort,
  protocol: 'tcp',
});
const LOCAL = 'unix:///var/run/docker.sock';

test.each<[Port, string | undefined, string | undefined]>([
  [port(8088), LOCAL, 'http://localhost:8088'],
  [port(8088), undefined, 'http://localhost:8088'],
  [port(8088, 80, '::'), LOCAL, 'http://localhost:8088'],
  [port(8088, 80, '127.0.0.1'), LOCAL, 'http://localhost:8088'],
  [port(8088, 80, '192.168.1.7'), LOCAL, 'http://192.168.1.7:8088'],
  [port(8088, 80, 'fd00::7'), LOCAL, 'http://[fd00::7]:8088'],
  [port(9443, 443), LOCAL, 'https://localhost:9443'],
  [port(8443, 8080), LOCAL, 'https://localhost:8443'],
  [port(5001, 5001), LOCAL, 'https://localhost:5001'],
  [port(8088), 'tcp://build.example:2376', 'http://build.example:8088'],
  [port(8088), 'tcp://[fd00::1]:2376', 'http://[fd00::1]:8088'],
  [port(8088), 'tcp://127.0.0.1:2375', 'http://localhost:8088'],
  [port(8088), 'ssh://me@build.example', 'http://build.example:8088'],
  // Only that machine itself reaches it.
  [port(8088, 80, '127.0.0.1'), 'ssh://me@build.example', undefined],
  [{ privatePort: 80, protocol: 'tcp' }, LOCAL, undefined],
  [{ ...port(53), protocol: 'udp' }, LOCAL, undefined],
])('%j of %s is at %s', (given, host, address) => {
  expect(webAddress(given, host)).toBe(address);
});
