import { EngineError, sentence } from '../engine/errors';

/** Where a container can be written to. */
export interface Mounts {
  writable(path: string): boolean;
  /** Whether only the container's own processes see what is there: the engine looks at disks. */
  inMemory(path: string): boolean;
}

interface Inspected {
  readonly HostConfig?: {
    readonly ReadonlyRootfs?: boolean;
    readonly Tmpfs?: Readonly<Record<string, string>>;
  };
  readonly Mounts?: readonly {
    readonly Type?: string;
    readonly Destination?: string;
    readonly RW?: boolean;
  }[];
}

/** What the engine mounts into every Linux container. */
const KERNEL = ['/proc', '/sys', '/dev'];

/** By what `inspect` tells: the mount the path is on decides, else whether the container's own files are read-only. */
export function mountsOf(inspected: unknown): Mounts {
  const { HostConfig = {}, Mounts = [] } = inspected as Inspected;
  const memory = [...Object.keys(HostConfig.Tmpfs ?? {}), ...KERNEL];
  const places = [
    { at: '/', writable: HostConfig.ReadonlyRootfs !== true, memory: false },
    ...memory.map((at) => ({ at, writable: true, memory: true })),
    ...Mounts.map(({ Type, Destination = '', RW }) => ({
      at: Destination,
      writable: RW !== false,
      memory: Type === 'tmpfs',
    })),
  ].sort((a, b) => b.at.length - a.at.length);
  const placeOf = (path: string) => places.find(({ at }) => isWithin(path, at));
  return {
    writable: (path) => placeOf(path)?.writable ?? true,
    inMemory: (path) => placeOf(path)?.memory ?? false,
  };
}

/** Throws `denied` where nothing can be written, before the engine refuses in its own words or writes to nowhere. */
export function refuseUnwritable(mounts: Mounts, path: string): void {
  if (mounts.inMemory(path)) throw inMemory(path);
  if (mounts.writable(path)) return;
  throw new EngineError(
    'denied',
    sentence(
      '"{0}" cannot be changed: the container has it read-only. Use a volume that can be written to, or recreate the container without "read-only".',
      path,
    ),
  );
}

export function inMemory(path: string): EngineError {
  return new EngineError(
    'denied',
    sentence(
      '"{0}" is in memory only, where the engine does not reach it. Open a shell in the container to use it.',
      path,
    ),
  );
}

function isWithin(path: string, directory: string): boolean {
  const below = directory.endsWith('/') ? directory : `${directory}/`;
  return `${path}/`.startsWith(below);
}
