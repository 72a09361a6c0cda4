import type { Item, Want } from './item';

type Images = Extract<Want, { kind: 'images' }>;

/** An image of the engine, by one of its tags. */
export interface LocalImage {
  readonly reference: string;
  /** Size and age, as the user reads them. */
  readonly detail: string;
  /** ms since 1970. */
  readonly created: number;
}

/** What a registry has for what is typed: whole names, or the tags of one. */
export interface Remote {
  readonly names: readonly {
    readonly name: string;
    readonly description: string;
    readonly official: boolean;
  }[];
  readonly tags: readonly string[];
}

const most = 300;

export function localItems({ span }: Images, images: readonly LocalImage[]): Item[] {
  return [...images]
    .sort((a, b) => b.created - a.created)
    .slice(0, most)
    .map(({ reference, detail }) => ({
      label: reference,
      kind: 'image',
      span,
      detail,
      doc: 'An image of the engine.',
      rank: 2,
    }));
}

/** `of`: who has told. */
export function remoteItems(
  { span, text }: Images,
  { names, tags }: Remote,
  local: readonly LocalImage[],
  of: string,
): Item[] {
  const there = new Set(local.map(({ reference }) => reference));
  const before = text.slice(0, text.lastIndexOf(':') + 1);
  return [
    ...names
      .filter(({ name }) => !there.has(name))
      .map(({ name, description, official }): Item => ({
        label: name,
        kind: 'image',
        span,
        detail: official ? 'Docker Official Image' : of,
        common: true,
        doc: description || undefined,
        rank: official ? 6 : 7,
      })),
    ...tags
      .slice(0, most)
      .map((tag) => `${before}${tag}`)
      .filter((name) => !there.has(name))
      .map((label): Item => ({
        label,
        kind: 'image',
        span,
        detail: of,
        rank: 6,
        common: of === 'Docker Hub',
      })),
  ];
}
