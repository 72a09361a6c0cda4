import { resolve } from 'node:path';
import { isCdiName, parseDevice } from './devices';
import { parseEnvFile, parseLabelFile, type Environment } from './env';
import { engineValues } from './flagValues';
import { parseGpus } from './gpus';
import { healthConfig } from './health';
import { FieldError } from './invalid';
import { parseMount } from './mounts';
import { networkBody } from './networks';
import { cut, pairs } from './pairs';
import { parsePlatform } from './platform';
import { publishedPorts } from './ports';
import { proxyEnv, type Proxies } from './proxies';
import { parseRestart } from './restart';
import { seccompFile, seccompOption } from './security';
import { cancelled, sentence } from '../errors';
import type { RunSpec } from './spec';
import { parseUlimits } from './ulimits';
import { checkRunSpec } from './validate';
import { volumesBody } from './volumes';

/** What `docker run` takes from around it. */
export interface RunContext {
  /** The caller's environment: for `-e NAME`, for names alone in an env-file, and for `DOCKER_DEFAULT_PLATFORM`. */
  readonly env?: Environment;
  /** `proxies` of config.json, and the address that chooses among them. */
  readonly proxies?: Proxies;
  readonly host?: string;
  /** Relative paths are relative to it; without it they go as they are. */
  readonly cwd?: string;
  /** The engine's system, where it is not Linux. */
  readonly osType?: string;
  /** Reads an env-file, a label file or a seccomp profile. */
  readonly readFile?: (path: string, signal?: AbortSignal) => Promise<Uint8Array>;
}

/** `POST /containers/create`: its query and its JSON body. */
export interface CreateRequest {
  readonly name?: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: CreateBody;
}

/** In the engine's own names; undefined values are not sent. */
export type CreateBody = Readonly<Record<string, unknown>> & {
  readonly HostConfig: Readonly<Record<string, unknown>>;
};

interface Files {
  readonly env: readonly string[];
  readonly labels: readonly string[];
  readonly securityOpt: readonly string[];
}

/**
 * The request with which `docker run` would create this container: same configuration as the CLI 20.10 sends it, with what
 * config.json's proxies, env-files, label files and seccomp profiles add (`docker/cli: opts.go: parse`). `cidfile` is named in
 * it but not written. Throws a `FieldError` for what the CLI would refuse too.
 */
export async function createBody(
  spec: RunSpec,
  context: RunContext = {},
  signal?: AbortSignal,
): Promise<CreateRequest> {
  checkRunSpec(spec);
  const files = await readFiles(spec, context, signal);
  const platform = spec.platform ?? context.env?.['DOCKER_DEFAULT_PLATFORM'] ?? '';
  const name = spec.name ?? '';
  return {
    ...(name !== '' && { name }),
    query: { ...(name !== '' && { name }), ...(platform !== '' && { platform: parsePlatform(platform) }) },
    body: bodyOf(spec, context, files),
  };
}

async function readFiles(spec: RunSpec, context: RunContext, signal?: AbortSignal): Promise<Files> {
  const read = async (field: keyof RunSpec, path: string): Promise<Uint8Array> => {
    try {
      const full = context.cwd === undefined ? path : resolve(context.cwd, path);
      if (!context.readFile) throw new Error('no files here');
      return await context.readFile(full, signal);
    } catch (cause) {
      if (signal?.aborted) throw cancelled(cause);
      throw new FieldError(
        field,
        sentence('{0} could not be read. Check that the file is there.', path),
        cause,
      );
    }
  };
  const env: string[] = [];
  for (const path of spec.envFile ?? []) {
    env.push(...parseEnvFile(await read('envFile', path), path, context.env ?? {}));
  }
  const labels: string[] = [];
  for (const path of spec.labelFile ?? [])
    labels.push(...parseLabelFile(await read('labelFile', path), path));
  const securityOpt: string[] = [];
  for (const option of spec.securityOpt ?? []) {
    const path = seccompFile(option);
    if (path === undefined) securityOpt.push(option);
    else securityOpt.push(seccompOption(Buffer.from(await read('securityOpt', path)).toString(), path));
  }
  return { env, labels, securityOpt };
}

