import { describe, expect, test } from 'vitest';
import { BuildxOutput } from '../../../../src/engine/build/buildxOutput';
import { scanDockerfile } from '../../../../src/engine/build/dockerfile';
import type { BuildEvent } from '../../../../src/engine/build/output';
import { Steps } from '../../../../src/engine/build/steps';

const DOCKERFILE = `# syntax=docker/dockerfile:1
FROM golang:1.23 AS build
WORKDIR /src
COPY . .
RUN <<EOF
go build ./...
EOF

FROM scratch
COPY --from=build /src/app /app
RUN ["/app", "check"]
`;

const digest = (n: number): string => `sha256:${String(n).repeat(64)}`;
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const at = (second: number): string => `2025-03-01T10:00:${String(second).padStart(2, '0')}.5Z`;

/** Reads lines as the plugin writes them (buildx 0.19). */
function read(lines: readonly (object | string)[]) {
  const events: BuildEvent[] = [];
  const steps = new Steps((event) => events.push(event));
  const output = new BuildxOutput(steps, scanDockerfile(DOCKERFILE, { heredocs: true }));
  for (const line of lines) output.addLine(typeof line === 'string' ? line : JSON.stringify(line));
  return { events, steps, output };
}

const vertex = (
  n: number,
  name: string,
  more: { started?: string; completed?: string; cached?: boolean; error?: string } = {},
) => ({ digest: digest(n), name, inputs: [digest(9)], ...more });

const BUILD = [
  { vertexes: [vertex(1, '[internal] load build definition from Dockerfile', { started: at(0) })] },
  {
    vertexes: [
      vertex(1, '[internal] load build definition from Dockerfile', { started: at(0), completed: at(1) }),
    ],
    statuses: [
      { id: 'transferring dockerfile:', vertex: digest(1), current: 183, timestamp: at(1), started: at(0) },
    ],
  },
  // All are announced before the first begins.
  {
    vertexes: [
      vertex(2, '[build 1/4] FROM docker.io/library/golang:1.23@sha256:abc'),
      vertex(3, '[build 2/4] WORKDIR /src'),
      vertex(4, '[build 4/4] RUN <<EOF (go build ./...)'),
      vertex(5, '[stage-1 1/2] COPY --from=build /src/app /app'),
      vertex(6, '[stage-1 2/2] RUN ["/app", "check"]'),
    ],
  },
  {
    vertexes: [
      vertex(2, '[build 1/4] FROM docker.io/library/golang:1.23@sha256:abc', {
        started: at(1),
        completed: at(1),
        cached: true,
      }),
      vertex(4, '[build 4/4] RUN <<EOF (go build ./...)', { started: at(2) }),
    ],
    statuses: [
      {
        id: digest(7),
        vertex: digest(2),
        name: 'extracting',
        current: 50,
        total: 200,
        timestamp: at(1),
        started: at(1),
      },
    ],
  },
  {
    logs: [
      {
        vertex: digest(4),
        stream: 1,
        data: base64(Buffer.from('gr\u00fc').subarray(0, 3)),
        timestamp: at(3),
      },
    ],
  },
  {
    logs: [
      { vertex: digest(4), stream: 2, data: base64('warned\n'), timestamp: at(3) },
      {
        vertex: digest(4),
        stream: 1,
        data: base64(Buffer.from('\u00fcn\nend').subarray(1)),
        timestamp: at(3),
      },
    ],
    warnings: [
      {
        vertex: digest(4),
        level: 1,
        short: base64("FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 2)"),
        detail: [base64('why')],
        url: 'https://docs.docker.com/go/dockerfile/rule/from-as-casing/',
        sourceInfo: { filename: 'Dockerfile', data: base64(DOCKERFILE), language: 'Dockerfile' },
        range: [{ start: { line: 2 }, end: { line: 2 } }],
      },
    ],
  },
];

