import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findProgram, searchPath } from '../auth/helpers';
import { parseAddress } from '../endpoint/address';
import { cliEnvironment } from '../endpoint/cliEnvironment';
import type { Endpoint } from '../endpoint/endpoint';
import type { Surroundings } from '../endpoint/surroundings';
import { EngineError, cancelled, sentence } from '../errors';
import { BuildxOutput } from './buildxOutput';
import type { BuildContext } from './context';
import { scanDockerfile } from './dockerfile';
import { buildFailure } from './failure';
import type { BuildOptions } from './options';
import { OutputLines } from './outputLines';
import type { Steps } from './steps';

/** A docker CLI that has the buildx plugin, and the environment in which it speaks to the engine that is meant. */
export interface Buildx {
  readonly docker: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The first version that knows `--progress=rawjson`. */
const OLDEST = [0, 13] as const;
/** ms that the plugin may take to say its version. */
const PATIENCE = 10_000;
/** ms that a cancelled build may take to tell the engine. */
const GRACE = 5_000;
/** Characters; one status holds what many steps wrote since the last. */
const LONGEST_LINE = 4 * 1024 * 1024;
/** Names that mean something to the CLI itself, which must not get an argument of the build for them. */
const ITS_OWN =
  /^(?:DOCKER|BUILDX|BUILDKIT|OTEL|SSH|SSL_CERT_|AWS_|AZURE_|XDG_|GIT|GO)|PROXY$|^(?:PATH|HOME|TMPDIR|TEMP|TMP|LD_.*)$/i;

/** The docker CLI with its buildx plugin, where it is installed, new enough, and can reach this engine. */
export async function findBuildx(
  surroundings: Surroundings,
  endpoint: Endpoint | undefined,
  signal?: AbortSignal,
): Promise<Buildx | undefined> {
  const docker = await findProgram('docker', surroundings);
  if (docker === undefined || endpoint === undefined) return undefined;
  // An address of ours alone.
  if (parseAddress(endpoint.host).kind === 'wsl') return undefined;
  const stored = endpoint.contextName !== 'default';
  // The one would overrule the other.
  const choice = stored
    ? { DOCKER_HOST: undefined, DOCKER_CONTEXT: endpoint.contextName }
    : cliEnvironment(endpoint);
  if (choice === undefined) return undefined;
  const env = {
    ...surroundings.env,
    PATH: searchPath(surroundings).join(delimiter),
    DOCKER_CONTEXT: undefined,
    ...choice,
  };
  const [, major, minor] = /\bv?(\d+)\.(\d+)/.exec(await versionOf(docker, env, signal)) ?? [];
  if (major === undefined) return undefined;
  const enough = Number(major) > OLDEST[0] || Number(minor) >= OLDEST[1];
  return enough ? { docker, env } : undefined;
}

/** `github.com/docker/buildx v0.19.3 …`; empty where there is no such plugin. */
function versionOf(docker: string, env: Buildx['env'], signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, timeout: PATIENCE, windowsHide: true, ...(signal && { signal }) };
    execFile(docker, ['buildx', 'version'], options, (error, stdout) => {
      if (signal?.aborted === true) reject(cancelled(error));
      else resolve(error ? '' : stdout);
    });
  });
}

/**
 * Build with BuildKit through `docker buildx build`. Answers the image's id as the plugin tells it. A cancelled build is
 * interrupted, so that the engine hears of it.
 */
export async function buildWithBuildx(
  { docker, env }: Buildx,
  context: BuildContext,
  options: BuildOptions,
  steps: Steps,
  signal?: AbortSignal,
): Promise<string> {
  const instructions = scanDockerfile(context.dockerfile.text, { heredocs: true });
  const output = new BuildxOutput(steps, instructions);
  const folder = await mkdtemp(join(tmpdir(), 'quayside-build-'));
  const idFile = join(folder, 'id');
  try {
    const { args, added } = buildxCommand(options, context, idFile, env);
    const code = await follow(docker, args, { ...env, ...added }, output, signal);
    if (code === 0) return (await readFile(idFile, 'utf8').catch(() => '')).trim();
    throw buildFailure({
      said: output.said,
      dockerfile: context.dockerfile.path,
      instructions,
      step: output.failed,
      lines: output.lines,
      lastLines: steps.lastLines(output.failed?.id),
      cause: new Error(`docker buildx build ended with ${String(code)}: ${output.said}`),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The arguments of the command, and what its environment is given besides: the values of build arguments. */
export function buildxCommand(
  options: BuildOptions,
  context: BuildContext,
  idFile: string,
  env: Buildx['env'],
): { readonly args: readonly string[]; readonly added: Readonly<Record<string, string>> } {
  const { tags = [], target, buildArgs = {}, labels = {}, platform, noCache, pull, network } = options;
  const args = ['buildx', 'build', '--progress=rawjson', '--load', '--iidfile', idFile];
  const added: Record<string, string> = {};
  args.push('--file', context.dockerfile.path);
  for (const tag of tags) args.push('--tag', tag);
  if (target !== undefined) args.push('--target', target);
  for (const [name, value] of Object.entries(buildArgs)) {
    // Everybody on this computer can read a command line, and the value may be a secret.
    const byName = value === null || (!ITS_OWN.test(name) && env[name] === undefined);
    if (byName && value !== null) added[name] = value;
    args.push('--build-arg', byName ? name : `${name}=${value}`);
  }
  for (const [name, value] of Object.entries(labels)) args.push('--label', `${name}=${value}`);
  if (platform !== undefined) args.push('--platform', platform);
  if (noCache === true) args.push('--no-cache');
  if (pull === true) args.push('--pull');
  if (network !== undefined) args.push('--network', network);
  args.push(context.root);
  return { args, added };
}

/** Runs it to its end; answers its exit status, or the signal that ended it. */
async function follow(
  docker: string,
  args: readonly string[],
  env: Buildx['env'],
  output: BuildxOutput,
  signal: AbortSignal | undefined,
): Promise<number | string> {
  const aborted = (): boolean => signal?.aborted === true;
  if (aborted()) throw cancelled(signal?.reason);
  const child = spawn(docker, args, {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    // A group of its own, for the CLI has started the plugin as another process.
    detached: process.platform !== 'win32',
  });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  // Awaited below, behind the output.
  closed.catch(() => undefined);
  let harder: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill('SIGINT');
    harder = setTimeout(() => killAll(child.pid), GRACE);
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const lines = new OutputLines((_, line) => output.addLine(line), LONGEST_LINE);
    for await (const piece of child.stderr as AsyncIterable<Buffer>) {
      lines.bytes('stderr', piece);
      await output.taken();
    }
    lines.end();
    const [code, killed] = await closed;
    if (aborted()) throw cancelled(signal?.reason);
    return code ?? killed ?? '';
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(
      'notFound',
      sentence('The program {0} could not be started. Check that it is installed.', docker),
      { cause: error },
    );
  } finally {
    clearTimeout(harder);
    signal?.removeEventListener('abort', stop);
  }
}

/** Ends the process and those it started. */
function killAll(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
