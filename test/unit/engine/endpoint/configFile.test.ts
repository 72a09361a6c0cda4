import { expect, test } from 'vitest';
import { parseConfigFile, readConfigFile } from '../../../../src/engine/endpoint/configFile';
import { temporaryFolder } from './temporaryFolder';

test('every field that is used', async () => {
  const folder = await temporaryFolder({
    'config.json': JSON.stringify({
      auths: { 'h.example': { auth: 'dTpw', email: 'a@b', extra: 1 } },
      credsStore: 'desktop',
      credHelpers: { 'gcr.io': 'gcloud', 'plain.example': '' },
      proxies: {
        default: { httpProxy: 'http://p:1', noProxy: 'x' },
        'tcp://h:1': { allProxy: 'socks5://p' },
      },
      HttpHeaders: { 'X-Meta': '1' },
      detachKeys: 'ctrl-e,e',
      currentContext: 'there',
      psFormat: 'table',
    }),
  });
  const config = await readConfigFile(folder);
  expect(config).toEqual({
    auths: new Map([['h.example', { auth: 'dTpw', email: 'a@b' }]]),
    credsStore: 'desktop',
    credHelpers: new Map([
      ['gcr.io', 'gcloud'],
      ['plain.example', ''],
    ]),
    proxies: new Map([
      ['default', { httpProxy: 'http://p:1', noProxy: 'x' }],
      ['tcp://h:1', { allProxy: 'socks5://p' }],
    ]),
    httpHeaders: new Map([['X-Meta', '1']]),
    detachKeys: 'ctrl-e,e',
    currentContext: 'there',
  });
});

test('no file is an empty configuration, and so is one whose every field is malformed', async () => {
  const empty = {
    auths: new Map(),
    credsStore: undefined,
    credHelpers: new Map(),
    proxies: new Map(),
    httpHeaders: new Map(),
    detachKeys: undefined,
    currentContext: undefined,
  };
  expect(await readConfigFile(await temporaryFolder())).toEqual(empty);
  const fields = [
    'auths',
    'credsStore',
    'credHelpers',
    'proxies',
    'HttpHeaders',
    'detachKeys',
    'currentContext',
  ];
  for (const value of [null, 7, true, [1, {}]]) {
    expect(parseConfigFile(Object.fromEntries(fields.map((field) => [field, value])))).toEqual(empty);
  }
});

test('a malformed entry costs itself alone', () => {
  const config = parseConfigFile({
    auths: { good: { auth: 'dTpw' }, bad: { auth: 7, username: 'u' } },
    credHelpers: { good: 'x', bad: {} },
    HttpHeaders: { good: '1', bad: 2 },
  });
  expect(config.auths).toEqual(
    new Map([
      ['good', { auth: 'dTpw' }],
      ['bad', { username: 'u' }],
    ]),
  );
  expect(config.credHelpers).toEqual(new Map([['good', 'x']]));
  expect(config.httpHeaders).toEqual(new Map([['good', '1']]));
});

test('an entry named __proto__ is an entry like any other', async () => {
  const folder = await temporaryFolder({ 'config.json': '{"auths":{"__proto__":{"auth":"dTpw"}}}' });
  expect([...(await readConfigFile(folder)).auths]).toEqual([['__proto__', { auth: 'dTpw' }]]);
});
