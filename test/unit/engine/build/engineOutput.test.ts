import { describe, expect, test } from 'vitest';
import { scanDockerfile } from '../../../../src/engine/build/dockerfile';
import { EngineOutput } from '../../../../src/engine/build/engineOutput';
import type { BuildEvent, BuildStep } from '../../../../src/engine/build/output';
import { Steps } from '../../../../src/engine/build/steps';

const DOCKERFILE = `ARG BASE=base
FROM $BASE AS one
RUN echo a && \\

    echo b
FROM one
CMD ["x"]
`;

/** What an engine said (20.10), one string for each message of its `stream`. */
function read(
  said: readonly (string | object)[],
  { added = 0, dockerfile = DOCKERFILE }: { added?: number; dockerfile?: string } = {},
) {
  const events: BuildEvent[] = [];
  const steps = new Steps((event) => events.push(event));
  let clock = 0;
  const output = new EngineOutput(steps, scanDockerfile(dockerfile, { heredocs: false }), {
    added,
    now: () => (clock += 10),
  });
  for (const one of said) output.add(typeof one === 'string' ? { stream: one } : (one as never));
  return {
    events,
    output,
    steps,
    log: () =>
      events
        .filter((event) => event.kind === 'log')
        .map(({ step, stream, text }) => `${step?.id ?? '-'} ${stream}: ${text}`),
  };
}

const step = (number: number, total: number, text: string): string[] => [
  `Step ${String(number)}/${String(total)} : ${text}`,
  '\n',
];
const about = ({ number, text, state, lines, image }: BuildStep) => ({ number, text, state, lines, image });

describe('steps', () => {
  test('of a whole build', () => {
    const { steps, output, log } = read([
      ...step(1, 5, 'ARG BASE=base'),
      ...step(2, 5, 'FROM $BASE AS one'),
      ' ---> 4e3266aba5f6\n',
      ...step(3, 5, 'RUN echo a &&     echo b'),
      ' ---> Running in cf68184dc3c7\n',
      'a\nb\n',
      'Removing intermediate container cf68184dc3c7\n',
      ' ---> b4ab90a2fd3b\n',
      { aux: { ID: `sha256:${'1'.repeat(64)}` } },
      ...step(4, 5, 'FROM one'),
      ' ---> b4ab90a2fd3b\n',
      ...step(5, 5, 'CMD ["x"]'),
      ' ---> Using cache\n',
      ' ---> 915bf4d857f5\n',
      { aux: { ID: `sha256:${'2'.repeat(64)}` } },
      'Successfully built 915bf4d857f5\n',
      'Successfully tagged x:latest\n',
    ]);
    output.end('done');
    expect(steps.all.map(about)).toEqual([
      { number: 1, text: 'ARG BASE=base', state: 'done', lines: { line: 1, endLine: 1 }, image: undefined },
      {
        number: 2,
        text: 'FROM $BASE AS one',
        state: 'done',
        lines: { line: 2, endLine: 2 },
        image: '4e3266aba5f6',
      },
      {
        number: 3,
        text: 'RUN echo a &&     echo b',
        state: 'done',
        lines: { line: 3, endLine: 5 },
        image: 'b4ab90a2fd3b',
      },
      { number: 4, text: 'FROM one', state: 'done', lines: { line: 6, endLine: 6 }, image: 'b4ab90a2fd3b' },
      {
        number: 5,
        text: 'CMD ["x"]',
        state: 'cached',
        lines: { line: 7, endLine: 7 },
        image: '915bf4d857f5',
      },
    ]);
    expect(steps.all.every(({ duration = 0, total }) => duration > 0 && total === 5)).toBe(true);
    expect(output.id).toBe(`sha256:${'2'.repeat(64)}`);
    expect(log()).toEqual(['3 stdout: a', '3 stdout: b']);
  });

  test('that the builder adds for labels have no lines', () => {
    const { steps } = read(step(1, 3, 'FROM a').concat(step(2, 3, 'CMD b'), step(3, 3, 'LABEL c=d')), {
      added: 1,
      dockerfile: 'FROM a\nCMD b\nFROM not-built\n',
    });
    expect(steps.all.map(({ lines }) => lines?.line)).toEqual([1, 2, undefined]);
  });

  test('FROM with triggers of its base image', () => {
    const { steps, output, log } = read([
      ...step(1, 2, 'FROM one'),
      '# Executing 1 build trigger',
      '\n',
      ' ---> Using cache\n',
      ' ---> 60a4f52477b3\n',
      ' ---> Running in 2df4d18a9962\n',
      'onbuild\n',
      'Removing intermediate container 2df4d18a9962\n',
      ' ---> 60a4f52477b4\n',
      ...step(2, 2, 'CMD x'),
    ]);
    expect(steps.all.map(({ state, image }) => [state, image])).toEqual([
      ['done', '60a4f52477b4'],
      ['running', undefined],
    ]);
    output.end('cancelled');
    expect(steps.all[1]?.state).toBe('cancelled');
    expect(log()).toEqual(['1 stdout: # Executing 1 build trigger', '1 stdout: onbuild']);
  });

  test('an engine since 23 words the removal in another way', () => {
    const { log } = read([
      ...step(1, 1, 'RUN a'),
      ' ---> Running in 2df4d18a9962\n',
      ' ---> Removed intermediate container 2df4d18a9962\n',
      ' ---> 60a4f52477b3\n',
    ]);
    expect(log()).toEqual([]);
  });
});

