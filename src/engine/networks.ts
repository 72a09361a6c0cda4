import { EngineError, sentence } from './errors';
import { networkPath } from './paths';
import type { Requests } from './requests';
import { record, text, type Json } from './wire/read';

/** The verbs on networks. Reference: moby `api/swagger.yaml`, `/networks`. */
export class Networks {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** Make one and answer its id. `conflict` when the name or the address range is taken, `invalid` for a gateway alone. */
  async create(
    options: {
      name: string;
      driver?: string;
      subnet?: string;
      gateway?: string;
      internal?: boolean;
      attachable?: boolean;
      ipv6?: boolean;
      labels?: Readonly<Record<string, string>>;
    },
    signal?: AbortSignal,
  ): Promise<string> {
    if (options.gateway !== undefined && options.subnet === undefined)
      throw new EngineError('invalid', sentence('A gateway needs the subnet that it is in. Give both.'));
    const body = {
      Name: options.name,
      CheckDuplicate: true,
      Driver: options.driver,
      Internal: options.internal,
      Attachable: options.attachable,
      EnableIPv6: options.ipv6,
      Labels: options.labels,
      ...(options.subnet === undefined
        ? {}
        : { IPAM: { Config: [{ Subnet: options.subnet, Gateway: options.gateway }] } }),
    };
    const answer = await this.#requests.json('POST', '/networks/create', { body, signal });
    return text(record(answer)['Id']);
  }

  async inspect(id: string, signal?: AbortSignal): Promise<Json> {
    return record(await this.#requests.json('GET', networkPath(id), { signal }));
  }

  /** Remove it. `denied` for the engine's own, and while containers are connected. */
  async remove(id: string, signal?: AbortSignal): Promise<void> {
    await this.#requests.head('DELETE', networkPath(id), { signal });
  }

  async connect(
    id: string,
    options: { container: string; aliases?: readonly string[]; ip?: string },
    signal?: AbortSignal,
  ): Promise<void> {
    const body = {
      Container: options.container,
      EndpointConfig: {
        Aliases: options.aliases,
        ...(options.ip === undefined
          ? {}
          : { IPAMConfig: { [options.ip.includes(':') ? 'IPv6Address' : 'IPv4Address']: options.ip } }),
      },
    };
    await this.#requests.head('POST', networkPath(id, 'connect'), { body, signal });
  }

  async disconnect(
    id: string,
    options: { container: string; force?: boolean },
    signal?: AbortSignal,
  ): Promise<void> {
    const body = { Container: options.container, Force: options.force };
    await this.#requests.head('POST', networkPath(id, 'disconnect'), { body, signal });
  }
}
