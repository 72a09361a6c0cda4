import { describe, expect, test } from 'vitest';
import { choicesOf } from '../../../../src/engine/build/choices';

describe('the arguments of a Dockerfile', () => {
  test.each([
    ['none', 'FROM a\nRUN ARG=1\n# ARG NO', []],
    ['with and without a value', 'ARG A\nARG B=1\nFROM a', [{ name: 'A' }, { name: 'B', value: '1' }]],
    [
      'several in one instruction',
      'FROM a\nARG A=1 B \\\n  C="x y"',
      [{ name: 'A', value: '1' }, { name: 'B' }, { name: 'C', value: 'x y' }],
    ],
    ['repeated in a stage', 'ARG A=1\nFROM a\nARG A\nFROM b\nARG A=2', [{ name: 'A', value: '1' }]],
    ['a value that comes later', 'ARG A\nFROM a\nARG A=2', [{ name: 'A', value: '2' }]],
    [
      'quotes, and what is in them',
      `FROM a\nARG A='a "b"' B="c \\"d\\" $E" C=x"y z"`,
      [
        { name: 'A', value: 'a "b"' },
        { name: 'B', value: 'c "d" $E' },
        { name: 'C', value: 'xy z' },
      ],
    ],
    [
      'what the builder gives',
      'ARG BUILDPLATFORM\nFROM a\nARG TARGETARCH\nARG http_proxy\nARG A',
      [{ name: 'A' }],
    ],
    ['what is no name', 'FROM a\nARG 1=2 =3 $X', []],
    ['an empty value', 'ARG A=\nFROM a', [{ name: 'A', value: '' }]],
  ])('%s', (_, text, expected) => {
    expect(choicesOf(text).args).toEqual(expected);
  });
});

describe('the stages of a Dockerfile', () => {
  test.each([
    ['one without a name', 'FROM a', [], false],
    ['several', 'FROM a AS one\nFROM one as two\nFROM two', ['one', 'two'], false],
    ['the last too', 'FROM a AS one\nFROM --platform=$BUILDPLATFORM one AS two', ['one', 'two'], true],
    ['no instructions', '', [], false],
  ])('%s', (_, text, stages, lastIsNamed) => {
    expect(choicesOf(text)).toMatchObject({ stages, lastIsNamed });
  });
});
