import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BuildError } from '../../src/engine/build/failure';
import type { BuildOptions } from '../../src/engine/build/options';
import type { BuildEvent, Built } from '../../src/engine/build/output';
import { Engine } from '../../src/engine/engine';
import { busyboxImage, loadImage } from '../../scripts/rig/images.mjs';
import { ask, engine as rig } from '../rig/engine';
import { connect } from './support/connect';

const LABEL = 'dev.quayside.test';
const PART = 'build';
const labels = { [LABEL]: PART };
const BASE = 'quayside-build/base:latest';

let engine: Engine;
const folders: string[] = [];

let base: string;

beforeAll(async () => {
  engine = connect();
  // Whatever is built on it inherits the label, also what is left of a build that fails.
  const image = await busyboxImage();
  await loadImage(rig.host, BASE, { ...image, config: { ...image.config, Labels: labels } });
  base = ((await ask('GET', `/images/${BASE}/json`)) as { Id: string }).Id;
});

afterEach(async () => {
  await removeImages();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

afterAll(async () => {
  engine.dispose();
  await ask('DELETE', `/images/${BASE}`);
});

const filters = encodeURIComponent(JSON.stringify({ label: [`${LABEL}=${PART}`] }));

/** Removes what was built here, layer by layer: an image that others are made of has to wait for them. */
async function removeImages(): Promise<void> {
  for (let left = Infinity; ;) {
    const found = (await ask('GET', `/images/json?all=1&filters=${filters}`)) as { Id: string }[];
    const built = found.filter(({ Id }) => Id !== base);
    if (built.length === 0 || built.length >= left) return;
    left = built.length;
    for (const { Id } of built) await ask('DELETE', `/images/${Id}?force=1`).catch(() => undefined);
  }
}

/** A folder with these files. */
function context(files: Readonly<Record<string, string>>): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-build-'));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
  }
  return root;
}

interface Ran {
  readonly built: Built;
  readonly events: readonly BuildEvent[];
  readonly log: readonly string[];
}

async function build(options: BuildOptions, signal?: AbortSignal): Promise<Ran> {
  const events: BuildEvent[] = [];
  const built = await engine.build.run(
    { builder: 'engine', ...options },
    (event) => events.push(event),
    signal,
  );
  return { built, events, log: logOf(events) };
}

function logOf(events: readonly BuildEvent[]): string[] {
  return events.flatMap((event) => (event.kind === 'log' ? [event.text] : []));
}

/** The error of a build that must fail. */
async function failure(options: BuildOptions): Promise<BuildError> {
  const error: unknown = await build(options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BuildError);
  return error as BuildError;
}

/** Containers that were made of an image of this file. */
async function leftovers(): Promise<string[]> {
  const found = (await ask('GET', '/containers/json?all=1')) as {
    Id: string;
    Image: string;
    Command: string;
  }[];
  return found.filter(({ Command }) => Command.includes(MARK)).map(({ Id }) => Id);
}

/** Stands in the commands of containers that must not stay. */
const MARK = `quayside-build-${String(process.pid)}`;

describe('an image of several steps', () => {
  const files = {
    Dockerfile: [
      'ARG BASE',
      'FROM $BASE AS one',
      'ARG WHO=nobody',
      'WORKDIR /app',
      'COPY . .',
      'RUN echo "hello $WHO" > hello && \\',
      '    cat hello',
      'FROM one AS two',
      'CMD ["cat", "/app/hello"]',
      '',
    ].join('\n'),
    '.dockerignore': '*.log\n',
    'a.txt': 'a',
    'b.log': 'b',
  };
  const buildArgs = { BASE, WHO: 'you' };

  test('is built, tagged, and told in steps', async () => {
    const root = context(files);
    const tags = ['quayside-build/one', 'quayside-build/one:2'];
    const { built, events, log } = await build({ context: root, tags, buildArgs, labels: { extra: 'one' } });
    expect(built.tags).toEqual(['quayside-build/one:latest', 'quayside-build/one:2']);
    for (const tag of built.tags) expect((await engine.images.inspect(tag))['Id']).toBe(built.id);
    expect(built.builder).toBe('engine');
    // The label is a step of its own.
    expect(built.steps.map(({ number, total, state, lines }) => [number, total, state, lines?.line])).toEqual(
      [
        [1, 9, 'done', 1],
        [2, 9, 'done', 2],
        [3, 9, 'done', 3],
        [4, 9, 'done', 4],
        [5, 9, 'done', 5],
        [6, 9, 'done', 6],
        [7, 9, 'done', 8],
        [8, 9, 'done', 9],
        [9, 9, 'done', undefined],
      ],
    );
    expect(log).toEqual(['hello you']);
    expect(events.find(({ kind }) => kind === 'log')).toMatchObject({
      step: { number: 6, state: 'running' },
    });
    expect(events.filter(({ kind }) => kind === 'context').at(-1)).toMatchObject({ files: 3 });
    const found = await engine.images.inspect(built.id);
    expect(found['Config']).toMatchObject({
      Cmd: ['cat', '/app/hello'],
      Labels: { ...labels, extra: 'one' },
    });
  });

  test('comes from the cache the second time', async () => {
    const root = context(files);
    const first = await build({ context: root, buildArgs });
    const second = await build({ context: root, buildArgs });
    expect(second.built.id).toBe(first.built.id);
    expect(second.built.steps.slice(2, 6).map(({ state }) => state)).toEqual(Array(4).fill('cached'));
    expect(second.log).toEqual([]);
    const third = await build({ context: root, buildArgs, noCache: true });
    expect(third.built.steps.filter(({ state }) => state === 'cached')).toEqual([]);
  });

  test('stops at the target', async () => {
    const options = { context: context(files), buildArgs, target: 'one', labels: { extra: 'two' } };
    const { built } = await build(options);
    expect(built.steps.at(-1)).toMatchObject({ number: 7, total: 7, text: 'LABEL extra=two' });
    expect(built.steps.at(-1)?.lines).toBeUndefined();
  });

  test('warns of an argument that nothing uses', async () => {
    const { built } = await build({ context: context(files), buildArgs: { ...buildArgs, UNUSED: 'x' } });
    expect(built.warnings.map(({ text }) => text)).toEqual([
      'One or more build-args [UNUSED] were not consumed',
    ]);
  });
});

