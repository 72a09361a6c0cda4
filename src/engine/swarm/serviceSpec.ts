import { parseCsv } from '../run/csv';
import { invalid } from '../run/invalid';
import { parseMount, type Mount } from '../run/mounts';
import { cut } from '../run/pairs';
import { parsePort } from '../run/ports';
import { parseCpus, parseDuration, parseSize } from '../run/units';
import { parseVolume } from '../run/volumes';
import type { Json } from '../wire/read';

/** What `docker service create` can say; strings follow its grammar. */
export interface ServiceOptions {
  readonly image: string;
  readonly name?: string;
  /** What stands behind the image. */
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  /** 1 unless said; not with `global`. */
  readonly replicas?: number;
  /** One task on every node instead of a number of them. */
  readonly mode?: 'replicated' | 'global';
  readonly env?: Readonly<Record<string, string>>;
  /** `8080:80/udp`, or `mode=host,target=80,published=8080`. */
  readonly ports?: readonly string[];
  /** As `docker run -v` has them; a service knows only mounts. */
  readonly volumes?: readonly string[];
  readonly mounts?: readonly string[];
  readonly networks?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly containerLabels?: Readonly<Record<string, string>>;
  /** Such as `node.role==manager`. */
  readonly constraints?: readonly string[];
  readonly hostname?: string;
  readonly user?: string;
  readonly workdir?: string;
  readonly init?: boolean;
  readonly readOnly?: boolean;
  readonly tty?: boolean;
  /** The most that a task may use: `512m`, `1.5`. */
  readonly memory?: string;
  readonly cpus?: string;
  readonly restart?: 'any' | 'on-failure' | 'none';
  readonly stopGracePeriod?: string;
}

/** One published port of a service, as the API takes it. */
interface Port {
  readonly Protocol: string;
  readonly TargetPort: number;
  readonly PublishedPort?: number;
  readonly PublishMode: 'ingress' | 'host';
}

/**
 * The body of `POST /services/create` (`cli/command/service/opts.go` of docker/cli). Networks are names or ids of what
 * a swarm can use. Throws an `EngineError` of kind `invalid`.
 */
export function serviceBody(options: ServiceOptions): Record<string, unknown> {
  const { image, command, entrypoint, env, labels, networks = [], constraints = [] } = options;
  if (image.trim() === '') throw invalid('A service needs an image. Give its name.');
  return {
    Name: options.name,
    Labels: labels ?? {},
    TaskTemplate: {
      ContainerSpec: {
        Image: image,
        Labels: options.containerLabels,
        Command: entrypoint,
        Args: command,
        Hostname: options.hostname,
        Env: env && Object.entries(env).map(([name, value]) => `${name}=${value}`),
        Dir: options.workdir,
        User: options.user,
        Init: options.init,
        ReadOnly: options.readOnly,
        TTY: options.tty,
        Mounts: mountsOf(options),
        StopGracePeriod:
          options.stopGracePeriod === undefined ? undefined : parseDuration(options.stopGracePeriod),
      },
      Resources: {
        Limits: {
          MemoryBytes: options.memory === undefined ? undefined : parseSize(options.memory),
          NanoCPUs: options.cpus === undefined ? undefined : parseCpus(options.cpus),
        },
      },
      RestartPolicy: restartPolicy(options.restart),
      Placement: { Constraints: constraints },
      Networks: networks.map((Target) => ({ Target })),
    },
    Mode: modeOf(options),
    EndpointSpec: { Mode: 'vip', Ports: (options.ports ?? []).flatMap(portsOf) },
  };
}

/**
 * A platform of an image as nodes are told by it. Images for ARM say `arm` where nodes name their variant (`armv7l`), so
 * any will do, as with the CLI (`client/service_create.go` of moby).
 */
export function nodePlatform({ architecture, os }: { architecture: string; os: string }): Json {
  return { Architecture: architecture.toLowerCase() === 'arm' ? '' : architecture, OS: os };
}

/** Throws unless it is a number of replicas. */
export function checkReplicas(replicas: unknown): number {
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas < 0)
    throw invalid('"{0}" is not a number of replicas. Give 0 or more.', String(replicas));
  return replicas;
}

function modeOf({ mode = 'replicated', replicas }: ServiceOptions): Record<string, unknown> {
  if (mode === 'global') {
    if (replicas !== undefined)
      throw invalid(
        'A global service runs once on every node: it takes no number of replicas. Leave it out.',
      );
    return { Global: {} };
  }
  if ((mode as string) !== 'replicated')
    throw invalid('"{0}" is not a mode of a service. Use replicated or global.', mode);
  return { Replicated: replicas === undefined ? {} : { Replicas: checkReplicas(replicas) } };
}

/** With the pause and the number of attempts that the CLI gives it. */
function restartPolicy(condition: string | undefined): Record<string, unknown> | undefined {
  if (condition === undefined) return undefined;
  if (!['any', 'on-failure', 'none'].includes(condition))
    throw invalid('"{0}" does not say when to restart a service. Use any, on-failure or none.', condition);
  return { Condition: condition, Delay: 5e9, MaxAttempts: 0 };
}

function mountsOf({ volumes = [], mounts = [] }: ServiceOptions): Mount[] | undefined {
  const all = [...mounts.map((mount) => parseMount(mount)), ...volumes.map(volumeMount)];
  return all.length > 0 ? all : undefined;
}

/** What `-v` says as the mount it stands for. */
function volumeMount(written: string): Mount {
  const { source, target, options, isBind } = parseVolume(written);
  return {
    Type: isBind ? 'bind' : 'volume',
    ...(source !== undefined && { Source: source }),
    Target: target,
    ...(options.includes('ro') && { ReadOnly: true }),
  };
}

function portsOf(written: string): Port[] {
  return parsePort(written).map(({ containerPort, protocol, hostIp, hostPort }) => {
    if (hostIp !== '')
      throw invalid(
        'A service answers on all addresses of its nodes, so "{0}" cannot name one. Leave the address out.',
        written,
      );
    if (hostPort.includes('-'))
      throw invalid('"{0}" gives one port of the container a range. Give it one port, or none.', written);
    const published = Number(hostPort);
    return {
      Protocol: protocol,
      TargetPort: containerPort,
      ...(published > 0 && { PublishedPort: published }),
      PublishMode: publishMode(written),
    };
  });
}

function publishMode(written: string): Port['PublishMode'] {
  if (!written.includes('=')) return 'ingress';
  const mode = parseCsv(written)
    .map((field) => cut(field))
    .find(([key]) => key === 'mode')?.[1];
  if (mode !== undefined && mode !== 'ingress' && mode !== 'host')
    throw invalid('"{0}" is not how a port is published. Use ingress or host.', mode);
  return mode ?? 'ingress';
}
