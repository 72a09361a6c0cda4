import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escaped, plain, withoutIcons } from '../../../src/views/text';

describe('plain', () => {
  test.each([
    ['web-1', 'web-1'],
    ['two\nlines\r\nand\ttabs', 'two lines and tabs'],
    ['\u202egnp.exe\u2066', '\ufffdgnp.exe\ufffd'],
    ['bell\u0007 line\u2028sep', 'bell\ufffd line\ufffdsep'],
    ['$(trash) **bold**', '$(trash) **bold**'],
    ['שלום 世界 🐳', 'שלום 世界 🐳'],
  ])('%j is shown as %j', (value, shown) => {
    expect(plain(value)).toBe(shown);
  });

  test('a long value is cut at a whole character', () => {
    expect(plain('🐳'.repeat(50), 10)).toBe(`${'🐳'.repeat(9)}…`);
    expect(plain('x'.repeat(10), 10)).toBe('x'.repeat(10));
    expect(plain('x'.repeat(5_000_000), 10)).toBe('xxxxxxxxx…');
  });
});

describe('escaped', () => {
  test('no character of Markdown is left alone', () => {
    expect(escaped('[a](command:x) <b> `c` $(trash) &lt; https://evil.example')).toBe(
      '\\[a\\]\\(command\\:x\\) \\<b\\> \\`c\\` \\$\\(trash\\) \\&lt\\; https\\:\\/\\/evil\\.example',
    );
  });

  test('whatever comes in, each ASCII mark has its own backslash, and the text is the same without them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (value) => {
        const text = escaped(value);
        expect(text.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(plain(value));
        expect(text.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
      }),
    );
  });
});

test('an icon in a name stays text where icons are drawn', () => {
  expect(withoutIcons('$(trash) $(~spin)')).toBe('\\$(trash) \\$(~spin)');
});
