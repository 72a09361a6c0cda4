import { beforeAll, expect, test } from 'vitest';
import { api } from '../../../scripts/rig/engineApi.mjs';
import { tar } from '../../../scripts/rig/tar.mjs';
import { parseModel } from '../../../src/dockerfile/model/model';
import { ruleInfo } from '../../../src/dockerfile/rules/catalog';
import { lint } from '../../../src/dockerfile/rules/lint';
import { engine } from '../../rig/engine';
import { bodies, differences, files } from './dockerfileCases';

/** Sends it to BuildKit, without a session: nothing is pulled. */
function build(dockerfile: string): Promise<unknown> {
  const entries = [
    { path: 'Dockerfile', content: dockerfile },
    { path: 'a', content: 'a' },
  ];
  return api(engine.host, 'POST', '/build?version=2&q=1&networkmode=none', { tar: tar(entries) });
}

/** What BuildKit says against a file while it reads it; undefined when it goes on to build. */
async function refusal(dockerfile: string): Promise<string | undefined> {
  const said = await build(dockerfile).then(() => '', String);
  return /failed to create LLB definition:? *(.*)/s.exec(said)?.[1];
}

/** What we call an error, for which a build ends before it begins. */
const errors = (text: string): string[] =>
  lint(parseModel(text))
    .filter(({ rule }) => ruleInfo(rule).severity === 'error')
    .map(({ rule, args }) => `${rule} ${args.join(' ')}`.trim());

const fileOf = (...lines: readonly string[]): string => `FROM scratch\n${lines.join('\n')}\n`;

/** One that can stand beside others in a stage, and changes nothing for them. */
const isPlain = (body: string): boolean => !/from |scratch|\\\s*$|^\\/i.test(body) && body.trim() !== '';

let there = false;
beforeAll(async () => {
  there = await build(fileOf('LABEL a=b')).then(
    () => true,
    () => false,
  );
});

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const next = all.values();
  const worker = async (): Promise<void> => {
    for (const one of next) await work(one);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

test('what we call clean of errors BuildKit reads, and what it refuses to read is an error here', async ({
  skip,
}) => {
  skip(!there, 'this engine has no BuildKit that answers without a session');
  const isSame = (text: string): boolean => !Object.hasOwn(differences, text);
  const cases = bodies.filter(isSame);
  const clean = cases.filter((body) => isPlain(body) && errors(fileOf(body)).length === 0);
  const single = [
    ...cases.filter((body) => !clean.includes(body)).map((body) => fileOf(body)),
    ...files.filter(isSame),
  ];
  expect(clean.length).toBeGreaterThan(100);
  expect(single.length).toBeGreaterThan(100);

  const differ: unknown[] = [];
  const compare = async (text: string): Promise<void> => {
    const theirs = await refusal(text);
    const ours = errors(text);
    if ((theirs === undefined) !== (ours.length === 0)) differ.push({ text, theirs, ours });
  };
  await inParallel(single, compare);
  // One file of all of them tells the same as each by itself, until it does not.
  const together = await refusal(fileOf(...clean));
  if (together !== undefined)
    await inParallel(
      clean.map((body) => fileOf(body)),
      compare,
    );
  expect(together === undefined ? [] : [together, ...differ]).toEqual([]);
  expect(differ).toEqual([]);
}, 180_000);
