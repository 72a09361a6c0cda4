import { parseReference } from '../run/reference';
import { HUB } from './address';

/** What may be asked for an image's name that is being typed. */
export type RegistryQuestion =
  | {
      readonly kind: 'names';
      readonly host: typeof HUB;
      /** What repositories of Docker Hub begin with. */
      readonly path: string;
    }
  | {
      readonly kind: 'tags';
      /** Host and port; `docker.io` is Docker Hub. */
      readonly host: string;
      /** Of the repository, in its registry: `library/nginx`. */
      readonly path: string;
      /** What stands in front of a tag, with its colon. */
      readonly before: string;
      /** The beginning of a tag. */
      readonly begun: string;
    };

const LONGEST = 200;
const NAME = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)?$/;

/**
 * Who may be asked what. Docker Hub is never asked about what is another registry's name, or may become one while it is
 * typed; tags are asked for once a name and its colon are there. `undefined`: nobody.
 */
export function questionOf(word: string): RegistryQuestion | undefined {
  if (word.length > LONGEST || /[@$\s]/.test(word)) return undefined;
  const slash = word.indexOf('/');
  const first = slash < 0 ? word : word.slice(0, slash);
  const registry =
    slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const colon = word.indexOf(':', registry ? slash : 0);
  // Without a slash what has a dot can only be a registry, as may what has a port behind it.
  if (slash < 0 && (/\.|^localhost(?:$|:)/i.test(first) || mayBePort(word.slice(colon + 1))))
    return undefined;
  if (colon < 0)
    return registry || word.length < 2 || !NAME.test(word)
      ? undefined
      : { kind: 'names', host: HUB, path: word };
  const place = placeOf(word.slice(0, colon));
  return place && { kind: 'tags', ...place, before: word.slice(0, colon + 1), begun: word.slice(colon + 1) };
}

function placeOf(name: string): { host: string; path: string } | undefined {
  try {
    const { domain, path } = parseReference(name);
    // Docker Hub has no deeper names.
    return domain === HUB && !NAME.test(path) ? undefined : { host: domain, path };
  } catch {
    return undefined;
  }
}

const mayBePort = (tag: string): boolean => /^[1-9]\d{3,4}$/.test(tag) && Number(tag) < 65_536;
