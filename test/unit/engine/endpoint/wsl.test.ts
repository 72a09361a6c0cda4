import { expect, test } from 'vitest';
import { wslCommands } from '../../../../src/engine/endpoint/wsl';

test('the distribution’s own docker is asked', async () => {
  const { file, args } = await wslCommands('My Linux').command();
  expect([file, ...args]).toEqual(['wsl.exe', '-d', 'My Linux', 'docker', 'system', 'dial-stdio']);
});

test.each([
  ['denied', 'dial unix /var/run/docker.sock: connect: permission denied'],
  ['unreachable', 'There is no distribution with the supplied name.'],
  ['unreachable', ''],
])('%s: %j', async (kind, stderr) => {
  const { failure } = await wslCommands('Ubuntu').command();
  const error = failure({ status: 1, stderr, startError: undefined });
  expect(error.kind).toBe(kind);
  expect(error.message).toContain('Ubuntu');
  expect(String(error.cause)).toContain(stderr);
});

test('where there is no WSL, that is said', async () => {
  const { failure } = await wslCommands('Ubuntu').command();
  const startError = Object.assign(new Error('spawn wsl.exe ENOENT'), { code: 'ENOENT' });
  expect(failure({ status: undefined, stderr: '', startError })).toMatchObject({
    kind: 'unreachable',
    cause: startError,
  });
});
