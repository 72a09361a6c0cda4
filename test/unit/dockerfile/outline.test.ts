import { describe, expect, test } from 'vitest';
import { folds } from '../../../src/dockerfile/language/folds';
import { outline, type Entry } from '../../../src/dockerfile/language/outline';
import { selectionsAt } from '../../../src/dockerfile/language/selections';
import { parseModel } from '../../../src/dockerfile/model/model';

/** Names and details as a nested list. */
const shape = (entries: readonly Entry[]): unknown[] =>
  entries.map(({ name, detail, final, children }) => [
    `${name}${detail && ` | ${detail}`}${final ? ' *' : ''}`,
    ...shape(children),
  ]);

describe('the outline', () => {
  test('stages hold their instructions; what stands before the first is beside them', () => {
    const model = parseModel(
      'ARG TAG=3\nFROM alpine:$TAG AS build\nENV A=1 B=2\nENV C=3\nRUN echo \\\n  hi\n\nFROM build\nLABEL a=b\nEXPOSE 80/tcp\nonbuild run x\n',
    );
    expect(shape(outline(model))).toEqual([
      ['ARG TAG | 3'],
      ['build | alpine:$TAG', ['ENV | A=1 B=2', ['A | 1'], ['B | 2']], ['ENV C | 3'], ['RUN | echo hi']],
      ['build *', ['LABEL a | b'], ['EXPOSE | 80/tcp'], ['ONBUILD | run x']],
    ]);
  });

  test('a selection lies within its entry, and a name is never empty', () => {
    const model = parseModel('FROM\nENV\nENV =x\nRUN <<EOF\na\nEOF\nFROM a AS\nLABEL ""=b\n');
    const all = (entries: readonly Entry[]): Entry[] => entries.flatMap((one) => [one, ...all(one.children)]);
    for (const { name, selection, start, end } of all(outline(model))) {
      expect(name).not.toBe('');
      expect(selection.start >= start && selection.end <= end, name).toBe(true);
    }
  });
});

describe('folding', () => {
  test('stages, long instructions, heredocs, comments and regions', () => {
    const model = parseModel(
      [
        '# a', '# b', '', '#region one', 'FROM a', 'RUN x \\', ' y', 'RUN <<A cat <<B', '1', 'A', '2', 'B', '# endregion',
        'FROM b', 'CMD x',
      ].join('\n'), // prettier-ignore
    );
    const found = folds(model).map(({ start, end, kind }) => [start, end, kind].join(' ').trim());
    expect(new Set(found)).toEqual(
      new Set(['0 1 comment', '3 12 region', '4 11', '5 6', '7 11', '7 8', '9 10', '13 14']),
    );
  });

  test('a heredoc that is never closed folds to the end', () => {
    expect(folds(parseModel('FROM a\nRUN <<A\nx\ny'))).toContainEqual({ start: 1, end: 3 });
  });
});

describe('a growing selection', () => {
  const grow = (text: string, mark: string): string[] => {
    const model = parseModel(text);
    return selectionsAt(model, text.indexOf(mark) + 1).map(({ start, end }) => text.slice(start, end));
  };

  test('from a key of a mount to the stage and the file', () => {
    const text = 'ARG x\nFROM a\nRUN --mount=type=bind,from=build,target=/x make\n';
    expect(grow(text, 'build')).toEqual([
      'build',
      'from=build',
      'type=bind,from=build,target=/x',
      '--mount=type=bind,from=build,target=/x',
      'RUN --mount=type=bind,from=build,target=/x make',
      'FROM a\nRUN --mount=type=bind,from=build,target=/x make',
      text,
    ]);
  });

  test('from a string of the JSON form without its quotes', () => {
    expect(grow('FROM a\nCMD ["node", "x"]', 'node').slice(0, 3)).toEqual([
      'node',
      '"node"',
      '["node", "x"]',
    ]);
  });

  test('from a line of a heredoc to all of it', () => {
    expect(grow('FROM a\nRUN <<E\none\ntwo\nE\n', 'two').slice(0, 3)).toEqual([
      'two',
      'one\ntwo\n',
      'RUN <<E\none\ntwo\nE',
    ]);
  });
});
