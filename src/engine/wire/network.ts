import { list, record, text, textMap } from './read';

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly scope: string;
  /** ms since 1970. */
  readonly created: number;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ipv6: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly subnets: readonly { readonly subnet: string; readonly gateway: string }[];
  /** Made by the engine itself; cannot be removed. */
  readonly predefined: boolean;
}

const PREDEFINED: ReadonlySet<string> = new Set([
  'bridge',
  'host',
  'none',
  'nat',
  'podman',
  'ingress',
  'docker_gwbridge',
]);

/** Whether the engine makes a network of this name itself; it would refuse to remove it. */
export function isPredefined(name: string): boolean {
  return PREDEFINED.has(name);
}

/** One item of `GET /networks`, or `GET /networks/{id}`. */
export function parseNetwork(value: unknown): Network {
  const item = record(value);
  const name = text(item['Name']);
  return {
    id: text(item['Id']),
    name,
    driver: text(item['Driver']),
    scope: text(item['Scope']),
    created: Date.parse(text(item['Created'])) || 0,
    internal: item['Internal'] === true,
    attachable: item['Attachable'] === true,
    ipv6: item['EnableIPv6'] === true,
    labels: textMap(item['Labels']),
    subnets: list(record(item['IPAM'])['Config'])
      .map(record)
      .map((config) => ({ subnet: text(config['Subnet']), gateway: text(config['Gateway']) })),
    predefined: isPredefined(name),
  };
}
