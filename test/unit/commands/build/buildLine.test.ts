import { expect, test } from 'vitest';
import { buildLine, textOf } from '../../../../src/commands/build/buildLine';

test.each([
  ['the least', {}, '/w/Dockerfile', 'docker build .'],
  ['another file', { tags: ['a:1'] }, '/w/api/Dockerfile.dev', 'docker build -t a:1 -f api/Dockerfile.dev .'],
  [
    'everything',
    {
      tags: ['a:1', 'b'],
      target: 'x',
      buildArgs: { A: 'two words', PASSWORD: 'hidden', N: null },
      platform: 'linux/arm64',
      noCache: true,
      pull: true,
    },
    '/w/Dockerfile',
    'docker build -t a:1 -t b --target x --build-arg "A=two words" --build-arg "PASSWORD=***" --build-arg N --platform linux/arm64 --no-cache --pull .',
  ],
  [
    'nothing that a shell or a list would take for its own',
    { buildArgs: { A: '"$(rm)`' } },
    '/w/Dockerfile',
    'docker build --build-arg "A=\\"\\$ (rm)\\`" .',
  ],
])('%s', (_, options, dockerfile, line) => {
  expect(buildLine({ context: '/w', ...options }, dockerfile)).toBe(line);
});

test('what is in a file is no icon', () => {
  expect(textOf('$(trash) a')).toBe('$ (trash) a');
});
