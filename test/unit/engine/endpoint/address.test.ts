import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress, withoutPassword } from '../../../../src/engine/endpoint/address';
import { EngineError } from '../../../../src/engine/errors';
import { caught } from './caught';

const tcp = (host: string, port: number, basePath = '', scheme = 'tcp') => ({
  kind: 'tcp',
  scheme,
  host,
  port,
  basePath,
});
const ssh = (host: string, rest: { user?: string; port?: number; path?: string } = {}) => ({
  kind: 'ssh',
  host,
  user: undefined,
  port: undefined,
  path: undefined,
  ...rest,
});

describe('parseAddress', () => {
  test.each([
    ['unix:///var/run/docker.sock', { kind: 'unix', path: '/var/run/docker.sock' }],
    ['unix:///with space/a%20b.sock', { kind: 'unix', path: '/with space/a%20b.sock' }],
    ['unix://', { kind: 'unix', path: '/var/run/docker.sock' }],
    ['unix://relative.sock', { kind: 'unix', path: 'relative.sock' }],
    ['  unix:///x  ', { kind: 'unix', path: '/x' }],
    ['npipe:////./pipe/docker_engine', { kind: 'npipe', path: '//./pipe/docker_engine' }],
    ['npipe://', { kind: 'npipe', path: '//./pipe/docker_engine' }],
    ['tcp://h', tcp('h', 2375)],
    ['tcp://h:', tcp('h', 2375)],
    ['tcp://h:2376', tcp('h', 2376)],
    ['tcp://', tcp('localhost', 2375)],
    [':4243', tcp('localhost', 4243)],
    ['h', tcp('h', 2375)],
    ['h:1', tcp('h', 1)],
    ['tcp://[::1]:2375', tcp('::1', 2375)],
    ['tcp://[::1]', tcp('::1', 2375)],
    ['tcp://[fe80::1%25eth0]:1', tcp('fe80::1%eth0', 1)],
    ['tcp://h:1/a/b', tcp('h', 1, '/a/b')],
    ['tcp://h:1?x=1#y', tcp('h', 1)],
    ['http://h', tcp('h', 80, '', 'http')],
    ['https://h/docker', tcp('h', 443, '/docker', 'https')],
    ['ssh://h', ssh('h')],
    ['ssh://me@h:22', ssh('h', { user: 'me', port: 22 })],
    ['ssh://me%40corp@h', ssh('h', { user: 'me@corp' })],
    ['ssh://me@corp@h', ssh('h', { user: 'me@corp' })],
    [String.raw`ssh://CORP\me@h`, ssh('h', { user: String.raw`CORP\me` })],
    ['ssh://CORP%5Cme@h', ssh('h', { user: String.raw`CORP\me` })],
    ['ssh://h/', ssh('h')],
    ['ssh://h/run/user/1000/docker.sock', ssh('h', { path: '/run/user/1000/docker.sock' })],
    ['ssh://h/a%20b/docker.sock', ssh('h', { path: '/a b/docker.sock' })],
    ['ssh://[::1]:2222', ssh('::1', { port: 2222 })],
    ['ssh://alias_of-config.1', ssh('alias_of-config.1')],
    ['wsl://Ubuntu-22.04', { kind: 'wsl', distribution: 'Ubuntu-22.04' }],
    ['wsl://My%20Linux/', { kind: 'wsl', distribution: 'My Linux' }],
  ])('%s', (host, address) => {
    expect(parseAddress(host)).toEqual(address);
  });

  test('a tcp address without a port gets the one that goes with TLS where TLS is used', () => {
    expect(parseAddress('tcp://h', 2376)).toEqual(tcp('h', 2376));
  });

  test.each([
    'fd://',
    'ftp://h',
    'TCP://h',
    'unix://tcp://x',
    'tcp://unix:///x',
    'tcp://h:99999',
    'tcp://h:0',
    'tcp://h:22a',
    'tcp://h h',
    'tcp://::1:2375',
    'tcp://[::1',
    'tcp://[not-v6]:1',
    'tcp://h:1/a b',
    'tcp://user:secret@h:1',
    'https://user:secret@h:1',
    'ssh://',
    'ssh://me@',
    'ssh://a:secret@h',
    'ssh://:secret@h',
    'ssh://a:secret:b@h/x',
    'ssh://a:sec/secret@h',
    'a:secret@h:1',
    'ssh://-oProxyCommand=x',
    'ssh://-lroot@h',
    'ssh://me%5C@h',
    'ssh://CORP%3Bme@h',
    'ssh://%2doProxyCommand=x@h',
    'ssh://$(id)@h',
    'ssh://h;id',
    'ssh://`id`',
    'ssh://h|id',
    'ssh://h?x',
    'ssh://h#x',
    'ssh://h:70000',
    'ssh://%ff@h',
    'ssh://%0a@h',
    'ssh://h/%00',
    'ssh://h/%zz',
    'unix:///a\nb',
    'h\u0000',
    'wsl://',
    'wsl://--exec',
    'wsl://%2d%2dexec',
    'wsl://a/b',
    'wsl://a%22b',
  ])('refuses %j with one sentence that shows no password', async (host) => {
    const error = await caught(() => parseAddress(host));
    expect(error.kind).toBe('invalid');
    expect(error.message).toMatch(/^[^\n]+\.$/);
    expect(error.message).not.toContain('secret');
  });

  test('whatever it is given, it answers or refuses, and what it prints reads back as the same', () => {
    const piece = fc.constantFrom(
      'tcp',
      'ssh',
      'unix',
      'wsl',
      '://',
      ':',
      '@',
      '/',
      '[',
      ']',
      '::1',
      '%',
      '-',
      '22',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(piece, fc.string({ maxLength: 3 }))).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (host) => {
        let address;
        try {
          address = parseAddress(host);
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
          return;
        }
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
      { numRuns: 2000 },
    );
  });

  test('a very long address takes no time', () => {
    const started = performance.now();
    for (const long of [
      'ssh://' + 'a@'.repeat(100_000),
      'tcp://' + ':'.repeat(200_000),
      '/'.repeat(300_000),
    ]) {
      expect(() => parseAddress(long)).toThrow(EngineError);
      withoutPassword(long);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

test.each([
  ['tcp://[::1]', 'tcp://[::1]:2375'],
  ['unix://', 'unix:///var/run/docker.sock'],
  ['https://h/x', 'https://h:443/x'],
  ['ssh://me%40corp@[::1]:22/a%20b', 'ssh://me%40corp@[::1]:22/a%20b'],
  ['wsl://My%20Linux', 'wsl://My%20Linux'],
])('formatAddress writes %s as %s', (host, written) => {
  expect(formatAddress(parseAddress(host))).toBe(written);
});
