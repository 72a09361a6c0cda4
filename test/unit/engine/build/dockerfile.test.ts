import { describe, expect, test } from 'vitest';
import { instructionAt, opensHeredoc, scanDockerfile } from '../../../../src/engine/build/dockerfile';

const rows = (text: string, heredocs = false): [string, number, number][] =>
  scanDockerfile(text, { heredocs }).map(({ text: whole, line, endLine }) => [whole, line, endLine]);

describe('instructions and their lines', () => {
  test('one on each line, comments and blank lines between', () => {
    expect(rows('# a file\n\nFROM a\n# more\nRUN b\n\n')).toEqual([
      ['FROM a', 3, 3],
      ['RUN b', 5, 5],
    ]);
  });

  test('one over several lines, with comments and blank lines within', () => {
    expect(rows('FROM a\nRUN one && \\\n  # why\n\n  two \\  \n  three\nCMD x')).toEqual([
      ['FROM a', 1, 1],
      ['RUN one &&   two   three', 2, 6],
      ['CMD x', 7, 7],
    ]);
  });

  test('one that goes on at the end of the file, or over comments alone', () => {
    expect(rows('RUN a \\')).toEqual([['RUN a', 1, 1]]);
    expect(rows('RUN a \\\n# b\n# c\n')).toEqual([['RUN a', 1, 1]]);
  });

  test('one that begins with nothing but the escape', () => {
    expect(rows('\\\nRUN a\n')).toEqual([['RUN a', 1, 2]]);
    expect(rows('\\\n')).toEqual([]);
  });

  test('the escape that a directive names, first thing in the file', () => {
    expect(rows('# escape=`\nRUN a `\n b\nCOPY x c:\\\nCMD y')).toEqual([
      ['RUN a  b', 2, 3],
      ['COPY x c:\\', 4, 4],
      ['CMD y', 5, 5],
    ]);
    expect(rows('# syntax=docker/dockerfile:1\n# escape = `\nRUN a `\nb')).toEqual([['RUN a b', 3, 4]]);
    expect(rows('# just words\n# escape=`\nRUN a `\nCMD b')).toEqual([
      ['RUN a `', 3, 3],
      ['CMD b', 4, 4],
    ]);
    expect(rows('\n# escape=`\nRUN a `\nCMD b')).toHaveLength(2);
  });

  test('a mark of byte order and CRLF change nothing', () => {
    expect(rows('\uFEFFFROM a\r\nRUN b \\\r\n  c\r\n')).toEqual([
      ['FROM a', 1, 1],
      ['RUN b   c', 2, 3],
    ]);
  });

  test('keywords in capitals, however they are written', () => {
    expect(scanDockerfile('from a\n  Run b', { heredocs: false }).map(({ keyword }) => keyword)).toEqual([
      'FROM',
      'RUN',
    ]);
  });
});

describe('heredocs', () => {
  const text =
    'FROM a\nRUN <<EOF sh\nRUN not this\nEOF\nCOPY <<-ONE <<"TWO" /x/\none\n\tONE\ntwo\nTWO\nRUN cat <<< x\nCMD b';

  test('are part of their instruction for a builder that knows them', () => {
    expect(rows(text, true)).toEqual([
      ['FROM a', 1, 1],
      ['RUN <<EOF sh', 2, 4],
      ['COPY <<-ONE <<"TWO" /x/', 5, 9],
      ['RUN cat <<< x', 10, 10],
      ['CMD b', 11, 11],
    ]);
  });

  test('are nothing to one that does not', () => {
    expect(rows(text)).toHaveLength(11);
    expect(
      scanDockerfile(text, { heredocs: false })
        .filter(opensHeredoc)
        .map(({ line }) => line),
    ).toEqual([2, 5]);
  });

  test('without an end go on to the end of the file', () => {
    expect(rows('RUN <<EOF\na\nb', true)).toEqual([['RUN <<EOF', 1, 3]]);
  });
});

test('the instruction of a line', () => {
  const instructions = scanDockerfile('FROM a\n\nRUN b \\\n c\n', { heredocs: false });
  expect([1, 2, 3, 4, 5].map((line) => instructionAt(instructions, line)?.keyword)).toEqual([
    'FROM',
    undefined,
    'RUN',
    'RUN',
    undefined,
  ]);
});

test('time grows with the length of the file', () => {
  const text = `${'RUN <<A <<B\n'.repeat(3)}${'RUN a \\\n'.repeat(50_000)}${'1'.repeat(100_000)}`;
  const began = performance.now();
  scanDockerfile(text, { heredocs: true });
  expect(performance.now() - began).toBeLessThan(2000);
});
