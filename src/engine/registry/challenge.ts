/** What a `WWW-Authenticate` header asks for. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** Its parameters, by name in lower case. */
  readonly values: ReadonlyMap<string, string>;
}

const LONGEST = 8192;

/** The challenges of a header (RFC 9110, 11.6.1): several may stand in one, divided by commas as their parameters are. */
export function parseChallenges(header: string | undefined): readonly Challenge[] {
  const found: { scheme: string; values: Map<string, string> }[] = [];
  const text = (header ?? '').slice(0, LONGEST);
  for (const match of text.matchAll(
    /([\w.-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|([\w.-]+)(?=\s|,|$)/g,
  )) {
    const [, name, quoted, bare, scheme] = match;
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), values: new Map() });
    else if (name !== undefined)
      found.at(-1)?.values.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  }
  return found;
}
