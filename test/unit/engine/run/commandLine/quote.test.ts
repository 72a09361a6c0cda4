import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../../../../src/engine/run/commandLine/quote';
import { tokenise } from '../../../../../src/engine/run/commandLine/tokenise';
import { expectInvalid } from '../expectInvalid';

describe('quote', () => {
  it.each([
    ['plain-1.0/x:y=z', 'plain-1.0/x:y=z', 'plain-1.0/x:y=z', 'plain-1.0/x:y=z'],
    ['', "''", "''", '""'],
    ['a b', "'a b'", "'a b'", '"a b"'],
    ["it's", "'it'\\''s'", "'it''s'", '"it\'s"'],
    ['say "hi"', `'say "hi"'`, `'say "hi"'`, '^"say \\^"hi\\^"^"'],
    ['$HOME', "'$HOME'", "'$HOME'", '"$HOME"'],
    ['%PATH%', '%PATH%', "'%PATH%'", '^"^%PATH^%^"'],
    ['C:\\a b\\', "'C:\\a b\\'", "'C:\\a b\\'", '"C:\\a b\\\\"'],
    ['-Dfoo.bar', '-Dfoo.bar', "'-Dfoo.bar'", '-Dfoo.bar'],
    ['a&b', "'a&b'", "'a&b'", '"a&b"'],
    ['a,b', 'a,b', "'a,b'", 'a,b'],
  ])('%j', (argument, sh, powershell, cmd) => {
    expect(quote(argument, 'sh')).toBe(sh);
    expect(quote(argument, 'powershell')).toBe(powershell);
    expect(quote(argument, 'cmd')).toBe(cmd);
  });

  it('refuses a line break where there is no way to write one', () => {
    expect(quote('a\nb', 'sh')).toBe("'a\nb'");
    expectInvalid(() => quote('a\nb', 'cmd'), /line break/);
  });

  it.each(['sh', 'powershell', 'cmd'] as const)(
    '%s reads every argument back, and nothing of it is replaced',
    (shell) => {
      const unit = fc.constantFrom(...Array.from('ab \t\'"\\`^$(){}%!~#;&|<>=-,@*?é😀'));
      fc.assert(
        fc.property(fc.array(fc.string({ unit, maxLength: 12 })), (given) => {
          const words = tokenise(given.map((argument) => quote(argument, shell)).join(' '), shell);
          expect(words.map(({ text }) => text)).toEqual(given);
          // In cmd a percent sign can always be a variable's.
          if (shell !== 'cmd') expect(words.flatMap(({ expansions }) => expansions)).toEqual([]);
        }),
        { numRuns: 100 },
      );
    },
  );
});
