import { describe, expect, test } from 'vitest';
import { folds } from '../../../src/dockerfile/language/folds';
import { outline } from '../../../src/dockerfile/language/outline';
import { tokens } from '../../../src/dockerfile/language/tokens';
import { parseModel } from '../../../src/dockerfile/model/model';
import type { Finding } from '../../../src/dockerfile/rules/finding';
import { lint } from '../../../src/dockerfile/rules/lint';
import { apply, fixAll } from '../../../src/dockerfile/rules/fixAll';
import { check, everything, mutate, random, shown, texts } from './support';

const rounds = Number(process.env['QUAYSIDE_FUZZ'] ?? 2000);
const seed = Number(process.env['QUAYSIDE_FUZZ_SEED'] ?? Date.now() % 1_000_000);

/** ms of this process's own work: what others do on the machine is not counted. */
function now(): number {
  return process.cpuUsage().user / 1000;
}

/** ms that a pass over 500 lines may take. */
const most = 50;

/** All that follows a keystroke. */
function everyFeature(text: string): Finding[] {
  const model = parseModel(text);
  const findings = lint(model, { ignore: '*.md\nnode_modules\n' });
  for (const { start, end } of [...tokens(model), ...outline(model)])
    if (!(start >= 0 && start <= end && end <= text.length)) throw new Error(`a token at ${start}-${end}`);
  folds(model);
  return findings;
}

/** ms of a run after one that warms up. */
function time(work: () => unknown): number {
  work();
  const start = now();
  work();
  return now() - start;
}

describe('whatever is in a file', () => {
  test(`${rounds} damaged files are read without a throw, each place inside of the text`, () => {
    console.log(`seed ${seed}: QUAYSIDE_FUZZ_SEED=${seed} repeats it, QUAYSIDE_FUZZ=10000 does more`);
    const pick = random(seed);
    const all = texts();
    let slowest = 0;
    for (let round = 0; round < rounds; round += 1) {
      const text = mutate(all[pick(all.length)] ?? everything, pick).slice(0, 60_000);
      const lines = text.split('\n').length;
      const pass = (): Finding[] => {
        try {
          return everyFeature(text);
        } catch (error) {
          throw new Error(`${String(error)} in round ${round} of seed ${seed}: ${JSON.stringify(text)}`, {
            cause: error,
          });
        }
      };
      const start = now();
      const findings = pass();
      let spent = now() - start;
      // The compiler and the collector work beside a pass: what is slow by itself is so again.
      for (let again = 0; spent >= most && again < 3; again += 1) {
        const restart = now();
        pass();
        spent = Math.min(spent, now() - restart);
      }
      if (lines <= 500) slowest = Math.max(slowest, spent);
      for (const { start: from, end, fixes, rule } of findings) {
        if (!(from >= 0 && from <= end && end <= text.length))
          throw new Error(`${rule} at ${from}-${end} of ${text.length}, round ${round} of seed ${seed}`);
        for (const { edits } of fixes)
          for (const edit of edits)
            if (!(edit.start >= 0 && edit.start <= edit.end && edit.end <= text.length))
              throw new Error(`fix of ${rule}`);
      }
      if (round % 10 === 0) apply(text, fixAll(findings));
    }
    console.log(`slowest pass of up to 500 lines: ${slowest.toFixed(1)} ms`);
    expect(slowest).toBeLessThan(most);
  }, 60_000);

  const long = (line: (at: number) => string, count: number): string =>
    Array.from({ length: count }, (_, at) => line(at)).join('\n');

  const bad: readonly (readonly [string, string])[] = [
    ['one line of 1 MB', `FROM scratch\nRUN ${'a b '.repeat(262_144)}\n`],
    ['one word of 1 MB', `FROM scratch\nENV A=${'a'.repeat(1_000_000)}\n`],
    ['quotes, 1 MB of them', `FROM scratch\nENV A=${`"'`.repeat(500_000)}\n`],
    ['braces, 100,000 deep', `FROM scratch\nENV A=${'${a:-'.repeat(100_000)}\n`],
    ['brackets, 100,000 deep', `FROM scratch\nRUN ${'$('.repeat(100_000)}\n`],
    ['NUL bytes', 'FROM scratch\nRUN \0\0\0\nCOPY \0 \0\n\0\0\n'],
    ['everything unclosed', 'FROM scratch AS "\nENV A="b\nCMD ["a\nRUN echo ${x:- $( `\nCOPY <<E /x\nnever\n'],
    ['1,000 stages, each from the one before', long((at) => `FROM ${at === 0 ? 'scratch' : `s${at - 1}`} AS s${at}\nENV A${at}=1`, 1000)],
    ['1,000 stages that copy from each other', long((at) => `FROM scratch AS s${at}\nCOPY --from=s${(at + 1) % 1000} / /x`, 1000)],
    ['a variable of itself, 1,000 times', `FROM scratch\n${long(() => 'ENV a=$a$a$a', 1000)}`],
    ['10,000 heredocs of one line', `FROM scratch\nRUN ${'<<A '.repeat(2000)}\n${long(() => 'A', 2000)}`],
    ['1,000 heredocs without an end', `FROM scratch\n${long((at) => `RUN <<E${at}`, 1000)}`],
    ['20,000 lines that continue', `FROM scratch\nRUN a \\\n${long(() => '  && b \\', 20_000)}\n c\n`],
    ['20,000 empty lines that continue', `FROM scratch\nRUN a \\\n${'\n'.repeat(20_000)}c\n`],
    ['a stage name that makes a pattern go back and forth', `FROM x AS ${'a'.repeat(60)}!\n`],
    ['many mounts', `FROM scratch\nRUN ${'--mount=type=cache,target=/x '.repeat(5000)} a\n`],
  ]; // prettier-ignore

  test.each(bad)(
    '%s: in bounded time',
    (_, text) => {
      expect(time(() => check(text))).toBeLessThan(2000);
    },
    60_000,
  );

  test('stages in a circle are told, and end', () => {
    const text =
      'FROM scratch AS a\nCOPY --from=b / /\nFROM scratch AS b\nCOPY --from=a / /\nFROM scratch\nCOPY --from=2 / /\n';
    expect(shown(text).filter((one) => one.startsWith('circular'))).toEqual([
      'circular-stage:4',
      'circular-stage:6',
    ]);
  });

  test('an ignore file of 10,000 lines', () => {
    const ignore = long((at) => `**/folder${at}/*.log`, 10_000);
    const text = `FROM scratch\n${long((at) => `COPY folder${at}/x.log /`, 200)}`;
    expect(time(() => check(text, { ignore }))).toBeLessThan(3000);
  }, 60_000);

  test('ten times the lines take about ten times as long', () => {
    const of = (times: number): number => {
      const text = everything.repeat(times);
      work(text);
      const runs = Array.from({ length: 5 }, () => time(() => work(text))).sort((a, b) => a - b);
      return runs[1] ?? 0;
    };
    const work = (text: string): void => void check(text);
    const [small, large] = [of(12), of(120)];
    console.log(
      `${everything.split('\n').length * 12} lines ${small.toFixed(1)} ms, ten times as many ${large.toFixed(1)} ms`,
    );
    expect(large / small).toBeLessThan(30);
  }, 60_000);
});
