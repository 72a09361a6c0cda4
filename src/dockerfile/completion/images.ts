import { parseReference } from '../model/reference';
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

/** What a registry may be asked: for names that begin so, or for the tags of one. */
export interface Question {
  readonly kind: 'tags' | 'names';
  /** Host and port, as names of images spell it; `docker.io` is Docker Hub. */
  readonly registry: string;
  readonly name: string;
}

export const hub = 'docker.io';
const path = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/;

/** What is to be asked for what is typed, and whom: a registry that stands in front, else Docker Hub. */
export function questionOf(text: string): Question | undefined {
  const { registry, name, tag, digest } = parseReference(text);
  if (digest || text.includes('$') || text.length > 200 || !path.test(name.text)) return undefined;
  const host = registry?.text ?? hub;
  if (host !== hub && host !== 'index.docker.io')
    return tag ? { kind: 'tags', registry: host, name: name.text } : undefined;
  const parts = name.text.split('/').length;
  // A name that may become the host of a registry is nothing for Docker Hub, nor is one with what may be a port behind it.
  const [first = ''] = name.text.split('/');
  if (parts > 2 || first.includes('.') || first === 'localhost') return undefined;
  if (!registry && parts === 1 && mayBePort(tag?.text)) return undefined;
  if (tag) return { kind: 'tags', registry: hub, name: parts === 2 ? name.text : `library/${name.text}` };
  return registry || name.text.length < 2 ? undefined : { kind: 'names', registry: hub, name: name.text };
}

const mayBePort = (tag = ''): boolean => /^[1-9]\d{3,4}$/.test(tag) && Number(tag) < 65_536;
