import { describe, expect, test } from 'vitest';
import { parseAnsi, plain } from '../../../../webview/logs/ansi';
import { hiddenIn } from '../../../../webview/logs/controls';
import { fieldsOf, mayHaveFields } from '../../../../webview/logs/fields';
import { levelOfText } from '../../../../webview/logs/level';
import { linksIn } from '../../../../webview/logs/links';
import { piecesOf } from '../../../../webview/logs/pieces';
import { continues, type Trace } from '../../../../webview/logs/stack';
import { momentOf, stamp } from '../../../../webview/logs/when';

const E = '\x1b';

describe('escape sequences', () => {
  const styles = (text: string) => {
    const parsed = parseAnsi(text);
    return parsed.styled.map(({ from, to, style }) => [parsed.plain.slice(from, to), style]);
  };

  test('colours and letters, of 16, of 256, and any', () => {
    expect(styles(`a${E}[31;1mred${E}[0m b ${E}[94mblue${E}[39mnone`)).toEqual([
      ['red', { color: 1, bold: true }],
      ['blue', { color: 12 }],
    ]);
    expect(styles(`${E}[38;5;9mlow${E}[38;5;208mcube${E}[48;5;232mgrey`)).toEqual([
      ['low', { color: 9 }],
      ['cube', { color: 'rgb(255, 135, 0)' }],
      ['grey', { color: 'rgb(255, 135, 0)', background: 'rgb(8, 8, 8)' }],
    ]);
    expect(styles(`${E}[38;2;1;2;3mtrue${E}[7mturned${E}[27;38;2;999;0;0msame`)).toEqual([
      ['true', { color: 'rgb(1, 2, 3)' }],
      ['turned', { color: 'rgb(1, 2, 3)', inverse: true }],
      ['same', { color: 'rgb(1, 2, 3)' }],
    ]);
    expect(styles(`${E}[m${E}[4m${E}[24mnothing`)).toEqual([]);
  });

  test('whatever else a terminal obeys is left out; half a sequence is text', () => {
    expect(
      plain(`${E}]0;title\x07a${E}]8;;http://x${E}\\link${E}]8;;${E}\\ ${E}[2J${E}[1;1Hb${E}(Bc${E}=d`),
    ).toBe('alink bcd');
    expect(plain(`a${E}[3`)).toBe(`a${E}[3`);
    expect(plain(`${E}]0;never ends`)).toBe(`${E}]0;never ends`);
  });

  test('a sequence without an end takes no time', () => {
    const began = performance.now();
    plain(`${E}]`.repeat(50_000));
    parseAnsi(`${E}[`.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

test('characters without a look have a name', () => {
  expect(hiddenIn('a\0\tb\u202e\u200b\x7f\x85\ufeff').map(({ at, label }) => [at, label])).toEqual([
    [1, '␀'],
    [4, 'U+202E'],
    [5, 'U+200B'],
    [6, '␡'],
    [7, 'U+0085'],
    [8, 'U+FEFF'],
  ]);
});

test('a line is cut wherever something begins or ends', () => {
  const pieces = piecesOf('ab\u202ecd', [{ from: 1, to: 4, style: { color: 1 } }], [[0, 2]], []);
  expect(pieces.map(({ text, style, found, control }) => [text, style?.color, found, control])).toEqual([
    ['a', undefined, true, false],
    ['b', 1, true, false],
    ['U+202E', 1, false, true],
    ['c', 1, false, false],
    ['d', undefined, false, false],
  ]);
});

test.each([
  ['2025-01-31T09:00:00Z ERROR cannot connect', 'error'],
  ['[warn] low on space', 'warn'],
  ['warning: unused variable', 'warn'],
  ['{"level":"info","msg":"an error in a word"}', 'info'],
  ['{"level":50,"msg":"pino"}', 'error'],
  ['time=x level=debug msg="error"', 'debug'],
  ['E0131 09:00:00.000000       1 main.go:10] klog', 'error'],
  ['TypeError: x is not a function', 'error'],
  ['Traceback (most recent call last):', 'error'],
  ['2025/01/31 09:00:00 [notice] 1#1: start worker', 'info'],
  ['GET /error-page 200', 'none'],
  ['no errors were found, all information is here', 'none'],
  ['just a line', 'none'],
  ['', 'none'],
] as const)('the level of %j is %s', (text, level) => {
  expect(levelOfText(text)).toBe(level);
});

test('stack traces of several languages are folded, and nothing else is', () => {
  const folded = (text: string) => {
    let trace: Trace = 'none';
    return text
      .split('\n')
      .map((line) => {
        const { continues: goes, trace: next } = continues(line, trace);
        trace = next;
        return goes ? '+' : '-';
      })
      .join('');
  };
  expect(folded('TypeError: x\n    at a (/app/a.js:1:2)\n    at b\nnext')).toBe('-++-');
  expect(folded('java.lang.X: y\n\tat a.B.c(B.java:1)\nCaused by: z\n\tat d\n\t... 3 more\nnext')).toBe(
    '-++++-',
  );
  expect(
    folded('Traceback (most recent call last):\n  File "/a.py", line 1, in f\n    g()\nValueError: x\nnext'),
  ).toBe('-++--');
  expect(folded('panic: boom\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:5 +0x1d\nnext line')).toBe(
    '-+++-',
  );
  expect(folded('services:\n  web:\n    image: x\n      banner\n at the end')).toBe(
    '-----'.replace(/-$/, '+'),
  );
  expect(folded('{\n  "a": 1\n}')).toBe('---');
});

test('places in files, and no hosts, addresses or times', () => {
  const said = (text: string) => linksIn(text).map(({ path, line, column }) => [path, line, column]);
  expect(said('    at handle (/app/src/a.js:12:7)')).toEqual([['/app/src/a.js', 12, 7]]);
  expect(said('  File "/app/my app.py", line 3, in f')).toEqual([['/app/my app.py', 3, undefined]]);
  expect(said('src/a.ts:1 and ./b.go:22:3: bad')).toEqual([
    ['src/a.ts', 1, undefined],
    ['./b.go', 22, 3],
  ]);
  expect(said('at file:///app/x.mjs:5:1')).toEqual([['/app/x.mjs', 5, 1]]);
  expect(said('PHP Warning in /var/www/index.php(7)')).toEqual([['/var/www/index.php', 7, undefined]]);
  expect(said('error:src/a.rs:4:2')).toEqual([['src/a.rs', 4, 2]]);
  expect(said('https://example.com:443 10.0.0.1:80 12:30:45 http://localhost/a.js:1')).toEqual([]);
  const began = performance.now();
  linksIn(`${'a/'.repeat(100_000)}.js:1 ${'.js:1'.repeat(20_000)}`);
  expect(performance.now() - began).toBeLessThan(2000);
});

test('the fields of JSON and logfmt', () => {
  expect(fieldsOf('{"a":{"b":1,"c":[1,2]},"d":"x"}')).toEqual([
    { name: 'a.b', value: '1' },
    { name: 'a.c', value: '[1,2]' },
    { name: 'd', value: 'x' },
  ]);
  expect(fieldsOf('INFO {"a":1}')).toEqual([{ name: 'a', value: '1' }]);
  expect(fieldsOf('level=info msg="two \\"words\\"" n=')).toEqual([
    { name: 'level', value: 'info' },
    { name: 'msg', value: 'two "words"' },
    { name: 'n', value: '' },
  ]);
  expect(fieldsOf('a sentence with x=1 in it')).toBeUndefined();
  expect(fieldsOf('{not json')).toBeUndefined();
  expect(mayHaveFields('{"a":1}')).toBe(true);
  expect(mayHaveFields('a=1 b=2')).toBe(true);
  expect(mayHaveFields('plain')).toBe(false);
});

test('a time as people write it', () => {
  const now = Date.UTC(2025, 0, 31, 12);
  expect(momentOf('10m', 'utc', now)).toBe(now - 600_000);
  expect(momentOf('1h30m', 'utc', now)).toBe(now - 5_400_000);
  expect(momentOf('9:30', 'utc', now)).toBe(Date.UTC(2025, 0, 31, 9, 30));
  expect(momentOf('2025-01-30 09:00', 'utc', now)).toBe(Date.UTC(2025, 0, 30, 9));
  expect(momentOf('2025-01-30T09:00:00+02:00', 'local', now)).toBe(Date.UTC(2025, 0, 30, 7));
  expect(momentOf('1738314000.5', 'local', now)).toBe(1738314000500);
  for (const wrong of ['', 'soon', '10', '2025', '99:99'])
    expect(momentOf(wrong, 'utc', now)).toBeUndefined();
  expect(stamp(now, 'utc')).toBe('2025-01-31 12:00:00.000Z');
});
