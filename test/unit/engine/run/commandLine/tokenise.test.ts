import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectShell, promptLength, tokenise } from '../../../../../src/engine/run/commandLine/tokenise';
import type { Shell } from '../../../../../src/engine/run/commandLine/words';
import { LineError } from '../../../../../src/engine/run/invalid';
import { thrownBy } from '../expectInvalid';
import { expectLinear } from '../linear';

const SHELLS: readonly Shell[] = ['sh', 'powershell', 'cmd'];
const texts = (line: string, shell: Shell) => tokenise(line, shell).map(({ text }) => text);
const reported = (line: string, shell: Shell) =>
  tokenise(line, shell).flatMap(({ expansions }) => expansions.map(({ kind, text }) => `${kind} ${text}`));

describe('sh', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['  a  b\t', ['a', 'b']],
    [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
    [`a'b'"c"d`, ['abcd']],
    [`'' "" a`, ['', '', 'a']],
    [`"a\\"b" 'a\\b' "a\\b" "\\$x" "\\\\"`, ['a"b', 'a\\b', 'a\\b', '$x', '\\']],
    ['a \\\n b \\\r\n c', ['a', 'b', 'c']],
    ['a `\n b ^\n c', ['a', 'b', 'c']],
    ['"a\\\nb" \'a\nb\' a\\\nb', ['ab', 'a\nb', 'ab']],
    ["$'a\\n\\t\\x41\\u00e9\\101\\'\\q' $\"x\"", ["a\n\tAéA'\\q", 'x']],
    ["$'\\U0001F600\\U41x\\U110000' $'\\cA\\cz\\c[\\c?\\c'", ['😀Ax\ufffd', '\u0001\u001a\u001b\u007f\\c']],
    ["$'\\xe2\\x9c\\x93 \\303\\xa9 \\xe9 \\4011'", ['✓ é \ufffd \u00011']],
    ['a # b c', ['a']],
    ['a#b c', ['a#b', 'c']],
    ['a \\# b', ['a', '#', 'b']],
    ['a\n\n  # the end\n', ['a']],
    ['a;', ['a']],
    ['a \\', ['a']],
    ['^ a^b', ['^', 'a^b']],
    ['{a,b} * ? [x] !', ['{a,b}', '*', '?', '[x]', '!']],
  ])('%j', (line, words) => expect(texts(line, 'sh')).toEqual(words));

  it.each<[string, string[]]>([
    ['$PWD/x "${PWD}" $1 $?', ['variable $PWD', 'variable ${PWD}', 'variable $1', 'variable $?']],
    ['-v "$(pwd)/a b":/x `id -u`', ['command $(pwd)', 'command `id -u`']],
    ['$(a (b) $(c)) ${workspaceFolder}', ['command $(a (b) $(c))', 'variable ${workspaceFolder}']],
    ['~ ~/x ~me/y a~ x=~', ['home ~', 'home ~', 'home ~me']],
    [`'$PWD' \\$PWD "\\$PWD" $ a$ '~'`, []],
  ])('reports of %j: %j', (line, expansions) => expect(reported(line, 'sh')).toEqual(expansions));

  it('keeps what it reports, at its place', () => {
    const [, word] = tokenise('-v "$PWD/a":/b', 'sh');
    expect(word).toMatchObject({ text: '$PWD/a:/b', start: 3, end: 14 });
    expect(word?.expansions).toEqual([{ kind: 'variable', text: '$PWD', start: 4, end: 8 }]);
  });
});

describe('powershell', () => {
  it.each<[string, string[]]>([
    [`'a b' "c d" e\` f`, ['a b', 'c d', 'e f']],
    [`'it''s' "say ""hi""" "a\`"b" "a\`nb"`, ["it's", 'say "hi"', 'a"b', 'a\nb']],
    ['a `\n b `\r\n c \\\n d', ['a', 'b', 'c', 'd']],
    ['-v C:\\Users\\me:/data', ['-v', 'C:\\Users\\me:/data']],
    ['a # b', ['a']],
    ['\'\' ""', ['', '']],
  ])('%j', (line, words) => expect(texts(line, 'powershell')).toEqual(words));

  it('reports variables, not those in single quotes', () => {
    expect(reported('$env:A "${PWD}\\x" $(Get-Location) \'$x\' `$y ~\\z', 'powershell')).toEqual([
      'variable $env:A',
      'variable ${PWD}',
      'command $(Get-Location)',
      'home ~',
    ]);
  });
});

