import { invalid } from './invalid';

/**
 * An image reference in its full form. `domain` and `path` are what `ubuntu` stands for: `docker.io` and
 * `library/ubuntu`. With both a tag and a digest, the digest decides.
 */
export interface Reference {
  readonly domain: string;
  readonly path: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}

const DEFAULT_DOMAIN = 'docker.io';
const MAX_NAME = 255;

const ID = /^[a-f0-9]{64}$/;
const DOMAIN_PART = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)';
const DOMAIN = new RegExp(`^(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
// The reference's grammar lets the separator be empty, which only makes a backtracking engine slow; here it is not.
const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * Parse an image name as a person types it: `nginx`, `nginx:1.27`, `localhost:5000/team/app@sha256:…`. The first part is a
 * registry when it is `localhost`, holds a `.` or a `:`, or has an upper-case letter; else the registry is Docker Hub.
 * Follows `distribution/reference` (`normalize.go`, `regexp.go`). Throws an `EngineError` of kind `invalid`.
 */
export function parseReference(text: string): Reference {
  if (text === '') throw invalid('Give the name of an image, such as nginx:latest.');
  if (ID.test(text)) {
    throw invalid('"{0}" is an image id, not a name. Use the name of the image, such as nginx:latest.', text);
  }
  const { domain, remainder } = splitDomain(text);
  const at = remainder.indexOf('@');
  const digest = at < 0 ? undefined : remainder.slice(at + 1);
  const named = at < 0 ? remainder : remainder.slice(0, at);
  const colon = named.indexOf(':');
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const path = colon < 0 ? named : named.slice(0, colon);

  if (path !== path.toLowerCase()) {
    throw invalid('The image name "{0}" has upper-case letters. Write it in lower case.', text);
  }
  if (domain.length + 1 + path.length > MAX_NAME) {
    throw invalid('The image name "{0}" is too long. At most {1} characters are allowed.', text, MAX_NAME);
  }
  if (!DOMAIN.test(domain)) {
    throw invalid('"{0}" in "{1}" is not the address of a registry, such as localhost:5000.', domain, text);
  }
  if (!PATH.test(path)) {
    throw invalid(
      '"{0}" is not an image name. Write it like nginx, nginx:1.27 or localhost:5000/team/app:1.0.',
      text,
    );
  }
  if (tag !== undefined && !TAG.test(tag)) {
    throw invalid('"{0}" is not a tag. Use up to 128 letters, digits, "_", "." and "-".', tag);
  }
  if (digest !== undefined && !isDigest(digest)) {
    throw invalid('"{0}" is not a digest. It looks like sha256: followed by 64 hexadecimal digits.', digest);
  }
  return { domain, path, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** What `docker run` accepts as an image: a name, a full id (64 hexadecimal digits) or a digest. */
export function parseImage(text: string): Reference | { readonly id: string } {
  if (ID.test(text)) return { id: `sha256:${text}` };
  if (isDigest(text)) return { id: text };
  return parseReference(text);
}

/** The same reference with the tag `latest` when it has neither tag nor digest. */
export function withDefaultTag(reference: Reference): Reference {
  return reference.tag === undefined && reference.digest === undefined
    ? { ...reference, tag: 'latest' }
    : reference;
}

/** The repository in full: `docker.io/library/nginx`. */
export function repositoryName({ domain, path }: Reference): string {
  return `${domain}/${path}`;
}

/** The repository as people write it: `nginx`, `team/app`, `localhost:5000/app`. */
export function familiarName({ domain, path }: Reference): string {
  if (domain !== DEFAULT_DOMAIN) return `${domain}/${path}`;
  return /^library\/[^/]+$/.test(path) ? path.slice('library/'.length) : path;
}

/** The whole reference as people write it: `nginx:1.27@sha256:…`. */
export function familiarString(reference: Reference): string {
  return familiarName(reference) + suffix(reference);
}

/** The whole reference in full: `docker.io/library/nginx:1.27`. */
export function referenceString(reference: Reference): string {
  return repositoryName(reference) + suffix(reference);
}

function suffix({ tag, digest }: Reference): string {
  return (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}

function isDigest(text: string): boolean {
  const colon = text.indexOf(':');
  const length = DIGEST_LENGTHS[text.slice(0, Math.max(colon, 0))];
  return length === text.length - colon - 1 && /^[a-f0-9]+$/.test(text.slice(colon + 1));
}

function splitDomain(text: string): { domain: string; remainder: string } {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  const domain = !isDomain || first === 'index.docker.io' ? DEFAULT_DOMAIN : first;
  const remainder = isDomain ? text.slice(slash + 1) : text;
  const official = domain === DEFAULT_DOMAIN && !remainder.includes('/');
  return { domain, remainder: official ? `library/${remainder}` : remainder };
}
