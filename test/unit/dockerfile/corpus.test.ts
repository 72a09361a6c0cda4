import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseModel } from '../../../src/dockerfile/model/model';
import { ruleInfo, ruleNames } from '../../../src/dockerfile/rules/catalog';
import type { Finding } from '../../../src/dockerfile/rules/finding';
import { lint } from '../../../src/dockerfile/rules/lint';
import { corpusFile, data, hasCorpus, realFolder, realNames } from './support';

interface Case {
  readonly name: string;
  readonly engine: string;
  readonly dockerfile: string;
  readonly rule: string;
  readonly expect: 'catch' | 'clean';
  readonly lines?: readonly number[];
  readonly dockerignore?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
}

// QUAYSIDE_SCORES=1 prints the scores by rule.
if (!hasCorpus) console.log(`Skipped: no corpus in ${data}; QUAYSIDE_TEST_DATA names another folder.`);

/** What a rule of hadolint's is called here, where a check of BuildKit's says the same. */
const names = (finding: Finding): string[] => [finding.rule, ...ruleInfo(finding.rule).aliases];

function findingsOf(one: Case): Finding[] {
  return lint(parseModel(one.dockerfile), {
    ignore: one.dockerignore,
    check: one.buildArgs?.['BUILDKIT_DOCKERFILE_CHECK'],
  });
}

/** What is wrong with the answer to a case; undefined when nothing is. */
function mistake(one: Case): string | undefined {
  const findings = findingsOf(one);
  const buildkit = findings.filter(({ rule }) => ruleInfo(rule).kind === 'buildkit');
  const shown = buildkit.map(({ rule, line }) => `${rule}:${line + 1}`).join(' ');
  if (one.rule.startsWith('parse-error'))
    return findings.some(({ rule }) => ruleInfo(rule).kind === 'syntax') ? undefined : 'no syntax finding';
  if (one.rule === '*') {
    const errors = findings.filter(({ rule }) => ruleInfo(rule).severity === 'error');
    if (errors.length > 0) return `error ${errors[0]?.rule ?? ''}`;
    return buildkit.length === 0 ? undefined : shown;
  }
  const found = findings.filter((finding) => names(finding).includes(one.rule));
  if (one.expect === 'clean') return found.length === 0 ? undefined : `found ${one.rule}`;
  if (found.length === 0) return `missing ${one.rule}`;
  if (!one.lines) return undefined;
  const lines = found.map(({ line }) => line + 1).sort((a, b) => a - b);
  return JSON.stringify(lines) === JSON.stringify(one.lines) ? undefined : `lines ${lines.join(' ')}`;
}

describe.skipIf(!hasCorpus)('the corpus', () => {
  const cases = hasCorpus ? (JSON.parse(readFileSync(corpusFile, 'utf8')) as Case[]) : [];

  test('every case of BuildKit: the rule, and the lines', () => {
    const wrong = cases
      .filter(({ engine }) => engine !== 'hadolint')
      .map((one) => [one.name, mistake(one)])
      .filter(([, what]) => what !== undefined);
    expect(wrong).toEqual([]);
    if (process.env['QUAYSIDE_SCORES']) console.log(scores(cases));
  });

  test('at least 95 % of the cases of hadolint, of the rules that are taken', () => {
    const taken = new Set(ruleNames().flatMap((name) => [name, ...ruleInfo(name).aliases]));
    const of = cases.filter(({ engine, rule }) => engine === 'hadolint' && taken.has(rule));
    const wrong = of.map((one) => [one.name, mistake(one)]).filter(([, what]) => what !== undefined);
    if (wrong.length > 0) console.log(wrong);
    console.log(`${of.length - wrong.length} of ${of.length} cases of hadolint, ${taken.size} rules`);
    expect(wrong.length).toBeLessThanOrEqual(of.length * 0.05);
    expect(
      new Set(cases.filter(({ engine }) => engine === 'hadolint').map(({ rule }) => rule)).size,
    ).toBeGreaterThan(40);
  });
});

/** How many cases of each rule are answered rightly, as Markdown. */
function scores(cases: readonly Case[]): string {
  const byRule = new Map<string, [right: number, all: number]>();
  for (const one of cases) {
    const key = `${one.engine} | ${one.rule}`;
    const [right, all] = byRule.get(key) ?? [0, 0];
    byRule.set(key, [right + (mistake(one) === undefined ? 1 : 0), all + 1]);
  }
  const rows = [...byRule].sort(([a], [b]) => a.localeCompare(b));
  return ['| engine | rule | right |', '| --- | --- | --- |']
    .concat(rows.map(([key, [right, all]]) => `| ${key} | ${right} of ${all} |`))
    .join('\n');
}

describe.skipIf(!hasCorpus)('files that people build', () => {
  test.each(realNames())('%s has no error', (name) => {
    const text = readFileSync(path.join(realFolder, name), 'utf8');
    const errors = lint(parseModel(text)).filter(({ rule }) => ruleInfo(rule).severity === 'error');
    expect(errors.map(({ rule, line, args }) => [rule, line + 1, ...args])).toEqual([]);
  });
});
