import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildWithBuildx, buildxCommand, findBuildx, type Buildx } from '../../../../src/engine/build/buildx';
import { openContext, type BuildContext } from '../../../../src/engine/build/context';
import { BuildError } from '../../../../src/engine/build/failure';
import type { BuildOptions } from '../../../../src/engine/build/options';
import { Steps } from '../../../../src/engine/build/steps';
import type { Endpoint } from '../../../../src/engine/endpoint/endpoint';
import type { Surroundings } from '../../../../src/engine/endpoint/surroundings';
import { temporary } from '../files/temporary';

const ENDPOINT: Endpoint = {
  source: 'default',
  contextName: 'default',
  host: 'unix:///var/run/docker.sock',
};

/** A `docker` whose buildx plugin says this version and then does as `script` says; with it, where it is. */
function fakeDocker(version: string, script = ''): { bin: string; surroundings: Surroundings } {
  const bin = temporary();
  const plugin = version === '' ? 'echo "no such command" >&2; exit 1' : `echo "${version}"; exit 0`;
  fs.writeFileSync(
    path.join(bin, 'docker'),
    `#!/bin/sh
if [ "$1 $2" = "buildx version" ]; then ${plugin}; fi
printf '%s\\n' "$@" > "${bin}/arguments"
env > "${bin}/environment"
while [ $# -gt 0 ]; do [ "$1" = --iidfile ] && idfile=$2; shift; done
${script}
`,
    { mode: 0o755 },
  );
  const env = { PATH: `${bin}:/usr/bin:/bin`, DOCKER_HOST: 'tcp://elsewhere', DOCKER_CONTEXT: 'elsewhere' };
  return { bin, surroundings: { env, homedir: bin, platform: process.platform } };
}

const VERSION = 'github.com/docker/buildx v0.19.3 48d6a39';

async function found(
  version: string,
  endpoint: Endpoint | undefined = ENDPOINT,
): Promise<Buildx | undefined> {
  return findBuildx(fakeDocker(version).surroundings, endpoint);
}

describe.skipIf(process.platform === 'win32')('buildx is found', () => {
  test.each([
    [VERSION, true],
    ['github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-1', true],
    ['github.com/docker/buildx v1.2.0 abc', true],
    ['github.com/docker/buildx v0.12.1 abc', false],
    ['', false],
    ['something without a number', false],
  ])('by its version: %j %s', async (version, expected) => {
    expect((await found(version)) !== undefined).toBe(expected);
  });

  test('not where its engine cannot be named', async () => {
    expect(await found(VERSION, { ...ENDPOINT, host: 'wsl://Debian' })).toBeUndefined();
    expect(await findBuildx(fakeDocker(VERSION).surroundings, undefined)).toBeUndefined();
  });

  test('with the engine that is meant, whatever the environment says', async () => {
    expect((await found(VERSION))?.env).toMatchObject({
      DOCKER_HOST: ENDPOINT.host,
      DOCKER_CONTEXT: undefined,
    });
    const added = { ...ENDPOINT, source: 'added', host: 'tcp://h:2376', tls: { verify: true } } as const;
    expect(await found(VERSION, added)).toBeUndefined();
    expect((await found(VERSION, { ...added, certPath: '/certs' }))?.env).toMatchObject({
      DOCKER_HOST: 'tcp://h:2376',
      DOCKER_CERT_PATH: '/certs',
      DOCKER_TLS_VERIFY: '1',
    });
    expect((await found(VERSION, { ...ENDPOINT, contextName: 'other' }))?.env).toMatchObject({
      DOCKER_HOST: undefined,
      DOCKER_CONTEXT: 'other',
    });
  });

  test('or the search is cancelled', async () => {
    const { surroundings } = fakeDocker(VERSION);
    await expect(findBuildx(surroundings, ENDPOINT, AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    });
  });
});

const DOCKERFILE = 'FROM a\nRUN one && \\\n  two\n';

function contextOf(): Promise<BuildContext> {
  const root = fs.realpathSync(temporary());
  fs.writeFileSync(path.join(root, 'Dockerfile'), DOCKERFILE);
  return openContext({ context: root });
}

