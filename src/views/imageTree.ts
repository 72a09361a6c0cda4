import { shortId } from '../engine/run/names';
import type { Container, Image } from '../engine/model/types';
import { ageHolds, ageOf } from './duration';
import { underEngines, type EngineSource } from './engineBranches';
import { matchesImage, type Filter } from './filter';
import { compare, groupedBy } from './grouping';
import { NO_REPOSITORY, repositoryOf } from './nodes';
import type { Branch, Tree } from './rows';

export interface ImageSource extends EngineSource {
  readonly images: Iterable<Image>;
  readonly containers: Iterable<Container>;
}

export interface ImageTreeOptions {
  readonly filter: Filter;
  /** ms since 1970. */
  readonly now: number;
}

/** One row to be: an image with several tags has several. */
interface Entry {
  readonly image: Image;
  /** Empty for an image without one. */
  readonly tag: string;
  readonly repository: string;
  readonly used: boolean;
}

/** The rows of the Images view. */
export function imageTree(sources: readonly ImageSource[], { filter, now }: ImageTreeOptions): Tree {
  return underEngines(sources, ({ engine, images, containers }) => {
    const users = usersOf(containers);
    const entries = [...images].flatMap((image) => entriesOf(image, users.get(image.id) ?? [], filter));
    return {
      branches: grouped(engine, entries, now),
      holds: Math.min(Infinity, ...entries.map(({ image }) => ageHolds(now - image.created))),
    };
  });
}

/** Which containers are made of each image, by its id. */
export function usersOf(containers: Iterable<Container>): ReadonlyMap<string, readonly Container[]> {
  return groupedBy(containers, ({ imageId }) => imageId);
}

function entriesOf(image: Image, users: readonly Container[], filter: Filter): Entry[] {
  const tags = image.tags.length > 0 ? image.tags : [''];
  return tags
    .filter((tag) => matchesImage(filter, image, tag, users))
    .map((tag) => ({
      image,
      tag,
      repository: tag ? repositoryOf(tag) : unnamed(image),
      used: users.length > 0,
    }));
}

/** An image pulled by its digest has a repository, though no tag. */
function unnamed({ digests: [digest = ''] }: Image): string {
  return digest.split('@')[0] || NO_REPOSITORY;
}

/** Repositories by name, those without one last; a repository of one image needs no row of its own. */
function grouped(engine: string, entries: readonly Entry[], now: number): Branch[] {
  const repositories = groupedBy(entries, ({ repository }) => repository);
  return [...repositories]
    .sort(([a], [b]) => Number(a === NO_REPOSITORY) - Number(b === NO_REPOSITORY) || compare(a, b))
    .map(([name, members]): Branch => {
      const [first] = members;
      if (members.length === 1 && first) return branch(engine, first, now, false);
      return {
        node: { kind: 'repository', engine, name },
        row: { kind: 'repository', name, images: members.length },
        children: members.sort(newestFirst).map((member) => branch(engine, member, now, true)),
      };
    });
}

function branch(engine: string, entry: Entry, now: number, under: boolean): Branch {
  const { image, tag, used } = entry;
  return {
    node: { kind: 'image', engine, id: tag || image.id, imageId: image.id },
    row: {
      kind: 'image',
      label: labelOf(entry, under),
      tagged: tag !== '',
      used,
      size: image.size,
      age: ageOf(now - image.created),
    },
  };
}

function labelOf({ image, tag, repository }: Entry, under: boolean): string {
  if (tag !== '') return under ? tag.slice(repository.length + 1) : tag;
  const id = shortId(image.id);
  return under ? id : `${repository} ${id}`;
}

function newestFirst(a: Entry, b: Entry): number {
  return b.image.created - a.image.created || compare(a.tag, b.tag) || compare(a.image.id, b.image.id);
}