describe('the context', () => {
  const list = 'RUN cd /c && find . | sort';
  const dockerfile = (...more: string[]): string => [`FROM ${BASE}`, 'COPY . /c', list, ...more].join('\n');

  test('has what was sent for the builder alone taken out again', async () => {
    const root = context({ Dockerfile: dockerfile(), '.dockerignore': 'Dockerfile\n.dockerignore\n', a: '' });
    expect((await build({ context: root })).log).toEqual(['.', './a']);
  });

  test('keeps the Dockerfile when nothing says otherwise', async () => {
    const root = context({ Dockerfile: dockerfile(), a: '' });
    expect((await build({ context: root })).log).toEqual(['.', './Dockerfile', './a']);
  });

  test('follows the ignore file of the Dockerfile, and that one alone', async () => {
    const root = context({
      'x.Dockerfile': dockerfile(),
      'x.Dockerfile.dockerignore': 'b\nx.*\n',
      '.dockerignore': 'a\n.dockerignore\n',
      a: '',
      b: '',
    });
    const { log } = await build({ context: root, dockerfile: 'x.Dockerfile' });
    expect(log).toEqual(['.', './.dockerignore', './a']);
  });

  test('takes a Dockerfile from outside and does not keep it', async () => {
    const root = context({ a: '', '.dockerignore': 'b\n' });
    const outside = path.join(context({ 'some.Dockerfile': dockerfile() }), 'some.Dockerfile');
    const { log } = await build({ context: root, dockerfile: outside });
    expect(log).toEqual(['.', './.dockerignore', './a']);
    fs.rmSync(path.join(root, '.dockerignore'));
    expect((await build({ context: root, dockerfile: outside })).log).toEqual(['.', './a']);
  });

  test('keeps modes and links, belongs to root, and leaves sockets out', async () => {
    const root = context({
      Dockerfile: dockerfile().replace(list, 'RUN cd /c && stat -c "%n %a %u:%g %F" run soft broken twice'),
      run: '#!/bin/sh\n',
    });
    fs.chmodSync(path.join(root, 'run'), 0o755);
    fs.chownSync(path.join(root, 'run'), process.getuid?.() ?? 0, process.getgid?.() ?? 0);
    fs.symlinkSync('run', path.join(root, 'soft'));
    fs.symlinkSync('nowhere', path.join(root, 'broken'));
    fs.linkSync(path.join(root, 'run'), path.join(root, 'twice'));
    expect((await build({ context: root })).log).toEqual([
      'run 755 0:0 regular file',
      'soft 777 0:0 symbolic link',
      'broken 777 0:0 symbolic link',
      'twice 755 0:0 regular file',
    ]);
  });

  test('of 2,000 files arrives whole', { timeout: 120_000 }, async () => {
    const root = context({ Dockerfile: dockerfile().replace(list, 'RUN find /c/many -type f | wc -l') });
    for (let folder = 0; folder < 20; folder++) {
      const at = path.join(root, 'many', String(folder));
      fs.mkdirSync(at, { recursive: true });
      for (let file = 0; file < 100; file++) fs.writeFileSync(path.join(at, String(file)), 'x'.repeat(file));
    }
    const { log, events } = await build({ context: root });
    expect(log).toEqual(['2000']);
    expect(events.filter(({ kind }) => kind === 'context').at(-1)).toMatchObject({
      files: 2001,
      bytes: fs.statSync(path.join(root, 'Dockerfile')).size + 20 * 4950,
    });
  });

  test('that breaks off on the way makes no image', async () => {
    const root = context({ Dockerfile: dockerfile() });
    const large = path.join(root, 'z-large');
    fs.writeFileSync(large, '');
    fs.truncateSync(large, 200_000_000);
    const tag = 'quayside-build/broken:latest';
    const running = engine.build.run({ builder: 'engine', context: root, tags: [tag] }, (event) => {
      if (event.kind === 'context' && event.bytes > 1_000_000) fs.truncateSync(large, 10);
    });
    await expect(running).rejects.toThrow('became shorter');
    expect(await engine.images.has(tag)).toBe(false);
  });

  test.skipIf(process.platform === 'win32')('that cannot be read to its end makes no image', async () => {
    const name = 'n'.repeat(200);
    const start = context({});
    const root = path.join(start, ...Array.from({ length: 19 }, () => name));
    fs.mkdirSync(root, { recursive: true });
    fs.writeFileSync(path.join(root, 'Dockerfile'), dockerfile());
    // Deeper than a path of this computer can say. What was sent before it would be a context by itself.
    const deeper = spawnSync('sh', ['-c', `mkdir ${name} && cd -P ${name} && mkdir ${name}`], { cwd: root });
    expect(deeper.status).toBe(0);
    const tag = 'quayside-build/deep:latest';
    await expect(build({ context: root, tags: [tag] })).rejects.toThrow('is too long');
    expect(await engine.images.has(tag)).toBe(false);
    spawnSync('rm', ['-rf', start]);
  });

  test.skipIf(process.getuid?.() === 0)('with a file nobody may read is refused', async () => {
    const root = context({ Dockerfile: dockerfile(), secret: '' });
    fs.chmodSync(path.join(root, 'secret'), 0);
    const tag = 'quayside-build/secret:latest';
    await expect(build({ context: root, tags: [tag] })).rejects.toMatchObject({ kind: 'denied' });
    expect(await engine.images.has(tag)).toBe(false);
  });
});

