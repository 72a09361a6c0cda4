import type { Span } from './text';

/** A part of a reference; `start` and `end` count from the reference's first character. */
export interface ReferencePart extends Span {
  readonly text: string;
}

/** `registry/name:tag@digest`. Variables in it are left as they are, and never split it. */
export interface ImageReference {
  readonly registry: ReferencePart | undefined;
  /** The repository, without registry. */
  readonly name: ReferencePart;
  readonly tag: ReferencePart | undefined;
  readonly digest: ReferencePart | undefined;
}

export function parseReference(text: string): ImageReference {
  const part = (start: number, end: number): ReferencePart => ({ text: text.slice(start, end), start, end });
  const plain = withoutVariables(text);
  const at = plain.indexOf('@');
  const named = at < 0 ? plain.length : at;
  const colon = plain.lastIndexOf(':', named - 1);
  const tagged = colon > plain.lastIndexOf('/', named - 1) && colon >= 0;
  const nameEnd = tagged ? colon : named;
  const slash = plain.indexOf('/');
  const host = slash > 0 && slash < nameEnd ? plain.slice(0, slash) : '';
  const hosted = host !== '' && (/[.:]/.test(host) || host === 'localhost' || host !== host.toLowerCase());
  return {
    registry: hosted ? part(0, slash) : undefined,
    name: part(hosted ? slash + 1 : 0, nameEnd),
    tag: tagged ? part(colon + 1, named) : undefined,
    digest: at < 0 ? undefined : part(at + 1, text.length),
  };
}

/** The same length, with letters where `${...}` and `$name` stand. */
function withoutVariables(text: string): string {
  if (!text.includes('$')) return text;
  let out = '';
  for (let at = 0; at < text.length; at += 1) {
    if (text.charAt(at) !== '$') {
      out += text.charAt(at);
      continue;
    }
    const start = at;
    if (text.charAt(at + 1) === '{') {
      let depth = 0;
      for (at += 1; at < text.length; at += 1) {
        if (text.charAt(at) === '{') depth += 1;
        else if (text.charAt(at) === '}' && --depth === 0) break;
      }
    } else while (/[A-Za-z0-9_]/.test(text.charAt(at + 1))) at += 1;
    out += 'x'.repeat(Math.min(at, text.length - 1) - start + 1);
  }
  return out;
}

const domain =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagShape = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const digestShape = /^[a-z][a-z0-9]*(?:[-_+.][a-z][a-z0-9]*)*:[0-9a-fA-F]{32,}$/i;

/** Which part the engine would refuse; undefined for a good reference. The text is taken as it is, without variables. */
export function badReference(text: string): 'name' | 'tag' | 'digest' | undefined {
  if (text.length > 1024) return 'name';
  const { registry, name, tag, digest } = parseReference(text);
  if (registry && !domain.test(registry.text)) return 'name';
  if (!name.text.split('/').every((part) => component.test(part))) return 'name';
  if (tag && !tagShape.test(tag.text)) return 'tag';
  if (digest && !digestShape.test(digest.text)) return 'digest';
  return undefined;
}
