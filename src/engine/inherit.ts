import { isUserDefined } from './run/networks';
import { list, record, text, texts, type Json } from './wire/read';

/** What a container that takes another's place gets from it besides what it was told. */
export interface Inherited {
  readonly body: object;
  /** Networks to join once it is made: a line of `docker run` cannot name them beside the default one. */
  readonly joins: readonly { readonly network: string; readonly endpoint: object }[];
}

/**
 * `body` creates the new container, `old` is the inspected one. Volumes that were made for the old container alone hold
 * its data, so they go on at the same places; networks that the new one is to be in as well keep their names and
 * addresses in them; and those that were joined beside a default network are joined again.
 */
export function inherited(old: Json, body: object): Inherited {
  const host = record(record(body)['HostConfig']);
  const binds = [...texts(host['Binds']), ...anonymousBinds(old, body)];
  const mounts = list(host['Mounts']).map((mount) => filled(record(mount), old));
  const networking = record(record(body)['NetworkingConfig']);
  const before = record(record(old['NetworkSettings'])['Networks']);
  const endpoints = Object.fromEntries(
    Object.entries(record(networking['EndpointsConfig'])).map(([name, endpoint]) => {
      const asked = record(endpoint);
      return [
        name,
        Object.keys(asked).length === 0 && name in before ? endpointOf(before[name], old) : asked,
      ];
    }),
  );
  const joins = Object.entries(before)
    .filter(([name]) => isUserDefined(name) && keepsDefault(old, host))
    .map(([network, endpoint]) => ({ network, endpoint: endpointOf(endpoint, old) }));
  return {
    body: {
      ...body,
      HostConfig: {
        ...host,
        ...(binds.length > 0 && { Binds: binds }),
        ...(mounts.length > 0 && { Mounts: mounts }),
      },
      NetworkingConfig: { ...networking, EndpointsConfig: endpoints },
    },
    joins,
  };
}

/** Whether both are on the same network of the engine's own. */
function keepsDefault(old: Json, host: Json): boolean {
  const mode = (value: unknown): string => text(value).replace(/^(?:default)?$/, 'bridge');
  const now = mode(host['NetworkMode']);
  return now === 'bridge' && mode(record(old['HostConfig'])['NetworkMode']) === now;
}

function endpointOf(endpoint: unknown, old: Json): object {
  const { Aliases, IPAMConfig, Links, DriverOpts } = record(endpoint);
  // The engine adds the short id itself.
  const aliases = texts(Aliases).filter((alias) => !text(old['Id']).startsWith(alias));
  return { Aliases: aliases, IPAMConfig, Links, DriverOpts };
}

function anonymousBinds(old: Json, body: object): string[] {
  const host = record(record(body)['HostConfig']);
  const taken = new Set(
    [
      ...texts(host['Binds']).map(targetOf),
      ...list(host['Mounts']).map((mount) => text(record(mount)['Target'])),
      ...Object.keys(record(host['Tmpfs'])),
    ].map(withoutSlash),
  );
  return anonymous(old)
    .filter((mount) => !taken.has(text(mount['Destination'])))
    .map((mount) => {
      const readOnly = mount['RW'] === false ? ':ro' : '';
      return `${text(mount['Name'])}:${text(mount['Destination'])}${readOnly}`;
    });
}

/** A mount that asks for a volume of its own gets the one that was made for the old container there. */
function filled(mount: Json, old: Json): Json {
  if (text(mount['Type']) !== 'volume' || text(mount['Source']) !== '') return mount;
  const target = withoutSlash(text(mount['Target']));
  const made = anonymous(old).find((one) => text(one['Destination']) === target);
  return made ? { ...mount, Source: text(made['Name']) } : mount;
}

/** The volumes that were made for it alone. */
function anonymous(old: Json): Json[] {
  return list(old['Mounts'])
    .map(record)
    .filter((mount) => text(mount['Type']) === 'volume' && /^[0-9a-f]{64}$/.test(text(mount['Name'])));
}

function withoutSlash(target: string): string {
  return target.replace(/(?<=.)\/+$/, '');
}

/** Of `source:target[:options]`; a drive letter's colon is not the one between the two. */
function targetOf(bind: string): string {
  return /^(?:[A-Za-z]:)?[^:]*:((?:[A-Za-z]:)?[^:]+)/.exec(bind)?.[1] ?? '';
}