describe('a failure names its lines', () => {
  const cases: readonly [string, string, Partial<BuildOptions>, object][] = [
    [
      'a command that fails',
      `FROM ${BASE}\nRUN true\n\n# why\nRUN echo one && \\\n  echo two >&2 && \\\n  sh -c 'printf three; exit 3'\nCMD x\n`,
      {},
      {
        kind: 'invalid',
        line: 5,
        endLine: 7,
        lastLines: expect.arrayContaining(['one', 'two', 'three']) as string[],
      },
    ],
    [
      'a command that is not there',
      `FROM ${BASE}\nRUN nosuch-command\n`,
      {},
      { kind: 'notFound', line: 2, endLine: 2 },
    ],
    [
      'a file that is not there',
      `FROM ${BASE}\nCOPY missing.txt /\n`,
      {},
      { kind: 'notFound', line: 2, sentence: { args: ['missing.txt'] } },
    ],
    ['a file outside', `FROM ${BASE}\nCOPY ../x /\n`, {}, { kind: 'invalid', line: 2 }],
    [
      'a base image that is not there',
      'ARG A\nFROM localhost:1/nope\n',
      {},
      { kind: 'unreachable', line: 2 },
    ],
    [
      'what needs BuildKit',
      `FROM ${BASE}\n\nRUN --mount=type=cache,target=/x true\n`,
      {},
      { kind: 'invalid', line: 3, sentence: { args: ['--mount'] } },
    ],
    ['an instruction that is none', `FROM ${BASE}\n\nFOO bar\n`, {}, { kind: 'invalid', line: 3 }],
    [
      'an instruction with too little',
      `FROM ${BASE}\nCOPY \\\n a\n`,
      {},
      { kind: 'invalid', line: 2, endLine: 3 },
    ],
    ['an empty Dockerfile', '# nothing\n', {}, { kind: 'invalid', line: undefined }],
    ['no FROM', 'RUN x\n', {}, { kind: 'invalid', line: undefined }],
    ['no such stage', `FROM ${BASE}\n`, { target: 'no' }, { kind: 'notFound', sentence: { args: ['no'] } }],
  ];

  test.each(cases)('%s', async (_, dockerfile, options, expected) => {
    const root = context({ Dockerfile: dockerfile });
    const error = await failure({ context: root, ...options });
    expect(error).toMatchObject(expected);
    expect(error.dockerfile).toBe(path.join(fs.realpathSync(root), 'Dockerfile'));
    expect(error.message).toMatch(/\.$/);
  });

  test('behind a heredoc too, or that the engine knows none', async () => {
    const root = context({ Dockerfile: `FROM ${BASE}\nRUN <<EOF\nls\nEOF\nRUN exit 4\n` });
    const known = await engine.requests.atLeast('1.42');
    const error = await failure({ context: root });
    expect(error.line).toBe(known ? 5 : 3);
    expect(error.message).toContain(known ? 'exit code 4' : 'Line 2 begins a heredoc, which needs BuildKit');
  });

  test('and leaves neither tag nor container behind', async () => {
    const root = context({ Dockerfile: `FROM ${BASE}\nRUN : ${MARK}; exit 1\n` });
    const tag = 'quayside-build/failed:latest';
    await failure({ context: root, tags: [tag] });
    expect(await engine.images.has(tag)).toBe(false);
    expect(await leftovers()).toEqual([]);
  });

  test.each([
    [{ context: '/nonexistent' }, 'notFound'],
    [{ dockerfile: 'other' }, 'notFound'],
    [{ tags: ['UP'] }, 'invalid'],
    [{ builder: 'buildx' }, 'notFound'],
  ] as const)('nothing is sent for %j', async (options, kind) => {
    await expect(build({ context: context({ Dockerfile: '' }), ...options })).rejects.toMatchObject({ kind });
  });
});

