import { describe, expect, test } from 'vitest';
import { parseModel } from '../../../src/dockerfile/model/model';
import { conversions } from '../../../src/dockerfile/rules/convert';
import { apply, fixAll } from '../../../src/dockerfile/rules/fixAll';
import type { LintContext } from '../../../src/dockerfile/rules/finding';
import { skips } from '../../../src/dockerfile/rules/skip';
import { check, texts } from './support';

/** The text after the first fix of a rule's first finding. */
function fixed(text: string, rule: string, context: LintContext = {}, which = 0): string | undefined {
  const fix = check(text, context).find((one) => one.rule === rule)?.fixes[which];
  return fix && apply(text, fix.edits);
}

describe('a fix changes what it is about', () => {
  test.each([
    ['StageNameCasing', 'FROM a:1 AS Ab # x', undefined],
    ['StageNameCasing', 'FROM a:1  AS  Ab\nUSER x', 'FROM a:1  AS  ab\nUSER x'],
    ['FromAsCasing', 'FROM a:1 as b\nCOPY  . /x', 'FROM a:1 AS b\nCOPY  . /x'],
    ['ConsistentInstructionCasing', 'FROM a:1\nRun  x \\\n  y', 'FROM a:1\nRUN  x \\\n  y'],
    ['NoEmptyContinuation', 'FROM a:1\nRUN x \\\n\n\n  y', 'FROM a:1\nRUN x \\\n  y'],
    [
      'MaintainerDeprecated',
      'FROM a:1\nMAINTAINER A "B" $c',
      'FROM a:1\nLABEL org.opencontainers.image.authors="A B \\$c"',
    ],
    ['LegacyKeyValueFormat', 'FROM a:1\nENV  A b c', 'FROM a:1\nENV  A="b c"'],
    ['LegacyKeyValueFormat', 'FROM a:1\nLABEL A "b c"', 'FROM a:1\nLABEL A="b c"'],
    ['RedundantTargetPlatform', 'FROM --platform=$TARGETPLATFORM  a:1', 'FROM a:1'],
    ['UndefinedArgInFrom', 'ARG TAG=1\nFROM a:${TGA:+x}$TAK', 'ARG TAG=1\nFROM a:${TGA:+x}$TAG'],
    ['UndefinedArgInFrom', '# c\nFROM a:$OTHER', '# c\nARG OTHER\nFROM a:$OTHER'],
    ['ExposeProtoCasing', 'FROM a:1\nEXPOSE 80/TCP 90', 'FROM a:1\nEXPOSE 80/tcp 90'],
    ['ExposeInvalidFormat', 'FROM a:1\nEXPOSE 1 80:90/tcp', 'FROM a:1\nEXPOSE 1 90/tcp'],
    ['JSONArgsRecommended', 'FROM a:1\nCMD node  "a b" x', 'FROM a:1\nCMD ["node", "a b", "x"]'],
    ['JSONArgsRecommended', 'FROM a:1\nCMD a && b', 'FROM a:1\nCMD ["/bin/sh", "-c", "a && b"]'],
    [
      'UndefinedVar',
      'FROM scratch\nARG FOO=1\nCOPY ${FOOO:-}$FOOO .',
      'FROM scratch\nARG FOO=1\nCOPY ${FOOO:-}$FOO .',
    ],
    ['unknown-instruction', 'FROM a:1\nCOPI --link a  b', 'FROM a:1\nCOPY --link a  b'],
    ['unknown-flag', 'FROM a:1\nCOPY --form=x a b', 'FROM a:1\nCOPY --from=x a b'],
    ['json-form', "FROM a:1\nCMD ['a', 'b']", 'FROM a:1\nCMD ["a", "b"]'],
    ['DL3014', 'FROM a:1\nRUN apt-get install \\\n  x=1', 'FROM a:1\nRUN apt-get install -y \\\n  x=1'],
    ['DL3019', 'FROM a:1\nRUN <<EOF\napk add x=1\nEOF', 'FROM a:1\nRUN <<EOF\napk add --no-cache x=1\nEOF'],
    ['DL3020', 'FROM a:1\nADD --chown=1 x /y', 'FROM a:1\nCOPY --chown=1 x /y'],
    ['DL3021', 'FROM a:1\nCOPY a b "/c"', 'FROM a:1\nCOPY a b "/c/"'],
    ['DL3027', 'FROM a:1\nRUN apt install -y x=1', 'FROM a:1\nRUN apt-get install -y x=1'],
    ['DL3059', 'FROM a:1\nRUN a\nRUN b \\\n c', 'FROM a:1\nRUN a \\\n    && b \\\n c'],
  ])('%s: %j', (rule, text, expected) => {
    expect(fixed(text, rule)).toBe(expected);
    if (expected !== undefined) expect(check(expected).filter((one) => one.rule === rule)).toEqual([]);
  });

  test('an image is pinned to the digest that is there', () => {
    const digest = `debian@sha256:${'a'.repeat(64)}`;
    const base = { env: {}, shell: undefined, user: '', platform: 'linux/amd64', digest };
    expect(fixed('FROM debian:12 AS x\nFROM debian', 'DL3006', { base: () => base })).toBe(
      `FROM debian:12 AS x\nFROM debian${digest.slice(6)}`,
    );
  });

  test('all safe ones at once, and a second time nothing is left to do', () => {
    for (const text of texts()) {
      const before = parseModel(text);
      const once = apply(text, fixAll(check(text)));
      const after = parseModel(once);
      // ADD may be COPY then, and MAINTAINER LABEL; nothing comes or goes.
      expect(after.instructions).toHaveLength(before.instructions.length);
      const unchanged = ({ keyword }: { keyword: string }): boolean =>
        !/^(?:ADD|COPY|MAINTAINER|LABEL)$/.test(keyword);
      expect(after.instructions.filter(unchanged).map(({ keyword }) => keyword)).toEqual(
        before.instructions.filter(unchanged).map(({ keyword }) => keyword),
      );
      expect(apply(once, fixAll(check(once)))).toBe(once);
      const errors = (file: string): number => check(file).filter(({ rule }) => /^[a-z]/.test(rule)).length;
      expect(errors(once)).toBeLessThanOrEqual(errors(text));
    }
  }, 60_000);
});

