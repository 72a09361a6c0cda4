import { describe, expect, test } from 'vitest';
import { snippets } from '../../../../src/dockerfile/completion/snippets';
import { check } from '../support';

/** What stands there when nothing of it is changed. */
const inserted = (snippet = ''): string =>
  snippet.replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, '$1').replace(/\\([\\$}])/g, '$1');

describe('whole stages', () => {
  test('of Node.js, Python, Go, Java, Rust and .NET', () => {
    const labels = snippets({ start: 0, end: 0 }, false).map(({ label }) => label);
    for (const name of ['Node.js', 'Python', 'Go', 'Java', 'Rust', '.NET'])
      expect(
        labels.some((label) => label.includes(name)),
        name,
      ).toBe(true);
  });

  const all = [false, true].flatMap((lower) =>
    snippets({ start: 0, end: 0 }, lower).map(
      ({ label, insert }) => [label, lower, inserted(insert)] as const,
    ),
  );

  test.each(all)('%s, lower case %s: no rule finds anything, not even a hint', (_label, _lower, text) => {
    expect(check(text).map(({ rule, line }) => `${rule}:${line + 1}`)).toEqual([]);
  });

  test.each(all)(
    '%s, lower case %s: two stages, a cache, a user that is not root',
    (_label, _lower, text) => {
      expect(text.match(/^from /gim)).toHaveLength(2);
      expect(text).toMatch(/--mount=type=cache/);
      expect(text).toMatch(/^user (?!root)|:nonroot$/im);
    },
  );
});
