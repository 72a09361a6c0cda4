import { HUB } from '../../engine/registry/address';
import { parseReference } from '../../engine/run/reference';

/** What may be asked for what is typed: names of Docker Hub, or the tags of one repository. */
export type Question =
  | { readonly kind: 'names'; readonly typed: string }
  | {
      readonly kind: 'tags';
      readonly host: string;
      readonly path: string;
      /** What stands in front of a tag, with its colon. */
      readonly before: string;
      /** The beginning of a tag. */
      readonly begun: string;
    };

/** The names in a line; the last one is what is being typed, empty after a blank. */
export function wordsOf(line: string): { readonly done: readonly string[]; readonly last: string } {
  const words = line.split(/[\s,]+/);
  const last = words.pop() ?? '';
  return { done: words.filter(Boolean), last };
}

/**
 * Who may be asked what. Docker Hub is never asked about what is another registry's name, or may become one while it is
 * typed; tags are asked for once a name and its colon are there.
 */
export function questionOf(word: string): Question | undefined {
  if (word.length > 300 || word.includes('@')) return undefined;
  const slash = word.indexOf('/');
  const first = slash < 0 ? word : word.slice(0, slash);
  const other = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const colon = word.indexOf(':', other ? slash : 0);
  if (colon < 0) {
    const begins = other || first.includes('.') || /^localhost$/i.test(first);
    return begins || !/^[a-z0-9][a-z0-9._/-]+$/.test(word) ? undefined : { kind: 'names', typed: word };
  }
  const name = word.slice(0, colon);
  // Without a slash a dot can only be a registry's, and what is behind the colon its port.
  if (slash < 0 && (/[.]/.test(name) || name === 'localhost')) return undefined;
  try {
    const { domain, path } = parseReference(name);
    return {
      kind: 'tags',
      host: domain,
      path,
      before: word.slice(0, colon + 1),
      begun: word.slice(colon + 1),
    };
  } catch {
    return undefined;
  }
}

/** Whether the question goes to Docker Hub. */
export function isForHub(question: Question): boolean {
  return question.kind === 'names' || question.host === HUB;
}
