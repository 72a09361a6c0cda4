import { list, number, record, text, texts, type Json } from './wire/read';

/** What matters of `docker version` and `docker info`; empty text or 0 where the engine does not say. */
export interface SystemFacts {
  /** Of the engine, such as `20.10.24` or, by its own name, `Podman Engine 4.3.1`. */
  readonly engine: string;
  /** The newest API version the engine speaks. */
  readonly api: string;
  readonly containerd: string;
  readonly runc: string;
  /** `Debian GNU/Linux 12 (bookworm)` */
  readonly os: string;
  readonly kernel: string;
  /** `linux/amd64` */
  readonly platform: string;
  /** The storage driver. */
  readonly storage: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  /** The engine's own sentences. */
  readonly warnings: readonly string[];
}

/** The answers of `System.version` and `System.info`, read. */
export function parseSystemFacts(version: Json, info: Json): SystemFacts {
  const components = list(version['Components']).map(record);
  const component = (name: string): string =>
    text(components.find((item) => text(item['Name']).toLowerCase() === name)?.['Version']);
  const first = text(components[0]?.['Name']);
  return {
    // Docker's first component is called "Engine"; who calls it otherwise is not Docker.
    engine: [first === 'Engine' ? '' : first, text(version['Version'])].filter(Boolean).join(' '),
    api: text(version['ApiVersion']),
    containerd: component('containerd'),
    runc: component('runc'),
    os: text(info['OperatingSystem']),
    kernel: text(info['KernelVersion']) || text(version['KernelVersion']),
    platform: [text(version['Os']), text(version['Arch'])].filter(Boolean).join('/'),
    storage: text(info['Driver']),
    cpus: number(info['NCPU']),
    memory: number(info['MemTotal']),
    warnings: texts(info['Warnings']),
  };
}
