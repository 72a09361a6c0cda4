import type { Recorded } from '../support/recorder';

/** Of these, "not set" and the zero value are two different things to the engine. */
const POINTERS = new Set([
  'MemorySwappiness',
  'OomKillDisable',
  'PidsLimit',
  'Init',
  'StopTimeout',
  'MaskedPaths',
  'ReadonlyPaths',
]);
/** Keys are names people chose, so an empty value says something. */
const MAPS = new Set([
  'Config',
  'DriverOpts',
  'EndpointsConfig',
  'ExposedPorts',
  'Labels',
  'Options',
  'PortBindings',
  'StorageOpt',
  'Sysctls',
  'Tmpfs',
  'Volumes',
]);
/** The CLI keeps these in Go maps, whose order is random. */
const UNORDERED = new Set(['Binds', 'Env']);

/** A request without what makes no difference: zero values, and the order of what has none. */
export function normalise({ query, body }: Recorded): Recorded {
  return { query, body: normaliseValue(body, '') };
}

function normaliseValue(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => normaliseValue(item, ''));
    return UNORDERED.has(name) ? items.sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, normaliseValue(item, key)] as const)
    .filter(([key, item]) => item !== null && (MAPS.has(name) || POINTERS.has(key) || !isZero(item)))
    // The size of the terminal, which is that of the window in ours.
    .filter(([key]) => key !== 'ConsoleSize');
  return Object.fromEntries(entries);
}

function isZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === '' || value === 0 || value === false;
}
