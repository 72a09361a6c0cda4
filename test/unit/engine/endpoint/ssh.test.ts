import { describe, expect, test } from 'vitest';
import { parseAddress, type SshAddress } from '../../../../src/engine/endpoint/address';
import { mayShareConnections, sshArguments, sshFailure } from '../../../../src/engine/endpoint/ssh';

const address = (host: string) => parseAddress(host) as SshAddress;

describe('what ssh is given', () => {
  test.each([
    ['ssh://h', '-o ConnectTimeout=30 -T -- h docker system dial-stdio'],
    ['ssh://me@h:2222', '-o ConnectTimeout=30 -T -l me -p 2222 -- h docker system dial-stdio'],
    ['ssh://me%40corp@h', '-o ConnectTimeout=30 -T -l me@corp -- h docker system dial-stdio'],
    ['ssh://[::1]', '-o ConnectTimeout=30 -T -- ::1 docker system dial-stdio'],
    ['ssh://h/run/d.sock', '-o ConnectTimeout=30 -T -- h docker --host=unix:///run/d.sock system dial-stdio'],
  ])('%s', (host, line) => {
    expect(sshArguments(address(host)).join(' ')).toBe(line);
  });

  test.each([
    ['ssh://h/a%20b', "'--host=unix:///a b'"],
    ['ssh://h/$(id)', "'--host=unix:///$(id)'"],
    ["ssh://h/a';id;'", "'--host=unix:///a'\\'';id;'\\'''"],
  ])('the path of %s is one word to the remote shell', (host, word) => {
    expect(sshArguments(address(host))).toContain(word);
  });
});

describe('what ssh says', () => {
  const failure = (stderr: string) =>
    sshFailure(address('ssh://me@h'), { status: 255, stderr, startError: undefined });

  test.each([
    ['denied', /identity/, 'Host key verification failed.'],
    [
      'denied',
      /identity/,
      '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.',
    ],
    ['denied', /identity/, 'No ED25519 host key is known for h and you have requested strict checking.'],
    ['denied', /login/, 'me@h: Permission denied (publickey,password).'],
    ['denied', /login/, 'Received disconnect from h port 22:2: Too many authentication failures'],
    [
      'denied',
      /"docker" group/,
      'Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission denied',
    ],
    ['denied', /"docker" group/, 'dial unix /var/run/docker.sock: connect: permission denied'],
    ['unreachable', /no machine/, 'ssh: Could not resolve hostname h: Name or service not known'],
    ['unreachable', /no docker command/, 'bash: line 1: docker: command not found'],
    ['unreachable', /no docker command/, 'sh: 1: docker: not found'],
    ['unreachable', /no docker command/, 'zsh:1: command not found: docker'],
    ['unreachable', /no docker command/, "'docker' is not recognized as an internal or external command,"],
    [
      'unreachable',
      /does not run/,
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    ],
    ['unreachable', /does not run/, 'dial unix /var/run/docker.sock: connect: no such file or directory'],
    ['unreachable', /Connection refused/, 'ssh: connect to host h port 22: Connection refused'],
    ['unreachable', /timed out/, 'ssh: connect to host h port 22: Connection timed out'],
    ['unreachable', /Broken pipe/, 'debug\nclient_loop: send disconnect: Broken pipe'],
    ['unreachable', /ssh ended with 255/, ''],
  ])('%s, about %s: %j', (kind, about, stderr) => {
    const error = failure(stderr);
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(about);
    expect(error.message).toContain('ssh://me@h');
    expect(String(error.cause)).toContain(stderr);
  });

  test('no ssh at all', () => {
    const startError = Object.assign(new Error('spawn ssh ENOENT'), { code: 'ENOENT' });
    const error = sshFailure(address('ssh://h'), { status: undefined, stderr: '', startError });
    expect(error).toMatchObject({ kind: 'unreachable', cause: startError });
  });
});

test.each([
  ['controlmaster false\n', true],
  ['controlmaster false\ncontrolpath none\n', true],
  ['controlmaster auto\ncontrolpath /home/me/.ssh/c-%C\n', false],
  ['controlmaster false\ncontrolpath /home/me/.ssh/c-%C\n', false],
  ['', false],
])('connections are shared unless the user’s config has a say: %j', (config, may) => {
  expect(mayShareConnections(config)).toBe(may);
});
