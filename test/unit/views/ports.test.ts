import { expect, test } from 'vitest';
import type { Port } from '../../../src/engine/model/types';
import { compactPorts } from '../../../src/views/ports';
import { tcp } from './samples';

const udp = (port: number): Port => ({ ip: '0.0.0.0', privatePort: port, publicPort: port, protocol: 'udp' });

test.each<[Port[], string[]]>([
  [[], []],
  [[tcp(undefined, 80)], []],
  [[tcp(8088, 80)], ['8088->80']],
  [[tcp(8088, 80, '::')], ['8088->80']],
  [[tcp(8088, 80, '127.0.0.1')], ['127.0.0.1:8088->80']],
  [[tcp(8088, 80, '::1')], ['[::1]:8088->80']],
  [[udp(53)], ['53->53/udp']],
  [
    [tcp(8000, 8000), tcp(8001, 8001), tcp(8002, 8002), tcp(9000, 8003)],
    ['8000-8002->8000-8002', '9000->8003'],
  ],
  [
    [tcp(53, 53), udp(54)],
    ['53->53', '54->54/udp'],
  ],
  [
    [tcp(53, 53), udp(53), tcp(54, 54), udp(54)],
    ['53-54->53-54', '53-54->53-54/udp'],
  ],
])('%j', (ports, shown) => {
  expect(compactPorts(ports)).toEqual(shown);
});
