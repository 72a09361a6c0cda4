import { describe, expect, test } from 'vitest';
import { addressText, parseRegistry } from '../../../../src/engine/registry/address';
import { parseChallenges } from '../../../../src/engine/registry/challenge';
import { insecureRegistries } from '../../../../src/engine/registry/insecure';
import { knownRegistries } from '../../../../src/engine/registry/known';
import { parseManifest } from '../../../../src/engine/registry/manifest';
import { webPage } from '../../../../src/engine/registry/webPage';
import { base64, home } from '../auth/home';

describe('the address of a registry', () => {
  test.each([
    ['', 'docker.io'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['hub.docker.com/u/me', 'docker.io/me'],
    ['localhost:5000', 'localhost:5000'],
    ['HTTPS://Registry.Example.com:443/v2/', 'registry.example.com:443'],
    [' ghcr.io/owner/ ', 'ghcr.io/owner'],
    ['https://registry.gitlab.com/group/project?x=1', 'registry.gitlab.com/group/project'],
    ['[::1]:5000', '[::1]:5000'],
  ])('%j is %s', (typed, address) => expect(addressText(parseRegistry(typed))).toBe(address));

  test.each(['a b', 'ghcr.io/Owner', 'ghcr.io/owner/app:1', 'x@y z', '..', 'host/../x', 'ho_st'])(
    '%j is none',
    (typed) => expect(() => parseRegistry(typed)).toThrow(/is not the address of a registry/),
  );
});

test('challenges are read as they come', () => {
  const header =
    'Basic realm="a, b", Bearer realm="https://x/token",service=reg,scope="repository:a/b:pull,push" , Negotiate';
  const read = parseChallenges(header).map(({ scheme, values }) => [scheme, Object.fromEntries(values)]);
  expect(read).toEqual([
    ['basic', { realm: 'a, b' }],
    ['bearer', { realm: 'https://x/token', service: 'reg', scope: 'repository:a/b:pull,push' }],
    ['negotiate', {}],
  ]);
  expect(parseChallenges('Basic')).toHaveLength(1);
  for (const odd of [undefined, '', '=', ',,,', '"', 'a="'.repeat(2000)])
    expect(Array.isArray(parseChallenges(odd))).toBe(true);
});

test('what the engine trusts without HTTPS', () => {
  const insecure = insecureRegistries({
    RegistryConfig: {
      InsecureRegistryCIDRs: ['10.1.0.0/16', '127.0.0.0/8', 'junk', '1.2.3.4/99'],
      IndexConfigs: {
        'docker.io': { Name: 'docker.io', Secure: true },
        'lab:5000': { Name: 'lab:5000', Secure: false },
        'localhost:5001': { Secure: false },
      },
    },
  });
  expect(['lab:5000', '10.1.2.3:5000', '10.1.2.3', 'localhost:5001'].map(insecure)).not.toContain(false);
  expect(
    ['lab', 'docker.io', '10.2.0.1', 'localhost:5000', '127.0.0.1', '999.1.1.1'].map(insecure),
  ).not.toContain(true);
  expect(insecureRegistries({})('x')).toBe(false);
});

test('known are Docker Hub, what was added, and what has a login', async () => {
  const { surroundings } = await home({
    auths: {
      'https://index.docker.io/v1/': { auth: base64('hubuser:x') },
      'https://old.example/v2/': {},
      'ghcr.io': { auth: base64('octo:x') },
    },
  });
  const known = await knownRegistries(['ghcr.io/owner', 'no good', 'localhost:5000'], surroundings);
  expect(known.map(({ address, added, loggedIn, user }) => [address, added, loggedIn, user])).toEqual([
    ['docker.io', false, true, 'hubuser'],
    ['ghcr.io/owner', true, true, 'octo'],
    ['localhost:5000', true, false, ''],
    ['old.example', false, true, ''],
  ]);
});

test('manifests of any shape', () => {
  for (const odd of [{}, { manifests: 1 }, { layers: {} }]) expect(parseManifest(odd)).toBeUndefined();
  expect(parseManifest({ layers: [null, { size: 'x' }, { size: 3 }], config: { size: 4 } })).toMatchObject({
    size: 7,
    config: '',
  });
  expect(parseManifest({ fsLayers: [{}], architecture: 'amd64' })).toMatchObject({ platform: 'linux/amd64' });
});

test.each([
  ['docker.io', 'library/nginx', 'https://hub.docker.com/_/nginx'],
  ['docker.io', 'me', 'https://hub.docker.com/u/me'],
  ['docker.io', 'me/app', 'https://hub.docker.com/r/me/app'],
  ['ghcr.io', 'owner/a/b', 'https://github.com/owner/a/pkgs/container/a%2Fb'],
  ['quay.io', 'org/app', 'https://quay.io/repository/org/app'],
  ['registry.gitlab.com', 'group/project/image', 'https://gitlab.com/group/project/container_registry'],
  ['localhost:5000', 'app', undefined],
])('the page of %s/%s', (host, path, url) => expect(webPage(host, path)).toBe(url));
