/** Where a container can be written to. */
export interface Mounts {
  writable(path: string): boolean;
}

interface Inspected {
  readonly HostConfig?: {
    readonly ReadonlyRootfs?: boolean;
    readonly Tmpfs?: Readonly<Record<string, string>>;
  };
  readonly Mounts?: readonly { readonly Destination?: string; readonly RW?: boolean }[];
}

/** By what `inspect` tells: the mount the path is on decides, else whether the container's own files are read-only. */
export function mountsOf(inspected: unknown): Mounts {
  const { HostConfig = {}, Mounts = [] } = inspected as Inspected;
  const places = [
    { at: '/', writable: HostConfig.ReadonlyRootfs !== true },
    ...Mounts.map(({ Destination = '', RW }) => ({ at: Destination, writable: RW !== false })),
    ...Object.entries(HostConfig.Tmpfs ?? {}).map(([at, options]) => ({
      at,
      writable: !options.split(',').includes('ro'),
    })),
  ].sort((a, b) => b.at.length - a.at.length);
  return { writable: (path) => places.find(({ at }) => isWithin(path, at))?.writable ?? true };
}

function isWithin(path: string, directory: string): boolean {
  const below = directory.endsWith('/') ? directory : `${directory}/`;
  return `${path}/`.startsWith(below);
}