describe('a cancelled build', () => {
  test('ends what runs, tags nothing, and leaves no container', async () => {
    const root = context({ Dockerfile: `FROM ${BASE}\nRUN : ${MARK}; echo begun; sleep 1000\n` });
    const tag = 'quayside-build/cancelled:latest';
    const stop = new AbortController();
    const steps: string[] = [];
    let before: readonly string[] = [];
    const running = engine.build.run(
      { builder: 'engine', context: root, tags: [tag] },
      (event) => {
        if (event.kind === 'step') steps.push(event.step.state);
        if (event.kind !== 'log') return;
        void leftovers().then((found) => {
          before = found;
          stop.abort();
        });
      },
      stop.signal,
    );
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' });
    expect(before).toHaveLength(1);
    expect(steps.at(-1)).toBe('cancelled');
    await expect.poll(leftovers).toEqual([]);
    expect(await engine.images.has(tag)).toBe(false);
  });

  test('before all is sent makes nothing', async () => {
    const root = context({ Dockerfile: `FROM ${BASE}\n` });
    fs.writeFileSync(path.join(root, 'z-large'), '');
    fs.truncateSync(path.join(root, 'z-large'), 500_000_000);
    const tag = 'quayside-build/unsent:latest';
    const stop = new AbortController();
    let sent = Infinity;
    const running = engine.build.run(
      { builder: 'engine', context: root, tags: [tag] },
      (event) => {
        if (event.kind !== 'context') return;
        sent = event.bytes;
        stop.abort();
      },
      stop.signal,
    );
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' });
    expect(sent).toBeLessThan(400_000_000);
    expect(await engine.images.has(tag)).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('where buildx is installed', () => {
  /** An engine whose user has a `docker` with a plugin that makes the base image of every Dockerfile. */
  function withBuildx(env: Readonly<Record<string, string>> = {}): Engine {
    const bin = context({});
    const script = `#!/bin/sh
[ "$1 $2" = "buildx version" ] && echo "github.com/docker/buildx v0.19.3" && exit 0
while [ $# -gt 0 ]; do [ "$1" = --iidfile ] && printf ${base} > "$2"; shift; done
`;
    fs.writeFileSync(path.join(bin, 'docker'), script, { mode: 0o755 });
    const endpoint = { source: 'added', contextName: 'default', host: rig.host } as const;
    return new Engine('test', () => Promise.resolve(endpoint), {
      env: { PATH: `${bin}:/usr/bin:/bin`, ...env },
      homedir: bin,
      platform: process.platform,
    });
  }

  test.each([
    ['it builds', {}, {}, 'buildx'],
    ['DOCKER_BUILDKIT=0 is heard', { DOCKER_BUILDKIT: '0' }, {}, 'engine'],
    ['an option counts more', { DOCKER_BUILDKIT: '0' }, { builder: 'buildx' }, 'buildx'],
    ['also for the engine', {}, { builder: 'engine' }, 'engine'],
  ] as const)('%s', async (_, env, options, expected) => {
    const other = withBuildx(env);
    const built = await other.build.run({ context: context({ Dockerfile: `FROM ${BASE}\n` }), ...options });
    other.dispose();
    expect(built).toMatchObject({ id: base, builder: expected });
  });
});