describe('cmd', () => {
  it.each<[string, string[]]>([
    ['a "b c" d"e f"g', ['a', 'b c', 'de fg']],
    [`'a b'`, ["'a", "b'"]],
    ['a ^\n b ^\r\n c', ['a', 'b', 'c']],
    ['a^&b "a^&b" a^^b ^"x y^"', ['a&b', 'a^&b', 'a^b', 'x y']],
    ['"a\\"b" "a\\\\" a\\b "a\\\\b" \\"', ['a"b', 'a\\', 'a\\b', 'a\\\\b', '"']],
    ['"say ""hi""" ""', ['say "hi"', '']],
    ['-v C:\\Users\\me:/data', ['-v', 'C:\\Users\\me:/data']],
    ['100% %', ['100%', '%']],
  ])('%j', (line, words) => expect(texts(line, 'cmd')).toEqual(words));

  it('reports variables, in quotes too', () => {
    expect(reported('-v "%USERPROFILE%\\x":/y %CD% $x', 'cmd')).toEqual([
      'variable %USERPROFILE%',
      'variable %CD%',
    ]);
  });
});

it.each<[Shell, string, number, RegExp]>([
  ['sh', 'a "b', 2, /quote " is not closed/],
  ['sh', "a 'b", 2, /quote ' is not closed/],
  ['sh', "a $'b", 2, /is not closed/],
  ['sh', 'a `b', 2, /is not closed/],
  ['sh', 'a $(b', 2, /is not closed/],
  ['sh', 'a ${b', 2, /is not closed/],
  ['sh', 'a && b', 2, /would not pass "&" on/],
  ['sh', 'a | b', 2, /would not pass "\|" on/],
  ['sh', 'a 2>&1', 3, /would not pass ">" on/],
  ['sh', 'a -v <path>:/x', 5, /would not pass "<" on/],
  ['sh', 'a; b', 3, /second command/],
  ['sh', 'a\nb', 2, /second command/],
  ['powershell', "a 'b", 2, /is not closed/],
  ['powershell', 'a "b', 2, /is not closed/],
  ['powershell', 'a | b', 2, /would not pass/],
  ['powershell', 'a; b', 3, /second command/],
  ['cmd', 'a "b', 2, /is not closed/],
  ['cmd', 'a & b', 2, /would not pass/],
  ['cmd', 'a\nb', 2, /second command/],
])('%s refuses %j at %d', (shell, line, start, about) => {
  const error = thrownBy(() => tokenise(line, shell));
  expect(error).toBeInstanceOf(LineError);
  expect(error).toMatchObject({ start, end: line.length, kind: 'invalid' });
  expect(error?.message).toMatch(about);
});

it('finds out which shell a line was written for', () => {
  expect(detectShell('docker run \\\n x')).toBe('sh');
  expect(detectShell('docker run `\n x')).toBe('powershell');
  expect(detectShell('PS C:\\Users\\me> docker run x')).toBe('powershell');
  expect(detectShell('docker run ^\r\n x')).toBe('cmd');
  expect(detectShell('C:\\Users\\me>docker run x')).toBe('cmd');
});

it.each([
  '$ ',
  '# ',
  '> ',
  'root@host:~# ',
  '❯ ',
  'PS C:\\Program Files> ',
  'C:\\>',
  '# a comment\n  # another\n$ ',
  '\n  ',
])('knows the prompt %j', (prompt) => {
  const expected = prompt.trim() === '' ? 0 : prompt.length;
  expect(promptLength(`${prompt}docker run x`)).toBe(expected);
  expect(promptLength(`${prompt}sudo docker run x`)).toBe(expected);
});

describe('properties', () => {
  const character = fc.constantFrom(...Array.from('ab \t\n\r\'"\\`^$(){}%~#;&|<>=-é😀'));

  it.each(SHELLS)('%s throws nothing but its own error, and its words cover the line in order', (shell) => {
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 60 }), (line) => {
        const error = thrownBy(() => {
          let last = 0;
          for (const { start, end, expansions } of tokenise(line, shell)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            for (const { text, ...span } of expansions) expect(line.slice(span.start, span.end)).toBe(text);
            last = end;
          }
          expect(last).toBeLessThanOrEqual(line.length);
        });
        if (error) expect(error).toBeInstanceOf(LineError);
      }),
      { numRuns: 150 },
    );
  });

  it.each(SHELLS)('%s takes linear time', (shell) => {
    const units = [
      'a',
      ' ',
      '\\',
      '"',
      "'",
      '`',
      '^',
      '$',
      '$(',
      '${',
      '#',
      '%',
      '%a',
      '~',
      ';',
      '\n',
      '\\\n',
      'a ',
      '$a ',
      '"" ',
    ];
    expectLinear(units, (line) => {
      detectShell(line);
      promptLength(line);
      tokenise(line, shell);
    });
  });
});
