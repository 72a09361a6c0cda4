import { FLAGS } from './flags';
import { runArguments } from './commandLine/print';
import { quote } from './commandLine/quote';
import { maskWords } from './commandLine/secrets';
import type { RunSpec } from './spec';

/** One setting of a container that is to be another; in the words of `docker run`, one line for each value, secrets masked. */
export interface Difference {
  readonly field: keyof RunSpec;
  /** `--memory`; for image and command, which have no flag, the field's name. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Whether a container can be given it while it runs (`docker update`, `docker rename`). */
  readonly live: boolean;
}

/** What `POST /containers/{id}/update` takes of `HostConfig`, by field (moby `api/swagger.yaml`, `Resources`). */
export const LIVE: Partial<Record<keyof RunSpec, string>> = {
  blkioWeight: 'BlkioWeight',
  cpuPeriod: 'CpuPeriod',
  cpuQuota: 'CpuQuota',
  cpuShares: 'CpuShares',
  cpus: 'NanoCpus',
  cpusetCpus: 'CpusetCpus',
  cpusetMems: 'CpusetMems',
  memory: 'Memory',
  memoryReservation: 'MemoryReservation',
  memorySwap: 'MemorySwap',
  pidsLimit: 'PidsLimit',
  restart: 'RestartPolicy',
};

/** Of the CLI or of the caller, and no part of the container. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'engine',
  'show',
  'detach',
  'pull',
  'quiet',
  'sigProxy',
  'detachKeys',
  'cidfile',
]);

/**
 * The settings in which two specs differ, in the order of a printed line. A spec without a name wishes for none in
 * particular, so that is no difference.
 */
export function differences(before: RunSpec, after: RunSpec): Difference[] {
  const fields = [
    { field: 'image' as const, name: 'image' },
    ...FLAGS.map(({ field, name }) => ({ field, name: `--${name}` })),
    { field: 'command' as const, name: 'command' },
  ];
  return fields.flatMap(({ field, name }): Difference[] => {
    if (ELSEWHERE.has(field) || (field === 'name' && after.name === undefined)) return [];
    const [old, now] = [valuesOf(before, field, false), valuesOf(after, field, false)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    // A limit can be changed while it runs, but not taken away: the engine takes 0 for "as it is".
    const live = field === 'name' || (field in LIVE && now.length > 0);
    const said = (spec: RunSpec): string => valuesOf(spec, field, true).join('\n');
    return [{ field, name, before: said(before), after: said(after), live }];
  });
}

/** The values of one field, as a line of `docker run` has them. */
function valuesOf(spec: RunSpec, field: keyof RunSpec, maskSecrets: boolean): string[] {
  if (field === 'image') return [spec.image];
  if (field === 'command' || field === 'entrypoint') {
    // Quoted, or `sh -c "echo hi"` would read as `sh -c echo hi` does.
    const words = spec[field];
    if (words === undefined) return [];
    return [(maskSecrets ? maskWords(words) : words).map((word) => quote(word, 'sh')).join(' ')];
  }
  const further =
    field === 'network'
      ? { furtherNetworks: spec.furtherNetworks }
      : field === 'env'
        ? { passEnv: spec.passEnv }
        : {};
  if (spec[field] === undefined && Object.values(further).every((value) => value === undefined)) return [];
  const words = runArguments({ image: '', [field]: spec[field], ...further }, { maskSecrets }).slice(0, -1);
  return words.filter((_, index) => index % 2 === 1 || words.length === 1);
}
