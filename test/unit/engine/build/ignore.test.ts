import { expect, test } from 'vitest';
import { IgnoreRules } from '../../../../src/engine/build/ignore';

const ignored = (rules: string, path: string): boolean => IgnoreRules.parse(rules).ignores(path).ignored;

test.each([
  ['node_modules', 'node_modules', true],
  ['node_modules', 'node_modules/a/b.js', true],
  ['node_modules', 'app/node_modules', false],
  ['**/node_modules', 'app/node_modules/a.js', true],
  ['**/node_modules', 'node_modules', true],
  ['*/temp*', 'somedir/temporary.txt', true],
  ['*/temp*', 'somedir/sub/temporary.txt', false],
  ['*/*/temp*', 'somedir/sub/temporary.txt', true],
  ['temp?', 'tempa', true],
  ['temp?', 'temp/a', false],
  ['**/*.go', 'a/b/c.go', true],
  ['**/*.go', 'c.go', true],
  ['**foo', 'xfoo', true],
  ['a/**', 'a/b/c', true],
  ['a/**', 'a', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'a/x/yb', false],
  ['/abs', 'abs', true],
  ['dir/', 'dir/file', true],
  ['./x/../y', 'y', true],
  ['[a-c].txt', 'b.txt', true],
  ['[^a-c].txt', 'b.txt', false],
  ['\\*.txt', '*.txt', true],
  ['\\*.txt', 'a.txt', false],
  ['a.txt', 'aXtxt', false],
  ['# a comment', '# a comment', false],
  ['  spaced  ', 'spaced', true],
  ['\uFEFFbom', 'bom', true],
  ['a\n\uFEFFbom', 'bom', false],
  ['\u0085next\u0085', 'next', true],
  ['/ spaced', 'spaced', true],
  ['*\n/!kept', 'kept', false],
  // An exception for what is not left out is none for what is below it.
  ['**/*.log\n!src', 'src/a.log', true],
  ['**/node_modules\n!lib', 'lib/node_modules/x', true],
  ['*\n!src', 'src/a.log', false],
  ['*\n!src\n**/*.log', 'src/a.log', true],
  ['\\!bang', '!bang', true],
  ['[\\]].txt', '].txt', true],
  ['[\\--a].txt', 'Z.txt', true],
  ['a\r\nb\r\n', 'b', true],
  ['*', 'anything', true],
  ['*\n!README.md', 'README.md', false],
  ['*.md\n!README*.md\nREADME-secret.md', 'README-secret.md', true],
  ['*.md\n!README*.md\nREADME-secret.md', 'README-public.md', false],
  ['!README.md\n*.md', 'README.md', true],
  ['*\n!src/**', 'src/a/b.ts', false],
  ['docs\n!docs/keep', 'docs/keep/a', false],
  ['docs\n!docs/keep', 'docs/other', true],
])('%j on %s: %s', (rules, path, expected) => {
  expect(ignored(rules, path)).toBe(expected);
});

test('an ignored folder is entered when an exception names something below it', () => {
  const rules = IgnoreRules.parse('docs\n!docs/keep/a.md\n!**/b.md');
  expect(rules.mayHoldExceptions('docs')).toBe(true);
  expect(rules.mayHoldExceptions('docs/keep')).toBe(true);
  expect(rules.mayHoldExceptions('doc')).toBe(false);
});

test('the Dockerfile is sent whatever the rules say', () => {
  const rules = IgnoreRules.parse('*').keeping(['Dockerfile', '.dockerignore']);
  expect([rules.ignores('Dockerfile').ignored, rules.ignores('other').ignored]).toEqual([false, true]);
});

test.each([['[a'], ['a\n!'], ['[]'], ['[z'], ['x\\'], ['[a-]'], ['[-a]'], ['[]a]'], ['!/']])(
  'a pattern that is none is named: %j',
  (text) => {
    expect(() => IgnoreRules.parse(text)).toThrow(/is not a pattern/);
  },
);

test('a pattern made to be slow is not', () => {
  const rules = IgnoreRules.parse(`${'*a'.repeat(50)}b`);
  const began = performance.now();
  expect(rules.ignores('a'.repeat(2000)).ignored).toBe(false);
  expect(performance.now() - began).toBeLessThan(500);
});
