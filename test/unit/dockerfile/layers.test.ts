import { describe, expect, test } from 'vitest';
import { layerSizes, parseCreatedBy, telling } from '../../../src/dockerfile/language/layers';
import { parseModel } from '../../../src/dockerfile/model/model';

const file =
  'ARG T=3\nFROM alpine:$T AS base\nARG V=1\nRUN apk add \\\n  curl\nFROM base\nENV A=b\nCOPY x /x\nCMD ["x"]\n';

/** Oldest first, as one reads a file. */
const history = (lines: readonly (readonly [string, number])[]): { createdBy: string; size: number }[] =>
  lines.map(([createdBy, size]) => ({ createdBy, size })).reverse();

const buildkit = history([
  ['ADD alpine.tar.gz / # buildkit', 8000],
  ['CMD ["/bin/sh"]', 0],
  ['ARG V=1', 0],
  ['RUN |1 V=1 /bin/sh -c apk add   curl # buildkit', 500],
  ['ENV A=b', 0],
  ['COPY x /x # buildkit', 20],
  ['CMD ["x"]', 0],
]);
const classic = history([
  ['/bin/sh -c #(nop) ADD file:0123 in / ', 8000],
  ['/bin/sh -c #(nop)  CMD ["/bin/sh"]', 0],
  ['/bin/sh -c #(nop)  ARG V=1', 0],
  ['|1 V=1 /bin/sh -c apk add   curl', 500],
  ['/bin/sh -c #(nop)  ENV A=b', 0],
  ['/bin/sh -c #(nop) COPY file:4567 in /x ', 20],
  ['/bin/sh -c #(nop)  CMD ["x"]', 0],
]);

const shown = (text: string, lines: typeof buildkit): string[] | undefined =>
  layerSizes(parseModel(text), lines)?.map(
    ({ instruction, bytes, stale }) => `${instruction.line + 1} ${bytes}${stale ? ' stale' : ''}`,
  );

describe('sizes of layers', () => {
  test.each([
    ['BuildKit', buildkit],
    ['the classic builder', classic],
  ])('from the history of %s', (_name, lines) => {
    expect(shown(file, lines)).toEqual(['2 8000', '3 0', '4 500', '7 0', '8 20', '9 0']);
  });

  test('a command that has changed makes what follows old', () => {
    expect(shown(file.replace('curl', 'wget'), buildkit)).toEqual([
      '2 8000', '3 0', '4 500 stale', '7 0 stale', '8 20 stale', '9 0 stale',
    ]); // prettier-ignore
  });

  test('other instructions than those of the image: nothing is claimed', () => {
    expect(shown(file.replace('ENV', 'LABEL'), buildkit)).toBeUndefined();
    expect(shown(`${file}USER x\n`.repeat(2), buildkit)).toBeUndefined();
    expect(shown('ARG x\n', buildkit)).toBeUndefined();
  });
});

test('a stage on the way is found in the history of an image of it alone', () => {
  const model = parseModel(file);
  const base = buildkit.slice(3);
  expect(layerSizes(model, base)).toBeUndefined();
  expect(layerSizes(model, base, model.stages[0])?.map(({ bytes }) => bytes)).toEqual([8000, 0, 500]);
});

test('an instruction tells when the history says the very same', () => {
  const { instructions } = parseModel(file);
  const said = (createdBy: string, keyword: string): boolean => {
    const instruction = instructions.find((one) => one.keyword === keyword);
    return instruction !== undefined && telling(instruction, parseCreatedBy(createdBy));
  };
  expect(said('RUN |1 V=1 /bin/sh -c apk add   curl # buildkit', 'RUN')).toBe(true);
  expect(said('COPY x /x # buildkit', 'COPY')).toBe(true);
  expect(said('COPY y /x # buildkit', 'COPY')).toBe(false);
  expect(said('/bin/sh -c #(nop) COPY file:1 in /x ', 'COPY')).toBe(false);
  expect(said('ENV A=b', 'ENV')).toBe(true);
});