describe('the command', () => {
  test('has all options, and the context last', async () => {
    const context = await contextOf();
    const options: BuildOptions = {
      context: '',
      tags: ['a', 'b:1'],
      target: 't',
      labels: { l: 'm=n' },
      platform: 'linux/arm64',
      noCache: true,
      pull: true,
      network: 'none',
    };
    expect(buildxCommand(options, context, '/id', {}).args).toEqual(
      [
        ['buildx', 'build', '--progress=rawjson', '--load', '--iidfile', '/id'],
        [
          '--file',
          context.dockerfile.path,
          '--tag',
          'a',
          '--tag',
          'b:1',
          '--target',
          't',
          '--label',
          'l=m=n',
        ],
        ['--platform', 'linux/arm64', '--no-cache', '--pull', '--network', 'none', context.root],
      ].flat(),
    );
  });

  test('says no value of a build argument where others can read it', async () => {
    const buildArgs = { TOKEN: 'secret', GIVEN: null, HTTP_PROXY: 'p', PATH: 'x', HAVE: 'other' };
    const { args, added } = buildxCommand({ context: '', buildArgs }, await contextOf(), '/id', {
      HAVE: 'it',
    });
    expect(args.filter((_, index) => args[index - 1] === '--build-arg')).toEqual([
      'TOKEN',
      'GIVEN',
      // What the CLI itself would take for its own.
      'HTTP_PROXY=p',
      'PATH=x',
      'HAVE=other',
    ]);
    expect(added).toEqual({ TOKEN: 'secret' });
  });
});

describe.skipIf(process.platform === 'win32')('a build', () => {
  async function build(script: string, options: Partial<BuildOptions> = {}, signal?: AbortSignal) {
    const { bin, surroundings } = fakeDocker(VERSION, script);
    const buildx = await findBuildx(surroundings, ENDPOINT);
    if (!buildx) throw new Error('the fake was not found');
    const context = await contextOf();
    const steps = new Steps(() => undefined);
    const id = buildWithBuildx(buildx, context, { context: context.root, ...options }, steps, signal);
    return { bin, steps, context, id };
  }

  const vertex = (more: object): string =>
    `echo '${JSON.stringify({ vertexes: [{ digest: 'sha256:1', name: '[2/2] RUN one &&   two', ...more }] })}' >&2`;
  const started = { started: '2025-03-01T10:00:00Z' };
  const completed = { ...started, completed: '2025-03-01T10:00:02Z' };

  test('answers the id, and tells the steps', async () => {
    const { bin, steps, id } = await build(
      [
        'echo "a word before" >&2',
        vertex(started),
        vertex(completed),
        'printf "sha256:abc\\n" > "$idfile"',
        'printf last >&2',
      ].join('\n'),
      { buildArgs: { TOKEN: 'secret' } },
    );
    expect(await id).toBe('sha256:abc');
    expect(steps.all).toEqual([
      {
        id: 'sha256:1',
        number: 2,
        total: 2,
        text: 'RUN one &&   two',
        state: 'done',
        lines: { line: 2, endLine: 3 },
        duration: 2000,
      },
    ]);
    expect(fs.readFileSync(path.join(bin, 'arguments'), 'utf8')).not.toContain('secret');
    const environment = fs.readFileSync(path.join(bin, 'environment'), 'utf8');
    expect(environment).toContain('TOKEN=secret\n');
    expect(environment).toContain(`DOCKER_HOST=${ENDPOINT.host}\n`);
    expect(environment).not.toContain('DOCKER_CONTEXT');
  });

  test('that fails names its step and lines', async () => {
    const error = 'process "/bin/sh -c one &&   two" did not complete successfully: exit code: 4';
    const { id } = await build([vertex({ ...completed, error }), `echo 'ERROR: x' >&2`, 'exit 1'].join('\n'));
    const failure: unknown = await id.catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(BuildError);
    expect(failure).toMatchObject({ kind: 'invalid', line: 2, endLine: 3, step: { state: 'failed' } });
  });

  test('that is cancelled is interrupted', async () => {
    const stop = new AbortController();
    const script = `trap 'echo > "$0.interrupted"; exit 130' INT\necho > "$0.begun"\nwhile :; do :; sleep 0.05; done`;
    const { bin, id } = await build(script, {}, stop.signal);
    id.catch(() => undefined);
    await expect.poll(() => fs.existsSync(path.join(bin, 'docker.begun'))).toBe(true);
    stop.abort();
    await expect(id).rejects.toMatchObject({ kind: 'cancelled' });
    expect(fs.existsSync(path.join(bin, 'docker.interrupted'))).toBe(true);
  });

  test('leaves no file of its own behind', async () => {
    const { bin, id } = await build('exit 1');
    await id.catch(() => undefined);
    const args = fs.readFileSync(path.join(bin, 'arguments'), 'utf8').split('\n');
    const idFile = args[args.indexOf('--iidfile') + 1] ?? '';
    expect(idFile).toContain('quayside-build-');
    expect(fs.existsSync(path.dirname(idFile))).toBe(false);
  });

  test('whose program has gone meanwhile says so', async () => {
    const context = await contextOf();
    const gone = { docker: '/nonexistent/docker', env: {} };
    await expect(
      buildWithBuildx(gone, context, { context: context.root }, new Steps(() => undefined)),
    ).rejects.toMatchObject({ kind: 'notFound' });
  });
});
