import { registryConfig, anonymousAuth } from '../auth/registryAuth';
import { readConfigFile } from '../endpoint/configFile';
import { configFolder, type Surroundings } from '../endpoint/surroundings';
import { toEngineError, type EngineError } from '../errors';
import { Packer } from '../files/pack';
import { Tally } from '../files/tally';
import type { QueryValue, Requests } from '../requests';
import { proxyEnv } from '../run/proxies';
import { familiarString, parseReference, withDefaultTag } from '../run/reference';
import { messages } from '../streams/ndjson';
import { chunks } from '../streams/read';
import type { BuildContext } from './context';
import { scanDockerfile } from './dockerfile';
import { EngineOutput } from './engineOutput';
import { buildFailure } from './failure';
import type { BuildOptions } from './options';
import type { OnBuildEvent } from './output';
import type { Steps } from './steps';

/** Docker 23; the parser of older ones takes a heredoc's lines for instructions. */
const KNOWS_HEREDOCS = '1.42';

/** What the engine's builder is reached with. `host` is the engine's address, which chooses among config.json's proxies. */
export interface EngineBuilder {
  readonly requests: Requests;
  readonly surroundings: Surroundings;
  readonly host: string | undefined;
}

/** Build with the engine's own builder. Answers the image's id, full or the beginning of it; empty when none was told. */
export async function buildWithEngine(
  { requests, surroundings, host }: EngineBuilder,
  context: BuildContext,
  options: BuildOptions,
  { steps, onEvent }: { readonly steps: Steps; readonly onEvent: OnBuildEvent },
  signal?: AbortSignal,
): Promise<string> {
  const query = await buildQuery(options, context.dockerfile.name, { surroundings, host }, signal);
  const headers = await authHeader(surroundings, signal);
  const heredocs = await requests.atLeast(KNOWS_HEREDOCS, signal);
  const instructions = scanDockerfile(context.dockerfile.text, { heredocs });
  const output = new EngineOutput(steps, instructions, { added: Object.keys(options.labels ?? {}).length });
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const tally = new Tally(({ files, bytes }) => onEvent({ kind: 'context', files, bytes }));
  const packer = new Packer(context.items(), tally, either, { breaks: true });
  // The engine takes an archive that ends early for a whole context, so the request must end before it does.
  packer.stream.once('error', () => stop.abort());
  try {
    const call = { query, headers, upload: packer.stream, signal: either };
    const stream = await requests.stream('POST', '/build', call);
    const { files, bytes } = tally.copied;
    onEvent({ kind: 'context', files, bytes });
    for await (const message of messages(chunks(stream, either))) {
      output.add(message);
      await steps.taken();
    }
    output.end('done');
    return output.id ?? '';
  } catch (error) {
    const failure = toEngineError(error);
    output.end(failure.kind === 'cancelled' ? 'cancelled' : 'failed');
    if (packer.failure) throw packer.failure;
    if (!isAboutBuild(failure)) throw failure;
    throw buildFailure({
      said: wordsOf(failure),
      dockerfile: context.dockerfile.path,
      instructions,
      step: steps.get(output.current),
      lastLines: steps.lastLines(output.current),
      cause: failure,
    });
  } finally {
    packer.stream.destroy();
  }
}

/** Whether the builder itself has failed, and not the way to it. */
function isAboutBuild({ kind, status, cause }: EngineError): boolean {
  if (status !== undefined) return true;
  return kind !== 'cancelled' && kind !== 'protocol' && cause instanceof Error && !('code' in cause);
}

/** What the engine said, of an error of `answers.ts`. */
function wordsOf({ cause, message }: EngineError): string {
  return cause instanceof Error ? cause.message.replace(/^HTTP \d+: /, '') : message;
}

/**
 * The query of `POST /build` (`client/image_build.go` of moby): what the docker CLI says, but that intermediate containers
 * are removed after a failure too.
 */
export async function buildQuery(
  options: BuildOptions,
  dockerfile: string,
  { surroundings, host }: Pick<EngineBuilder, 'surroundings' | 'host'>,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, QueryValue>>> {
  const { target, labels = {}, platform, noCache, pull, network } = options;
  return {
    version: '1',
    t: tagsOf(options),
    dockerfile,
    target,
    buildargs: JSON.stringify(await buildArguments(options, surroundings, host, signal)),
    labels: JSON.stringify(labels),
    platform: (platform ?? surroundings.env['DOCKER_DEFAULT_PLATFORM'])?.toLowerCase() || undefined,
    nocache: noCache === true ? '1' : undefined,
    pull: pull === true ? '1' : undefined,
    networkmode: network ?? 'default',
    rm: '1',
    forcerm: '1',
  };
}

/** The tags as given; names that are none are refused before anything is sent. */
export function tagsOf({ tags = [] }: BuildOptions): readonly string[] {
  for (const tag of tags) parseReference(tag);
  return tags;
}

/** The same as the engine will know them. */
export function fullTags(options: BuildOptions): readonly string[] {
  return tagsOf(options).map((tag) => familiarString(withDefaultTag(parseReference(tag))));
}

/** The build arguments, and for those that are not given the proxies of config.json. */
async function buildArguments(
  { buildArgs = {} }: BuildOptions,
  surroundings: Surroundings,
  host: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<string, string | null>>> {
  const { proxies } = await readConfigFile(configFolder(surroundings), signal);
  const given = new Map(
    Object.entries(buildArgs).map(([name, value]) => [name, value ?? surroundings.env[name] ?? null]),
  );
  const settings = Object.fromEntries([...proxies].map(([address, proxy]) => [address, { ...proxy }]));
  const added = proxyEnv(settings, host, new Set(given.keys()));
  for (const pair of added) given.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  return Object.fromEntries(given);
}

/** Every stored login, for `FROM` may name any registry; what cannot be read is left out, as the CLI does. */
async function authHeader(
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
): Promise<Record<string, string>> {
  const stored = await registryConfig(surroundings, signal).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    return undefined;
  });
  return { 'X-Registry-Config': (stored ?? anonymousAuth).header };
}
