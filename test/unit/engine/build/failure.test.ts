import { describe, expect, test } from 'vitest';
import { scanDockerfile } from '../../../../src/engine/build/dockerfile';
import { buildFailure, type BuildError } from '../../../../src/engine/build/failure';
import type { BuildStep, LineRange } from '../../../../src/engine/build/output';

const DOCKERFILE = 'FROM a\nRUN b && \\\n c\nCOPY d e\n';
const STEP: BuildStep = {
  id: '2',
  number: 2,
  total: 3,
  text: 'RUN b &&  c',
  state: 'failed',
  lines: { line: 2, endLine: 3 },
};

function fail(said: string, step: BuildStep | undefined, lines?: LineRange): BuildError {
  return buildFailure({
    said,
    dockerfile: '/x/Dockerfile',
    instructions: scanDockerfile(DOCKERFILE, { heredocs: false }),
    step,
    lines,
    lastLines: ['last'],
    cause: new Error(said),
  });
}

describe('what both builders say is put in words with a next step', () => {
  test.each([
    // The engine's own builder, 20.10 to 28.
    ["The command '/bin/sh -c b' returned a non-zero code: 2", 'invalid', 'exit code 2'],
    ["The command '/bin/sh -c b' returned a non-zero code: 127", 'notFound', 'no such command'],
    ["The command '/bin/sh -c b' returned a non-zero code: 137", 'invalid', 'ran out of memory'],
    [
      'COPY failed: file not found in build context or excluded by .dockerignore: stat a/b c: file does not exist',
      'notFound',
      '"a/b c" is not in the build context',
    ],
    ['COPY failed: forbidden path outside the build context: ../x ()', 'invalid', '"../x" lies outside'],
    [
      'the --mount option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled',
      'invalid',
      '--mount needs BuildKit',
    ],
    [
      'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/nosuch": stat /nosuch: no such file or directory: unknown',
      'notFound',
      'The image has no command "/nosuch"',
    ],
    [
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.0.0.1:53: no such host',
      'unreachable',
      'could not reach registry-1.docker.io',
    ],
    [
      'image with reference a was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
      'invalid',
      'platform',
    ],
    // BuildKit.
    ['process "/bin/sh -c b" did not complete successfully: exit code: 1', 'invalid', 'exit code 1'],
    [
      'failed to calculate checksum of ref 9a::1b: "/missing.txt": not found',
      'notFound',
      '"/missing.txt" is not in the build context',
    ],
    [
      'failed to compute cache key: "/missing.txt" not found: not found',
      'notFound',
      '"/missing.txt" is not in the build context',
    ],
    [
      'nope/nope: failed to resolve source metadata for docker.io/nope/nope:latest: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'notFound',
      'The image "docker.io/nope/nope:latest" was not found, or it is private',
    ],
    [
      'failed to resolve source metadata for docker.io/library/alpine:9: docker.io/library/alpine:9: not found',
      'notFound',
      'no image "docker.io/library/alpine:9"',
    ],
    ['something else', 'unknown', 'Step 2/3 "RUN b && c" failed: something else'],
  ])('%s', (said, kind, words) => {
    const error = fail(said, STEP);
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(words);
    expect(error).toMatchObject({ line: 2, endLine: 3, dockerfile: '/x/Dockerfile', lastLines: ['last'] });
    expect((error.cause as Error).message).toBe(said);
  });
});

describe('before the first step', () => {
  test.each([
    ['dockerfile parse error line 3: unknown instruction: FOO', 'invalid', 'begins with "FOO"', 2, 3],
    [
      'dockerfile parse error on line 4: COPY requires at least two arguments, but only one was provided.',
      'invalid',
      'Line 4',
      4,
      4,
    ],
    ['dockerfile parse error line 9: unknown instruction: X', 'invalid', 'Line 9', 9, 9],
    [
      'failed to parse Dockerfile: file with no instructions',
      'invalid',
      'no instructions',
      undefined,
      undefined,
    ],
    ['the Dockerfile (Dockerfile) cannot be empty', 'invalid', 'no instructions', undefined, undefined],
    ['no build stage in current context', 'invalid', 'before the first FROM', undefined, undefined],
    ['failed to reach build target zz in Dockerfile', 'notFound', 'named "zz"', undefined, undefined],
    ['target stage "zz" could not be found', 'notFound', 'named "zz"', undefined, undefined],
    [
      'failed to parse Dockerfile: ENV must have two arguments',
      'invalid',
      'ENV must have',
      undefined,
      undefined,
    ],
  ])('%s', (said, kind, words, line, endLine) => {
    const error = fail(said, undefined);
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(words);
    expect([error.line, error.endLine]).toEqual([line, endLine]);
    expect(error.step).toBeUndefined();
  });
});

test('lines that the builder names count before the step’s', () => {
  expect(fail('exit code: 1', STEP, { line: 4, endLine: 4 })).toMatchObject({ line: 4, endLine: 4 });
});

test('long words are cut, and control characters taken out', () => {
  const error = fail(`a\x1b[31m\n${'b'.repeat(500)}`, { ...STEP, text: 'RUN '.repeat(500) });
  expect(error.message.length).toBeLessThan(400);
  expect(error.message).not.toMatch(/\p{Cc}/u);
});