describe('a build', () => {
  const done = [
    ...BUILD,
    {
      vertexes: [
        vertex(4, '[build 4/4] RUN <<EOF (go build ./...)', { started: at(2), completed: at(5) }),
        vertex(6, '[stage-1 2/2] RUN ["/app", "check"]', { started: at(5), completed: at(6) }),
        vertex(8, 'exporting to image', { started: at(6), completed: at(7) }),
      ],
    },
  ];

  test('is told in the steps that began, with their stages and lines', () => {
    const { steps } = read(done);
    expect(
      steps.all.map(({ stage, number, total, state, lines, duration }) => [
        stage,
        number,
        total,
        state,
        lines && [lines.line, lines.endLine],
        duration,
      ]),
    ).toEqual([
      [undefined, undefined, undefined, 'done', undefined, 1000],
      ['build', 1, 4, 'cached', [2, 2], 0],
      ['build', 4, 4, 'done', [5, 7], 3000],
      ['stage-1', 2, 2, 'done', [11, 11], 1000],
      [undefined, undefined, undefined, 'done', undefined, 1000],
    ]);
    expect(steps.all.map(({ text }) => text)).toEqual([
      '[internal] load build definition from Dockerfile',
      'FROM docker.io/library/golang:1.23@sha256:abc',
      'RUN <<EOF (go build ./...)',
      'RUN ["/app", "check"]',
      'exporting to image',
    ]);
  });

  test('its output is decoded over the pieces it comes in', () => {
    const { events } = read(done);
    const log = events.flatMap((event) =>
      event.kind === 'log' ? [`${event.step?.text.slice(0, 3) ?? ''} ${event.stream} ${event.text}`] : [],
    );
    expect(log).toEqual(['RUN stderr warned', 'RUN stdout grün', 'RUN stdout end']);
  });

  test('its transfers are progress, its warnings have lines', () => {
    const { events, steps } = read(done);
    expect(events.filter(({ kind }) => kind === 'progress').map((event) => ({ ...event, step: 0 }))).toEqual([
      { kind: 'progress', step: 0, text: 'transferring dockerfile:' },
      { kind: 'progress', step: 0, text: 'extracting', fraction: 0.25 },
    ]);
    expect(steps.warnings).toEqual([
      {
        text: "FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 2)",
        lines: { line: 2, endLine: 2 },
        url: 'https://docs.docker.com/go/dockerfile/rule/from-as-casing/',
      },
    ]);
  });

  test('a step that is told again while others change is no new event', () => {
    const again = {
      vertexes: [vertex(8, 'exporting to image', { started: at(6), completed: at(7) })],
    };
    const count = (lines: readonly (object | string)[]): number =>
      read(lines).events.filter(({ kind }) => kind === 'step').length;
    expect(count([...done, again])).toBe(count(done));
  });
});

const FAILED = [
  ...BUILD,
  {
    vertexes: [
      vertex(5, '[stage-1 1/2] COPY --from=build /src/app /app', {
        started: at(3),
        completed: at(4),
        error: 'failed to solve: context canceled: context canceled',
      }),
      vertex(4, '[build 4/4] RUN <<EOF (go build ./...)', {
        started: at(2),
        completed: at(4),
        error: 'process "/bin/sh -c go build ./...\\n" did not complete successfully: exit code: 2',
      }),
    ],
  },
  '------',
  ' > [build 4/4] RUN <<EOF (go build ./...):',
  '0.312 src/main.go:12',
  '------',
  'Dockerfile:5',
  '--------------------',
  '   3 |     WORKDIR /src',
  '   4 |     COPY . .',
  '   5 | >>> RUN <<EOF',
  '   6 | >>> go build ./...',
  '   7 | >>> EOF',
  '   8 |     EXPOSE host:80',
  '--------------------',
  'ERROR: failed to build: failed to solve: process "/bin/sh -c go build ./...\\n" did not complete successfully: exit code: 2',
];

describe('a failure', () => {
  test('names the step that failed, not those that were cancelled with it', () => {
    const { output, steps } = read(FAILED);
    expect(output.failed?.text).toBe('RUN <<EOF (go build ./...)');
    expect(output.said).toMatch(/exit code: 2$/);
    expect(output.lines).toEqual({ line: 5, endLine: 7 });
    expect(steps.all.map(({ state }) => state)).toEqual(['done', 'cached', 'failed', 'cancelled']);
  });

  test('before the first step is told by the last words', () => {
    const { output, steps } = read([
      'Dockerfile:3',
      '--------------------',
      '   1 |     FROM a',
      '   3 | >>> FOO bar',
      '--------------------',
      'ERROR: failed to build: failed to solve: dockerfile parse error on line 3: unknown instruction: FOO (did you mean FROM?)',
    ]);
    expect(output.failed).toBeUndefined();
    expect(output.said).toBe(
      'dockerfile parse error on line 3: unknown instruction: FOO (did you mean FROM?)',
    );
    expect(output.lines).toEqual({ line: 3, endLine: 3 });
    expect(steps.all).toEqual([]);
  });

  test('without an excerpt has no lines of its own', () => {
    const { output } = read(['ERROR: no builder "x" found']);
    expect(output.lines).toBeUndefined();
    expect(output.said).toBe('no builder "x" found');
  });

  test('of which nothing is known is all that was said', () => {
    expect(read(['one', 'two']).output.said).toBe('one\ntwo');
  });
});

test('JSON of another shape does no harm', () => {
  const { steps } = read([
    '{"vertexes":',
    { vertexes: 'x' },
    { vertexes: [null, 3, {}] },
    { logs: [{ data: 4 }] },
    {},
  ]);
  expect(steps.all).toEqual([]);
});
