import { expect, test } from 'vitest';
import { parsePasswd, shellCandidates } from '../../../../src/commands/containers/shells';

const passwd = parsePasswd(
  [
    'root:x:0:0:root:/root:/bin/zsh',
    'nobody:x:65534:65534:nobody:/:/sbin/nologin',
    '# no entry',
    'app:x:1000:1000::/home/app:/bin/ash\r',
    '',
  ].join('\n'),
);

test.each([
  ['', '/bin/zsh'],
  ['root', '/bin/zsh'],
  ['0:0', '/bin/zsh'],
  ['app', '/bin/ash'],
  ['1000:50', '/bin/ash'],
  ['nobody', '/bin/bash'],
  ['4242', '/bin/bash'],
])('the user "%s" comes first to %s', (user, shell) => {
  expect(shellCandidates(passwd, user)[0]).toBe(shell);
});

test('after the login shell come the usual ones, each once', () => {
  const all = shellCandidates(passwd, 'app');
  expect(all).toEqual([...new Set(all)]);
  expect(all.filter((path) => path.startsWith('/bin/'))).toEqual(['/bin/ash', '/bin/bash', '/bin/sh']);
});

test('a container without users has the usual ones looked for', () => {
  expect(shellCandidates(parsePasswd(''), '')[0]).toBe('/bin/bash');
});
