import { number, record, text, textMap, texts } from './read';

/** One image of the engine; the same shape from the list and from an inspect. */
export interface Image {
  /** `sha256:…` */
  readonly id: string;
  /** `name:tag`; empty for a dangling image. */
  readonly tags: readonly string[];
  /** `name@sha256:…` */
  readonly digests: readonly string[];
  /** Bytes, layers shared with other images included. */
  readonly size: number;
  /** ms since 1970. */
  readonly created: number;
  readonly labels: Readonly<Record<string, string>>;
}

const named = (reference: string): boolean => !reference.startsWith('<none>');

/** One item of `GET /images/json`. */
export function parseImage(value: unknown): Image {
  const item = record(value);
  return {
    id: text(item['Id']),
    tags: texts(item['RepoTags']).filter(named),
    digests: texts(item['RepoDigests']).filter(named),
    size: number(item['Size']),
    created: number(item['Created']) * 1000,
    labels: textMap(item['Labels']),
  };
}

/** The same of `GET /images/{name}/json`. */
export function parseInspectedImage(value: unknown): Image {
  const item = record(value);
  return {
    ...parseImage(item),
    created: Date.parse(text(item['Created'])) || 0,
    labels: textMap(record(item['Config'])['Labels']),
  };
}
