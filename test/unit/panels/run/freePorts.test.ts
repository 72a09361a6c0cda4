import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePorts } from '../../../../src/panels/run/freePorts';

const open: { close: () => unknown }[] = [];
afterEach(() => open.splice(0).forEach((one) => one.close()));

async function listening(): Promise<number> {
  const server = createServer().listen(0);
  open.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function bound(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  open.push(socket);
  await once(socket, 'listening');
  return socket.address().port;
}

test('a port that another program or container has is passed over', async () => {
  const port = await listening();
  const [first] = await freePorts([`${port}/tcp`], new Set());
  expect(first).toMatch(new RegExp(`^\\d+:${port}$`));
  expect(first).not.toBe(`${port}:${port}`);
  const [of80] = await freePorts(['80/tcp'], new Set(['8080/tcp']), 'tcp://engine.example:2375');
  expect(of80).toBe('8081:80');
});

test('of another machine only its containers are known', async () => {
  const port = await listening();
  expect(await freePorts([`${port}`], new Set(), 'ssh://me@engine.example')).toEqual([`${port}:${port}`]);
});

test('TCP and UDP have ports of their own', async () => {
  const remote = 'tcp://engine.example:2375';
  expect(await freePorts(['53/tcp', '53/udp'], new Set(), remote)).toEqual(['8053:53', '8053:53/udp']);
  expect(await freePorts(['53/udp'], new Set(['8053/tcp']), remote)).toEqual(['8053:53/udp']);
  const port = await bound();
  expect(await freePorts([`${port}/udp`], new Set())).not.toEqual([`${port}:${port}/udp`]);
  expect(await freePorts([`${port}/tcp`], new Set())).toEqual([`${port}:${port}`]);
});

test('what is no port is left out', async () => {
  expect(await freePorts(['x', '80/tcp; rm'], new Set(), 'tcp://engine.example:2375')).toEqual([]);
});
