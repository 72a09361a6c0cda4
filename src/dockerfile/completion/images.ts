import { parseReference } from '../model/reference';
import type { Item, Want } from './item';

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

export function localItems({ span }: Want, images: readonly LocalImage[]): Item[] {
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

export function remoteItems(
  { span, text }: Want,
  { names, tags }: Remote,
  local: readonly LocalImage[],
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
        detail: official ? 'Docker Official Image' : 'Docker Hub',
        doc: description || undefined,
        rank: official ? 6 : 7,
      })),
    ...tags
      .map((tag) => `${before}${tag}`)
      .filter((name) => !there.has(name))
      .map((label): Item => ({ label, kind: 'image', span, detail: 'Docker Hub', rank: 6 })),
  ];
}

export type Question = { readonly kind: 'tags' | 'names'; readonly name: string };

/** What Docker Hub may be asked for what is typed; nothing that is, or may become, another registry's name. */
export function questionOf(text: string): Question | undefined {
  const { registry, name, tag, digest } = parseReference(text);
  if (registry || digest || text.includes('$') || /^localhost(?:[:/]|$)/.test(text)) return undefined;
  if (!/^[a-z0-9][a-z0-9_-]*(?:\/[a-z0-9][a-z0-9._-]*)?$/.test(name.text) || name.text.length > 100)
    return undefined;
  if (tag) return { kind: 'tags', name: name.text.includes('/') ? name.text : `library/${name.text}` };
  return name.text.length < 2 ? undefined : { kind: 'names', name: name.text };
}