/**
 * Besides what the table of flags sends as it is. Values that are not set are missing, which the engine takes as the CLI's zero
 * values; where it tells the two apart, they are the CLI's.
 */
function bodyOf(spec: RunSpec, context: RunContext, files: Files): CreateBody {
  const ports = publishedPorts(spec.ports ?? [], spec.expose);
  const { binds, volumes } = volumesBody(spec.volumes ?? [], context.cwd);
  const network = networkBody(spec);
  const gpus = [spec.gpus, ...(spec.furtherGpus ?? [])].filter((text) => text !== undefined);
  const unconfined = files.securityOpt.includes('systempaths=unconfined');
  const isWindows = context.osType === 'windows';
  const cdi = isWindows ? [] : (spec.devices ?? []).filter(isCdiName);
  const paths = (spec.devices ?? []).filter((text) => !cdi.includes(text));

  return {
    ...engineValues(spec, 'config'),
    Image: spec.image,
    Hostname: spec.hostname,
    ...attachment(spec),
    Tty: spec.tty ?? false,
    OpenStdin: spec.interactive ?? false,
    Env: environment(spec, context, files),
    Cmd: spec.command,
    // An empty word takes the image's own away.
    Entrypoint: spec.entrypoint?.length === 0 ? [''] : spec.entrypoint,
    Labels: pairs([...files.labels, ...lines(spec.labels)]),
    ExposedPorts: ports.exposed,
    Volumes: volumes,
    Healthcheck: healthConfig(spec),
    HostConfig: {
      Dns: [],
      DnsOptions: [],
      DnsSearch: [],
      MemorySwappiness: -1,
      OomKillDisable: false,
      PidsLimit: 0,
      ...engineValues(spec, 'host'),
      Binds: binds,
      ContainerIDFile: spec.cidfile,
      // A Windows engine checks a device itself.
      Devices: paths.map((text) => (isWindows ? { PathOnHost: text } : parseDevice(text))),
      DeviceRequests: [
        ...gpus.map(parseGpus),
        ...(cdi.length > 0 ? [{ Driver: 'cdi', DeviceIDs: cdi }] : []),
      ],
      Links: spec.links,
      LogConfig: { Type: spec.logDriver ?? '', Config: spec.logOpts ?? {} },
      Mounts: spec.mounts?.map((text) => parseMount(text, context.cwd)),
      NetworkMode: network.mode,
      PortBindings: ports.bindings,
      RestartPolicy: parseRestart(spec.restart ?? 'no'),
      SecurityOpt: files.securityOpt.filter((option) => option !== 'systempaths=unconfined'),
      ...(unconfined && { MaskedPaths: [], ReadonlyPaths: [] }),
      Tmpfs: pairs(spec.tmpfs ?? [], ':'),
      Ulimits: parseUlimits(spec.ulimits ?? []),
    },
    NetworkingConfig: { EndpointsConfig: network.endpoints },
  };
}

/** Detached: to nothing. Else to what `--attach` names, without it to both outputs; `-i` adds the input. */
function attachment(spec: RunSpec) {
  const streams = new Set(spec.attach?.map((stream) => stream.toLowerCase()));
  const isDefault = streams.size === 0;
  const isAttached = (stream: string, always: boolean) => !spec.detach && (always || streams.has(stream));
  const AttachStdin = isAttached('stdin', spec.interactive ?? false);
  return {
    AttachStdin,
    AttachStdout: isAttached('stdout', isDefault),
    AttachStderr: isAttached('stderr', isDefault),
    // The input ends for good with the client that attaches to it.
    StdinOnce: AttachStdin && (spec.interactive ?? false),
  };
}

function environment(spec: RunSpec, { env = {}, proxies = {}, host }: RunContext, files: Files): string[] {
  const passed = (spec.passEnv ?? []).map((name) =>
    env[name] === undefined ? name : `${name}=${env[name]}`,
  );
  const given = [...lines(spec.env), ...passed];
  const names = new Set(given.map((line) => cut(line)[0]));
  return [...files.env, ...given, ...proxyEnv(proxies, host, names)];
}

function lines(values: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
}
