import { expect, test } from 'vitest';
import { answerFailure, connectionFailure } from '../../../src/engine/answers';

test.each([
  [
    409,
    'Conflict. The container name "/web" is already in use by container "abc". You have to remove (or rename) that container to be able to reuse that name.',
    'conflict',
    'The name "web" is already in use',
  ],
  [
    500,
    'driver failed programming external connectivity on endpoint web (f00): Bind for 0.0.0.0:8088 failed: port is already allocated',
    'conflict',
    'Port 8088 is already used by another container',
  ],
  [
    500,
    'driver failed programming external connectivity on endpoint web: Error starting userland proxy: listen tcp4 0.0.0.0:8088: bind: address already in use',
    'conflict',
    'Port 8088 is already used by another program',
  ],
  [
    404,
    "pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'notFound',
    'The image "nope" was not found',
  ],
  [
    404,
    'manifest for localhost:5000/a:b not found: manifest unknown: manifest unknown',
    'notFound',
    'no image "localhost:5000/a:b"',
  ],
  [
    500,
    'Get "http://localhost:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused',
    'unreachable',
    'could not reach 127.0.0.1:5000',
  ],
  [
    500,
    'Get "https://no.such/v2/": dial tcp: lookup no.such on 10.0.0.1:53: no such host',
    'unreachable',
    'could not reach no.such',
  ],
  [
    400,
    'OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "nope": executable file not found in $PATH: unknown',
    'notFound',
    'The command "nope" does not exist',
  ],
  [404, 'No such container: unauthorized', 'notFound', 'The container "unauthorized" is no longer there'],
  [404, 'No such image: unauthorized:latest', 'notFound', 'The image "unauthorized:latest" is not on this'],
  [
    500,
    'Get "https://registry.example/v2/": unauthorized: access to it is denied',
    'denied',
    'refused the login',
  ],
  [500, 'received unexpected HTTP status: 401 Unauthorized', 'denied', 'refused the login'],
  [404, 'No such container: certificates', 'notFound', 'The container "certificates" is no longer there'],
  [
    400,
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "x509-certificate": executable file not found in $PATH: unknown',
    'notFound',
    'The command "x509-certificate" does not exist',
  ],
  [
    500,
    'Get "https://registry.example/v2/": x509: certificate signed by unknown authority',
    'tls',
    'certificate is not trusted',
  ],
  [
    500,
    'Get "https://registry.example/v2/": remote error: tls: bad certificate',
    'tls',
    'certificate is not trusted',
  ],
  [
    409,
    'Container web is restarting, wait until the container is running',
    'conflict',
    'The container web is restarting. Wait until it runs.',
  ],
  [404, 'No such image: nope:latest', 'notFound', 'The image "nope:latest" is not on this engine'],
  [404, 'no such image: team/app: No such image: team/app:latest', 'notFound', 'The image "team/app" is not'],
  [409, 'network with name front already exists', 'conflict', 'There is a network "front" already'],
  [403, 'Pool overlaps with other one on this address space', 'conflict', 'Choose another subnet'],
  [
    500,
    'Invalid subnet 10.77.0.0/99 : invalid CIDR address: 10.77.0.0/99',
    'invalid',
    '"10.77.0.0/99" is not a subnet',
  ],
  [
    500,
    'failed to allocate gateway (10.1.0.1): Requested address is out of range',
    'invalid',
    'The gateway 10.1.0.1 is not',
  ],
  [
    403,
    'endpoint with name web already exists in network front',
    'conflict',
    '"web" is connected to the network "front" already',
  ],
  [
    500,
    'container 0123 is not connected to network front',
    'conflict',
    '0123 is not connected to the network "front"',
  ],
  [
    403,
    'error while removing network: network front id 0123 has active endpoints',
    'conflict',
    '"front" is used by containers',
  ],
  [403, 'bridge is a pre-defined network and cannot be removed', 'invalid', '"bridge" is the engine’s own'],
  [404, 'get data: no such volume', 'notFound', 'There is no volume "data"'],
  [
    404,
    'create d: error looking up volume plugin nfs: plugin "nfs" not found',
    'notFound',
    'no volume driver "nfs"',
  ],
  [
    400,
    'create ../x: "../x" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed.',
    'invalid',
    '"../x" cannot be the name of a volume',
  ],
  [500, "invalid volume specification: 'a:b:c:d'", 'invalid', '"a:b:c:d" is not a volume'],
  [400, 'client version 1.24 is too old. Minimum supported API version is 1.44', 'tooOld', 'Update Quayside'],
] as const)('%i %s', (status, said, kind, sentence) => {
  const error = answerFailure(status, said);
  expect(error.kind).toBe(kind);
  expect(error.message).toContain(sentence);
  expect(String(error.cause)).toContain(said);
});

test('what nobody knows is told in the engine’s own words', () => {
  expect(answerFailure(409, 'a new kind of conflict')).toMatchObject({
    kind: 'conflict',
    status: 409,
    message: 'The engine says: a new kind of conflict',
  });
});

test('values of the engine are values, not templates', () => {
  expect(answerFailure(404, 'No such container: {0}{1}').message).toContain('"{0}{1}"');
});

test.each([
  ['EACCES', 'denied'],
  ['ENOENT', 'unreachable'],
  ['ECONNREFUSED', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['HPE_INVALID_CONSTANT', 'protocol'],
  ['ECONNRESET', 'unreachable'],
])('%s is %s', (code, kind) => {
  expect(connectionFailure(Object.assign(new Error('x'), { code }), 'tcp://h:1').kind).toBe(kind);
});