describe('a rule is skipped', () => {
  /** The text after each of the two ways. */
  function skipped(text: string, rule: string): (string | undefined)[] {
    const model = parseModel(text);
    const finding = check(text).find((one) => one.rule === rule);
    return finding ? skips(model, finding).map(({ edits }) => apply(text, edits)) : [];
  }

  test.each([
    [
      'MaintainerDeprecated',
      'FROM a:1\nMAINTAINER x',
      [
        'FROM a:1\n# check=skip=MaintainerDeprecated\nMAINTAINER x',
        '# check=skip=MaintainerDeprecated\nFROM a:1\nMAINTAINER x',
      ],
    ],
    [
      'MaintainerDeprecated',
      '# check=skip=A;error=true\r\nFROM a:1\r\n  MAINTAINER x',
      [
        '# check=skip=A;error=true\r\nFROM a:1\r\n  # check=skip=MaintainerDeprecated\r\n  MAINTAINER x',
        '# check=skip=A,MaintainerDeprecated;error=true\r\nFROM a:1\r\n  MAINTAINER x',
      ],
    ],
    [
      'StageNameCasing',
      'FROM scratch\n# check=skip=JSONArgsRecommended // why\nFROM a:1 AS B',
      ['FROM scratch\n# check=skip=JSONArgsRecommended,StageNameCasing // why\nFROM a:1 AS B', undefined],
    ],
    [
      'DL3004',
      'FROM a:1\n# hadolint ignore=DL3003\nRUN sudo x',
      [
        'FROM a:1\n# hadolint ignore=DL3003,DL3004\nRUN sudo x',
        '# hadolint global ignore=DL3004\nFROM a:1\n# hadolint ignore=DL3003\nRUN sudo x',
      ],
    ],
  ] as const)('%s: %j', (rule, text, expected) => {
    const all = skipped(text, rule);
    for (const [at, want] of expected.entries()) if (want !== undefined) expect(all[at]).toBe(want);
    for (const one of all) {
      const left = check(one ?? '').filter((finding) => finding.rule === rule);
      expect(left).toEqual([]);
    }
  });

  test('in any file, either way, one finding is gone and no other has come', () => {
    for (const text of texts().filter((_, at) => at % 3 === 0)) {
      const model = parseModel(text);
      const all = check(text);
      for (const finding of all.slice(0, 2)) {
        for (const { edits } of skips(model, finding)) {
          if (edits.length === 0) continue;
          const rules = check(apply(text, edits)).map(({ rule }) => rule);
          const count = (list: readonly string[]): number =>
            list.filter((rule) => rule === finding.rule).length;
          const was = all.map(({ rule }) => rule);
          expect(count(rules), `${finding.rule} in ${apply(text, edits)}`).toBeLessThan(count(was));
          expect(rules.filter((rule) => rule !== finding.rule)).toEqual(
            was.filter((rule) => rule !== finding.rule),
          );
        }
      }
    }
  }, 60_000);
});

test('a chain becomes a heredoc, and that a chain again', () => {
  const converted = (text: string): string | undefined => {
    const model = parseModel(text);
    const run = model.instructions.at(-1);
    const [fix] = run ? conversions(model, run) : [];
    return fix && apply(text, fix.edits);
  };
  const chain = 'FROM a:1\nRUN --network=none a "b && c" \\\n    && d | e';
  const heredoc = 'FROM a:1\nRUN --network=none <<EOF\nset -e\na "b && c"\nd | e\nEOF';
  expect(converted(chain)).toBe(heredoc);
  expect(converted(heredoc)).toBe(chain);
  for (const none of [
    'RUN a',
    'RUN a || b && c',
    'RUN ["a"]',
    'RUN a \\\n # c\n && b',
    'RUN <<EOF\nif a\nthen b\nfi\nEOF',
    'CMD a && b',
  ])
    expect(converted(`FROM a:1\n${none}`)).toBeUndefined();
});
