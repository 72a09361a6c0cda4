import { list, number, record, text, textMap, texts, type Json } from '../../wire/read';
import { specValues } from '../flagValues';
import { mountText } from '../mounts';
import { shortId } from '../names';
import { isUserDefined } from '../networks';
import type { RunSpec } from '../spec';
import { exactDuration } from '../units';
import { filled, filledMap, same, unset } from './given';
import { deviceText, gpusText, portTexts, shellText, ulimitText } from './texts';

/** Where a bind leads; a drive letter's colon is not the one between the two paths. */
const TARGET = /^(?:[A-Za-z]:)?[^:]*:((?:[A-Za-z]:)?[^:]+)/;

/**
 * The spec that runs a container like this one: `container` is the JSON of `GET /containers/{id}/json`, `image` that of
 * `GET /images/{id}/json` for its image. What equals the image's own or the engine's default is left out. An
 * inspection does not tell: whether the name was given, which variables came from files, a cgroup namespace other than the
 * engine's own, and variables that were taken away. JSON of any other shape gives an empty spec, never an error.
 */
export function fromInspect(container: unknown, image?: unknown): RunSpec {
  const inspected = record(container);
  const config = record(inspected['Config']);
  const host = record(inspected['HostConfig']);
  const own = record(record(image)['Config']);
  return defined({
    image: text(config['Image']),
    name: unset(text(inspected['Name']).replace(/^\//, '')),
    ...specValues(config, own, 'config'),
    ...specValues(host, {}, 'host'),
    ...process(config, own),
    ...attachment(config),
    ...environment(config, own),
    ...health(record(config['Healthcheck']), record(own['Healthcheck'])),
    ...published(config, host, own),
    ...storage(config, host, own),
    ...networks(inspected, config, host),
    ...devices(host),
    securityOpt: filled(securityOptions(host)),
    restart: restart(record(host['RestartPolicy'])),
    ...logging(record(host['LogConfig'])),
  });
}

/** A command that follows an entrypoint of its own has to be said even where it equals the image's, which it replaced. */
function process(config: Json, own: Json): Partial<RunSpec> {
  const entrypoint = texts(config['Entrypoint']);
  const isOwnEntrypoint = same(entrypoint, texts(own['Entrypoint']));
  const command = texts(config['Cmd']);
  return {
    entrypoint: isOwnEntrypoint ? undefined : entrypoint.length === 0 ? [''] : [...entrypoint],
    command: isOwnEntrypoint && same(command, texts(own['Cmd'])) ? undefined : filled(command),
  };
}

function attachment(config: Json): Partial<RunSpec> {
  const streams = (['stdin', 'stdout', 'stderr'] as const).filter(
    (stream) =>
      config[{ stdin: 'AttachStdin', stdout: 'AttachStdout', stderr: 'AttachStderr' }[stream]] === true,
  );
  const interactive = config['OpenStdin'] === true;
  // The input is attached to with -i already.
  const named = streams.filter((stream) => stream !== 'stdin' || !interactive);
  return {
    detach: streams.length === 0 || undefined,
    attach: same(named, ['stdout', 'stderr']) ? undefined : filled(named.length === 0 ? streams : named),
    interactive: interactive || undefined,
    tty: config['Tty'] === true || undefined,
  };
}

function environment(config: Json, own: Json): Partial<RunSpec> {
  const images = new Set(texts(own['Env']));
  const env = texts(config['Env']).filter((line) => !images.has(line) && line.includes('='));
  const ownLabels = textMap(own['Labels']);
  const labels = Object.entries(textMap(config['Labels'])).filter(([key, value]) => ownLabels[key] !== value);
  const pairs = env.map(
    (line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const,
  );
  return { env: filledMap(pairs), labels: filledMap(labels) };
}

function health(check: Json, own: Json): Partial<RunSpec> {
  const [kind, ...test] = texts(check['Test']);
  if (kind === 'NONE') return { noHealthcheck: true };
  const changed = (key: string) => (check[key] === own[key] ? undefined : number(check[key]) || undefined);
  const duration = (key: string) => {
    const nanoseconds = changed(key);
    return nanoseconds === undefined ? undefined : exactDuration(nanoseconds);
  };
  return {
    healthCommand: same(texts(check['Test']), texts(own['Test']))
      ? undefined
      : kind === 'CMD-SHELL'
        ? test[0]
        : unset(shellText(test)),
    healthInterval: duration('Interval'),
    healthTimeout: duration('Timeout'),
    healthStartPeriod: duration('StartPeriod'),
    healthStartInterval: duration('StartInterval'),
    healthRetries: changed('Retries'),
  };
}

function published(config: Json, host: Json, own: Json): Partial<RunSpec> {
  const bindings = record(host['PortBindings']);
  const known = new Set([...Object.keys(bindings), ...Object.keys(record(own['ExposedPorts']))]);
  return {
    ports: filled(Object.entries(bindings).flatMap(([port, targets]) => portTexts(port, targets))),
    expose: filled(Object.keys(record(config['ExposedPorts'])).filter((port) => !known.has(port))),
  };
}

function storage(config: Json, host: Json, own: Json): Partial<RunSpec> {
  const images = record(own['Volumes']);
  const binds = texts(host['Binds']);
  const taken = new Set(binds.map((bind) => TARGET.exec(bind)?.[1]));
  const anonymous = Object.keys(record(config['Volumes'])).filter(
    (path) => !Object.hasOwn(images, path) && !taken.has(path),
  );
  const tmpfs = Object.entries(textMap(host['Tmpfs'])).map(([path, options]) =>
    options === '' ? path : `${path}:${options}`,
  );
  return {
    volumes: filled([...binds, ...anonymous]),
    mounts: filled(list(host['Mounts']).map((mount) => mountText(record(mount)))),
    tmpfs: filled(tmpfs),
  };
}

function networks(inspected: Json, config: Json, host: Json): Partial<RunSpec> {
  const mode = text(host['NetworkMode']);
  const joined = record(record(inspected['NetworkSettings'])['Networks']);
  const endpoint = record(joined[mode]);
  const ipam = record(endpoint['IPAMConfig']);
  const id = shortId(text(inspected['Id']));
  const isOwn = isUserDefined(mode);
  // Such a container has its host's or its neighbour's name.
  const sharesName = mode === 'host' || mode.startsWith('container:') || text(host['UTSMode']) === 'host';
  const hasWishes = Object.keys(ipam).length > 0;
  return {
    network: mode === 'default' || (mode === 'bridge' && !hasWishes) ? undefined : unset(mode),
    furtherNetworks: isOwn ? filled(Object.keys(joined).filter((name) => name !== mode)) : undefined,
    networkAliases: isOwn ? filled(texts(endpoint['Aliases']).filter((alias) => alias !== id)) : undefined,
    ip: unset(text(ipam['IPv4Address'])),
    ip6: unset(text(ipam['IPv6Address'])),
    linkLocalIps: filled(texts(ipam['LinkLocalIPs'])),
    // The engine says `/target:/container/alias`.
    links: filled(texts(host['Links']).map((link) => link.replace(/^\/([^:]*):.*\/([^/]*)$/s, '$1:$2'))),
    hostname: sharesName ? undefined : unset(text(config['Hostname']), id),
  };
}

function securityOptions(host: Json): string[] {
  const privileged = host['Privileged'] === true;
  // The engine adds it to containers that share so much.
  const isUnlabelled = privileged || host['PidMode'] === 'host' || host['IpcMode'] === 'host';
  const unconfined = !privileged && Array.isArray(host['MaskedPaths']) && host['MaskedPaths'].length === 0;
  return [
    ...texts(host['SecurityOpt']).filter((option) => !(isUnlabelled && option === 'label=disable')),
    ...(unconfined ? ['systempaths=unconfined'] : []),
  ];
}

function devices(host: Json): Partial<RunSpec> {
  const swap = number(host['MemorySwap']);
  const requests = list(host['DeviceRequests']).map(record);
  const [gpus, ...furtherGpus] = requests.filter((request) => !isCdiRequest(request)).map(gpusText);
  const cdi = requests.filter(isCdiRequest).flatMap((request) => texts(request['DeviceIDs']));
  return {
    devices: filled([...list(host['Devices']).map((device) => deviceText(record(device))), ...cdi]),
    gpus,
    furtherGpus: filled(furtherGpus),
    ulimits: filled(list(host['Ulimits']).map((limit) => ulimitText(record(limit)))),
    // Twice the memory is what the engine makes of nothing.
    ...(swap === 2 * number(host['Memory']) && { memorySwap: undefined }),
  };
}

/** What `--device` makes of CDI names; `--gpus` asks for a capability too. */
function isCdiRequest(request: Json): boolean {
  return request['Driver'] === 'cdi' && list(request['Capabilities']).length === 0;
}

function restart(policy: Json): string | undefined {
  const name = unset(text(policy['Name']), 'no');
  const retries = number(policy['MaximumRetryCount']);
  return name !== undefined && retries > 0 ? `${name}:${retries}` : name;
}

function logging(log: Json): Partial<RunSpec> {
  const driver = text(log['Type']);
  const logOpts = filledMap(Object.entries(textMap(log['Config'])));
  return { logDriver: driver === 'json-file' && !logOpts ? undefined : unset(driver), logOpts };
}

function defined(spec: RunSpec): RunSpec {
  return Object.fromEntries(
    Object.entries(spec).filter(([, value]) => value !== undefined),
  ) as unknown as RunSpec;
}
