export interface Field {
  readonly name: string;
  readonly value: string;
}

/** Longer lines are not looked into. */
const LONGEST = 256 * 1024;

/** The fields of a line that is JSON, ends with JSON, or is logfmt; `undefined` for any other. */
export function fieldsOf(text: string): readonly Field[] | undefined {
  if (text.length > LONGEST) return undefined;
  return jsonFields(text) ?? logfmtFields(text);
}

/** Whether it is worth to look: said of every line on screen. */
export function mayHaveFields(text: string): boolean {
  if (text.length > LONGEST) return false;
  return /\{\s*"/.test(text.slice(0, 200))
    ? text.trimEnd().endsWith('}')
    : /^(?:[^=]{0,60}\s)?[\w.-]+=\S*.*\s[\w.-]+=/.test(text.slice(0, 400));
}

function jsonFields(text: string): readonly Field[] | undefined {
  const from = text.indexOf('{');
  if (from === -1) return undefined;
  try {
    const value: unknown = JSON.parse(text.slice(from));
    if (typeof value !== 'object' || value === null) return undefined;
    const fields: Field[] = [];
    flatten(value, '', fields);
    return fields;
  } catch {
    return undefined;
  }
}

/** Fields of a line, at most. */
const MOST = 500;

/** `{"a":{"b":1}}` is `a.b`; lists stay as they are. */
function flatten(value: object, prefix: string, into: Field[], depth = 0): void {
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    if (into.length >= MOST) return;
    if (depth < 5 && typeof inner === 'object' && inner !== null && !Array.isArray(inner))
      flatten(inner, `${prefix}${name}.`, into, depth + 1);
    else into.push({ name: prefix + name, value: typeof inner === 'string' ? inner : JSON.stringify(inner) });
  }
}

/** `time=… level=info msg="two words"`; a word without a value ends what may be fields, unless it stands first. */
function logfmtFields(text: string): readonly Field[] | undefined {
  const fields: Field[] = [];
  let loose = 0;
  for (const match of text.matchAll(/([\w.@/-]+)=("(?:[^"\\]|\\.)*"|\S*)|\S+/g)) {
    const [, name, value] = match;
    if (name === undefined || value === undefined) loose++;
    else
      fields.push({
        name,
        value: value.startsWith('"') && value.endsWith('"') && value.length > 1 ? unquoted(value) : value,
      });
    if (fields.length >= MOST) break;
  }
  return fields.length >= 2 && loose <= fields.length ? fields : undefined;
}

function unquoted(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    return value.slice(1, -1);
  }
}
