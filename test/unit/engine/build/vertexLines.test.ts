import { expect, test } from 'vitest';
import { scanDockerfile } from '../../../../src/engine/build/dockerfile';
import { parseVertexName, vertexLines } from '../../../../src/engine/build/vertexLines';

const line = (dockerfile: string, name: string): number | undefined => {
  const parsed = parseVertexName(name);
  return parsed && vertexLines(parsed, scanDockerfile(dockerfile, { heredocs: true }))?.line;
};

const ONE = 'FROM a\nENV b=c\nRUN d\nCOPY e f\n';
const TWO =
  'ARG V\nFROM a:$V AS Build\nRUN d\nFROM build\nADD e f\nFROM scratch AS last\nWORKDIR /x\nRUN y\n';

test.each([
  [ONE, '[1/3] FROM docker.io/library/a@sha256:1', 1],
  [ONE, '[2/3] RUN d', 3],
  [ONE, '[3/3] COPY e f', 4],
  [ONE, '[linux/arm64 2/3] RUN d', 3],
  [TWO, '[build 1/2] FROM docker.io/library/a:1', 2],
  [TWO, '[build 2/2] RUN d', 3],
  [TWO, '[stage-1 1/1] ADD e f', 5],
  [TWO, '[last 2/2] RUN y', 8],
  [TWO, '[linux/amd64 last 1/2] WORKDIR /x', 7],
  // What does not fit is better left open.
  [ONE, '[2/3] COPY e f', undefined],
  [ONE, '[2/9] RUN d', undefined],
  [ONE, '[7/3] RUN d', undefined],
  [TWO, '[other 1/2] RUN y', undefined],
  [TWO, '[1/2] RUN y', undefined],
  [ONE, '[internal] load .dockerignore', undefined],
  [ONE, 'exporting to image', undefined],
])('%j: %s', (dockerfile, name, expected) => {
  expect(line(dockerfile, name)).toBe(expected);
});