describe('what a step writes', () => {
  const running = [...step(1, 2, 'RUN a'), ' ---> Running in cf68184dc3c7\n'];
  const removed = 'Removing intermediate container cf68184dc3c7\n';

  test('is never taken for words of the builder', () => {
    const { steps, output, log } = read([
      ...running,
      'Step 2/2 : RUN rm',
      '\n',
      ' ---> Using cache\n',
      ' ---> aaaaaaaaaaaa\n',
      'Removing intermediate container bbbbbbbbbbbb\n',
      'Successfully built aaaaaaaaaaaa\n',
      '[Warning] no\n',
      removed,
    ]);
    expect(steps.all.map(({ state, image }) => [state, image])).toEqual([['running', undefined]]);
    expect(output.id).toBeUndefined();
    expect(steps.warnings).toEqual([]);
    expect(log()).toHaveLength(6);
  });

  test('comes in whole lines, each stream for itself', () => {
    const { log } = read([
      ...running,
      'half',
      '\x1b[91merr\n\x1b[0m',
      ' and half\r\nlast',
      removed,
      ...step(2, 2, 'CMD b'),
    ]);
    expect(log()).toEqual(['1 stderr: err', '1 stdout: half and half', '1 stdout: last']);
  });

  test('without any end of line is cut, and memory stays small', () => {
    const { log } = read([...running, ...Array.from({ length: 40 }, () => 'x'.repeat(10_000)), removed]);
    expect(log().length).toBeGreaterThan(5);
    expect(log().every((line) => line.length <= 64 * 1024 + 20)).toBe(true);
  });

  test('last is kept for the one who asks why', () => {
    const { steps } = read([...running, ...Array.from({ length: 50 }, (_, at) => `line ${String(at)}\n`)]);
    expect(steps.lastLines('1')).toHaveLength(20);
    expect(steps.lastLines('1').at(-1)).toBe('line 49');
  });
});

test('warnings', () => {
  const { steps, log } = read([
    '\x1b[91m[WARNING]: Empty continuation line found in:\n    RUN echo a &&     echo b\n[WARNING]: Empty continuation lines will become errors in a future release.\n\x1b[0m',
    ...step(1, 1, 'ARG BASE=base'),
    '[Warning] One or more build-args [UN] were not consumed\n',
  ]);
  expect(steps.warnings).toEqual([
    { text: 'Empty continuation line', lines: { line: 3, endLine: 5 } },
    { text: 'One or more build-args [UN] were not consumed' },
  ]);
  expect(log()).toEqual([]);
});

test('a base image that is pulled is progress, and its last words a line', () => {
  const { events, log } = read([
    ...step(1, 1, 'FROM a'),
    { status: 'Pulling from library/a', id: 'latest' },
    { status: 'Pulling fs layer', id: 'aaaaaaaaaaaa', progressDetail: {} },
    { status: 'Downloading', id: 'aaaaaaaaaaaa', progressDetail: { current: 50, total: 100 } },
    { status: 'Status: Downloaded newer image for a:latest' },
  ]);
  const fractions = events.flatMap((event) => (event.kind === 'progress' ? [event.fraction ?? -1] : []));
  expect(fractions.at(-1)).toBeCloseTo(0.4);
  expect(log()).toEqual(['1 stdout: Status: Downloaded newer image for a:latest']);
});

test('whoever cannot take more is waited for', async () => {
  let free: () => void = () => undefined;
  const full = new Promise<void>((resolve) => (free = resolve));
  const steps = new Steps((event) => (event.kind === 'log' ? full : undefined));
  steps.write(undefined, 'stdout', 'a\n');
  let taken = false;
  const waiting = steps.taken().then(() => {
    taken = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(taken).toBe(false);
  free();
  await waiting;
});
