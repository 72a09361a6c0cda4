import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { engineSources, type AddedEngine } from '../../../src/engine/engineSources';
import type { Endpoint } from '../../../src/engine/endpoint/endpoint';
import { temporaryFolder } from './endpoint/temporaryFolder';

let home: string;

beforeEach(async () => {
  home = await temporaryFolder({ 'certs/ca.pem': 'authority', 'certs/cert.pem': 'c', 'certs/key.pem': 'k' });
});

async function endpointOf(added: AddedEngine): Promise<Endpoint | undefined> {
  const settings = () => ({ host: '', engines: [added], chosen: [] });
  const sources = engineSources(settings, { env: {}, homedir: home, platform: 'win32' });
  return (await sources.list()).find(({ name }) => name === added.name)?.resolve();
}

test('an engine that was added speaks plainly, unless it is told otherwise', async () => {
  const endpoint = await endpointOf({ name: 'a', host: 'tcp://host:2375' });
  expect(endpoint).toEqual({ source: 'added', contextName: 'default', host: 'tcp://host:2375' });
});

test('its certificates come from the folder that was named', async () => {
  const tls = { certPath: join(home, 'certs'), verify: false };
  const endpoint = await endpointOf({ name: 'a', host: 'tcp://host:2376', tls });
  expect(endpoint?.tls).toEqual({
    ca: Buffer.from('authority'),
    cert: Buffer.from('c'),
    key: Buffer.from('k'),
    verify: false,
  });
});

test('without a folder it is trusted as this computer trusts', async () => {
  expect((await endpointOf({ name: 'a', host: 'tcp://host:2376', tls: {} }))?.tls).toEqual({ verify: true });
});
