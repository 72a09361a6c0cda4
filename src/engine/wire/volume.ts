import { record, text, textMap } from './read';

export interface Volume {
  readonly name: string;
  readonly driver: string;
  readonly mountpoint: string;
  /** ms since 1970; 0 where the driver does not say. */
  readonly created: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  /** Made for a container without a name being asked for. */
  readonly anonymous: boolean;
}

/** One item of `GET /volumes`, or `GET /volumes/{name}`. */
export function parseVolume(value: unknown): Volume {
  const item = record(value);
  const name = text(item['Name']);
  const labels = textMap(item['Labels']);
  return {
    name,
    driver: text(item['Driver']),
    mountpoint: text(item['Mountpoint']),
    created: Date.parse(text(item['CreatedAt'])) || 0,
    labels,
    options: textMap(item['Options']),
    anonymous: isAnonymous(name, labels),
  };
}

/** The label came with 23.0; before it, only the form of the name tells. */
export function isAnonymous(name: string, labels: Readonly<Record<string, string>>): boolean {
  return 'com.docker.volume.anonymous' in labels || /^[0-9a-f]{64}$/.test(name);
}
