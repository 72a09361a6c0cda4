import { describe, expect, test } from 'vitest';
import { folds } from '../../../src/dockerfile/language/folds';
import { outline } from '../../../src/dockerfile/language/outline';
import { lexShell } from '../../../src/dockerfile/language/shell';
import { tokens } from '../../../src/dockerfile/language/tokens';
import { parseModel } from '../../../src/dockerfile/model/model';

const shown = (text: string): string[] =>
  tokens(parseModel(text)).map(
    ({ start, end, type, declaration }) => `${text.slice(start, end)} ${type}${declaration ? '!' : ''}`,
  );

describe('colours', () => {
  test('stages, images, flags, mounts and variables', () => {
    expect(shown('ARG T=1\nFROM a:$T AS b\nCOPY --from=b --link x y\nRUN --mount=type=bind,from=b true\nEXPOSE 80')).toEqual([
      'ARG keyword', 'T variable!', 'FROM keyword', 'a:$ type', 'T variable', 'AS keyword', 'b namespace!',
      'COPY keyword', '--from parameter', 'b namespace', '--link parameter', 'RUN keyword', '--mount parameter',
      'type property', 'from property', 'b namespace', 'true function', 'EXPOSE keyword', '80 number',
    ]); // prettier-ignore
  });

  test('the shell of a RUN over several lines, with a comment between', () => {
    expect(shown('FROM a\nRUN if [ "$A" = x ]; then \\\n# no\n  apk add --no-cache "b \\\n c" && X=1 y; fi').slice(2)).toEqual([
      'RUN keyword', 'if keyword', '[ function', '" string', 'A variable', '" string', '; operator', 'then keyword',
      'apk function', '--no-cache parameter', '"b string', 'c" string', '&& operator', 'X variable!', 'y function',
      '; operator', 'fi keyword',
    ]); // prettier-ignore
  });

  test('a heredoc that a shell reads, one of Python, and a file', () => {
    expect(shown('FROM a\nRUN <<E\necho $X # c\nE\nRUN <<P\n#!/usr/bin/python3\nprint(1)\nP\nCOPY <<F /f\na $B\nF\n').slice(2)).toEqual([
      'RUN keyword', '<< operator', 'E macro', 'echo function', 'X variable', '# c comment', 'E macro',
      'RUN keyword', '<< operator', 'P macro', '#!/usr/bin/python3 string', 'print(1) string', 'P macro',
      'COPY keyword', '<< operator', 'F macro', 'a $ string', 'B variable', 'F macro',
    ]); // prettier-ignore
  });

  test('no shell where SHELL names another, here or in the stage below', () => {
    const text =
      'FROM a AS b\nSHELL ["pwsh", "-c"]\nRUN echo x\nFROM b\nRUN echo x\nSHELL ["/bin/bash", "-c"]\nRUN echo x\n';
    expect(shown(text).filter((one) => one.startsWith('echo'))).toEqual(['echo function']);
  });

  test('in order, each on one line, none in another', () => {
    const text =
      '# syntax=docker/dockerfile:1\nFROM a\nENV A="x $B y" C=\'d\'\nHEALTHCHECK --interval=3s CMD curl "$X"\nCMD ["a", "$b"]\nRUN <<A cat <<B > c\n1 $x\nA\n2\nB\n';
    const model = parseModel(text);
    let last = 0;
    for (const { start, end } of tokens(model)) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThan(start);
      expect(text.slice(start, end)).not.toContain('\n');
      last = end;
    }
  });
});

describe('the shell', () => {
  const kinds = (text: string): string[] =>
    lexShell(text).map(({ kind, from, to }) => `${text.slice(from, to)}:${kind}`);

  test('loops, cases, substitutions, redirections, heredocs', () => {
    expect(kinds('for f in a b; do x=$(cat "$f" | wc -l) > y; done')).toEqual([
      'for:keyword', 'f:assignment', 'in:keyword', ';:operator', 'do:keyword', 'x:assignment', '$(:operator',
      'cat:command', '":string', 'f:variable', '":string', '|:operator', 'wc:command', '-l:flag', '):operator',
      '>:operator', ';:operator', 'done:keyword',
    ]); // prettier-ignore
    expect(kinds("cat <<X\nit's\nX\nls")).toEqual([
      'cat:command',
      '<<:operator',
      "it's:string",
      'X:string',
      'ls:command',
    ]);
    expect(kinds('a=$((1 << b + $c)); `id`')).toEqual([
      'a:assignment', 'c:variable', ';:operator', '`:operator', 'id:command', '`:operator',
    ]); // prettier-ignore
  });

  test('what is never closed ends with the text', () => {
    for (const open of ['"', "'", '$(', '${', '`', '((', '$((', '<<A\n', '\\', '"$(', '${x:-'])
      for (const text of [`echo ${open}`, open.repeat(300)])
        expect(lexShell(text).filter(({ from, to }) => to <= from || to > text.length)).toEqual([]);
  });
});

describe('time', () => {
  const part =
    'FROM golang:1.22 AS s\nARG V=1\nENV A=$V B="x"\nRUN --mount=type=cache,target=/c apt-get update && \\\n    apt-get install -y "a$V" \\\n    b && rm -rf /x\nRUN <<EOF\nset -e\nif [ -n "$A" ]; then echo $(date); fi\nEOF\nCOPY --from=s /a /b\n';
  const lines = part.split('\n').length - 1;

  function best(count: number): number {
    const model = parseModel(part.replace(/ s\n/, ' s0\n') + part.repeat(Math.ceil(count / lines) - 1));
    let least = Infinity;
    for (let run = 0; run < 12; run += 1) {
      // Of the process: another one that is busy does not count.
      const start = process.cpuUsage();
      tokens(model);
      outline(model);
      folds(model);
      const { user, system } = process.cpuUsage(start);
      least = Math.min(least, (user + system) / 1000);
    }
    return least;
  }

  test('colours, outline and folding of 500 lines take a few milliseconds, and ten times as many about ten times as long', () => {
    best(500);
    const small = best(500);
    const large = best(5000);
    console.log(
      `tokens + outline + folds: ${small.toFixed(1)} ms at 500 lines, ${large.toFixed(1)} ms at 5,000`,
    );
    expect(small).toBeLessThan(20);
    expect(large).toBeLessThan(Math.max(small, 1) * 40);
  }, 30_000);
});
