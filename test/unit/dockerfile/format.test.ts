import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { format } from '../../../src/dockerfile/language/format';
import { parseModel } from '../../../src/dockerfile/model/model';

function formatted(text: string, indent = '    '): string {
  let out = text;
  for (const { start, end, text: put } of format(parseModel(text), indent).reverse())
    out = out.slice(0, start) + put + out.slice(end);
  return out;
}

/** What the builder gets of a file, blanks between words left aside. */
function said(text: string): unknown[] {
  return parseModel(text).instructions.map((instruction) => {
    const inner = instruction.trigger ?? instruction;
    return {
      keyword: [instruction.keyword, inner.keyword],
      flags: inner.flags.map((flag) => flag.text),
      json: inner.json?.items.map(({ value }) => value),
      properties: inner.properties.map(({ name, value }) => [name, value]),
      quoted: inner.rest.text.match(/"(?:[^"\\]|\\.)*"|'[^']*'/g),
      rest: inner.rest.text.replace(/\s+/g, ' ').trim().replace(/ as /i, ' AS '),
      heredocs: instruction.heredocs.map(({ name, content }) => [
        name,
        text.slice(content.start, content.end),
      ]),
    };
  });
}

describe('formatting', () => {
  test('keywords, blanks, continued lines and empty lines', () => {
    const text = [
      '  FROM   alpine:3   as   build  ', '', '  ', '', '', 'run apk add \\', 'a \\  ', '  b', 'ENV A=1   B="x  y"  ', 'COPY  --chown=a   b   c',
      'EXPOSE 80   81', '',
    ].join('\n'); // prettier-ignore
    expect(formatted(text).split('\n')).toEqual([
      'FROM alpine:3 AS build', '', '', 'RUN apk add \\', '    a \\', '      b', 'ENV A=1 B="x  y"', 'COPY --chown=a b c',
      'EXPOSE 80 81', '',
    ]); // prettier-ignore
  });

  test('a file in lower case stays so, and tabs are taken where they are asked for', () => {
    expect(formatted('from a AS b\nrun x \\\n   y\ncmd z\n', '\t')).toBe(
      'from a as b\nrun x \\\n\ty\ncmd z\n',
    );
  });

  test('what it must not touch', () => {
    for (const text of [
      'FROM a\nRUN <<EOF\n   x  \n\n\n\n\t y\nEOF\n',
      'FROM a\nRUN <<EOF cat   >  x \nb\nEOF\n',
      'FROM a\nCMD [ "a",   "b" ]\n',
      'FROM a\nRUN echo "a   \\\nb   \\\n     c"\n',
      'FROM a\nRUN echo "$(cat "a \\\nb")"\n',
      'FROM a\nRUN ec\\\nho\n',
      'FROM a\nENV A b   c \\\nd\n',
      'FROM a\n#   x   \n#y\n',
      'FROM a\nRUN a \\\n# b   \n    c\n',
      "FROM a\nRUN awk '{ \\\nprint }'\n",
      'FROM a\nMAINTAINER a   b\n',
    ])
      expect(formatted(text), text).toBe(text);
  });

  test('Windows line ends and the other escape character', () => {
    expect(formatted('# escape=`\r\nFROM  a\r\nRUN dir ` \r\nC:\\\r\n')).toBe(
      '# escape=`\r\nFROM a\r\nRUN dir `\r\n    C:\\\r\n',
    );
  });
});

const data =
  process.env['QUAYSIDE_TEST_DATA'] ?? path.resolve(import.meta.dirname, '../../../../shared/data');
const corpus = path.join(data, 'dockerfile-lint-corpus.json');
const folder = path.join(data, 'dockerfiles');

describe.skipIf(!existsSync(corpus) || !existsSync(folder))('every file of the corpus', () => {
  const cases = existsSync(corpus)
    ? (JSON.parse(readFileSync(corpus, 'utf8')) as { dockerfile: string }[]).map(
        ({ dockerfile }) => dockerfile,
      )
    : [];
  const real = existsSync(folder)
    ? readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'))
    : [];

  test('says the same afterwards, and a second time changes nothing', () => {
    expect(cases.length + real.length).toBeGreaterThan(250);
    const changed = [...cases, ...real].filter((text) => {
      const once = formatted(text);
      return JSON.stringify(said(once)) !== JSON.stringify(said(text)) || formatted(once) !== once;
    });
    expect(changed).toEqual([]);
  }, 30_000);
});
