import type { Instruction } from '../model/instruction';
import type { Model } from '../model/model';
import type { Property } from '../model/properties';
import { platformArgs, proxyArgs, walkScopes, type Scope } from '../model/scope';
import type { Span } from '../model/text';
import type { Named, Occurrence } from './names';
import { readerOf, shellBody, shellLine, type PlacedToken } from './shellParts';

interface Use extends Span {
  readonly name: string;
  readonly role: 'read' | 'write';
}

/** What declares a name; for one that comes from outside of the file, the name alone. */
type Source = Property | string;

/** The variables: declarations that stand for the same value, with every place that uses them. */
export function variableNames(model: Model): Named[] {
  const groups = new Groups();
  const { stages, globals, instructions } = model;
  const early = new Map<string, Property>();
  const inScope = (scope: Scope) => (name: string) => scope.get(name)?.property;
  const first = stages[0]?.from;
  for (const instruction of instructions) {
    if (instruction === first) break;
    visit(groups, instruction, (name) => early.get(name));
    for (const property of declared(instruction)) early.set(property.name, property);
  }
  for (const { from } of stages) visit(groups, from, inScope(globals));
  let onbuild = new Map<string, Property>();
  let stage = first?.stage;
  walkScopes(model, (instruction, scope, current) => {
    if (current !== stage) onbuild = new Map();
    stage = current;
    const own = instruction.trigger ? onbuild : undefined;
    visit(groups, instruction, (name) => own?.get(name) ?? inScope(scope)(name));
    const kind = (instruction.trigger ?? instruction).keyword;
    for (const property of declared(instruction.trigger ?? instruction)) {
      const before = own ? own.get(property.name) : scope.get(property.name);
      const same = before && ('kind' in before ? before.kind === kind && before.property : before);
      if (same) groups.join(property, same);
      const global = kind === 'ARG' ? globals.get(property.name) : undefined;
      if (global?.property) groups.join(property, global.property);
      own?.set(property.name, property);
    }
  });
  return groups.all();
}

function declared(instruction: Instruction): readonly Property[] {
  return instruction.keyword === 'ARG' || instruction.keyword === 'ENV' ? instruction.properties : [];
}

function visit(
  groups: Groups,
  instruction: Instruction,
  lookup: (name: string) => Property | undefined,
): void {
  const inner = instruction.trigger ?? instruction;
  const own = new Map<string, Property>();
  const properties = declared(inner);
  for (const property of properties) {
    groups.add(property, { ...property.nameSpan, role: 'definition' }, property.name);
    if (isGiven(property.name)) groups.join(property, property.name);
  }
  for (const use of usesOf(instruction)) {
    const at = properties.find(({ start, end }) => start <= use.start && use.end <= end);
    // ARGs of one line see each other, ENVs do not.
    if (inner.keyword === 'ARG')
      for (const one of properties) if (one.end <= use.start) own.set(one.name, one);
    const source = own.get(use.name) ?? lookup(use.name);
    if (!source && use.role === 'write') continue;
    groups.add(source ?? use.name, { start: use.start, end: use.end, role: use.role }, use.name);
    // `ENV PATH=/x:$PATH` goes on with what comes from outside.
    if (!source && at?.name === use.name) groups.join(at, use.name);
  }
}

const given = new Set([...platformArgs, ...proxyArgs]);
const isGiven = (name: string): boolean => given.has(name);

/** Every place of an instruction that uses a variable, in the text of shells and heredocs too. */
function usesOf(instruction: Instruction): Use[] {
  const { text } = instruction.facts;
  const line = shellLine(instruction);
  const rest = (instruction.trigger ?? instruction).rest.start;
  const uses: Use[] = instruction.variables
    .filter(({ start }) => !line || start < rest)
    .map(({ name, nameSpan }) => ({ name, ...nameSpan, role: 'read' }));
  if (line) uses.push(...shellUses(line, text));
  for (const heredoc of instruction.heredocs) {
    const reader = readerOf(instruction, heredoc);
    if (reader === 'shell') uses.push(...shellUses(shellBody(instruction, heredoc), text));
    else if (reader === 'variables') uses.push(...dollars(text, heredoc.content));
  }
  return uses.filter(({ name }) => /^[A-Za-z_]/.test(name));
}

function shellUses(tokens: readonly PlacedToken[], text: string): Use[] {
  return tokens.flatMap((token): Use[] => {
    const { kind, start, end, prefix } = token;
    if (kind === 'variable') return [{ name: text.slice(start, end), start, end, role: 'read' }];
    if (kind === 'assignment')
      return prefix ? [] : [{ name: text.slice(start, end), start, end, role: 'write' }];
    // Another shell may read what stands in single quotes: `sh -c 'echo $NAME'`.
    return kind === 'string' && text.charAt(start) === "'" ? dollars(text, token) : [];
  });
}

function dollars(text: string, { start, end }: Span): Use[] {
  const uses: Use[] = [];
  for (const match of text.slice(start, end).matchAll(/(\\?\$\{?)([A-Za-z_]\w*)/g)) {
    const [, before = '', name = ''] = match;
    const at = start + match.index + before.length;
    if (!before.startsWith('\\')) uses.push({ name, start: at, end: at + name.length, role: 'read' });
  }
  return uses;
}

/** Declarations that belong together, with their occurrences. */
class Groups {
  private readonly parents = new Map<Source, Source>();
  private readonly places = new Map<Source, { name: string; found: Occurrence[] }>();

  private root(source: Source): Source {
    let at = source;
    for (let up = this.parents.get(at); up !== undefined; up = this.parents.get(at)) at = up;
    if (at !== source) this.parents.set(source, at);
    return at;
  }

  join(one: Source, other: Source): void {
    const from = this.root(one);
    const to = this.root(other);
    if (from === to) return;
    // A name from outside stays the root: it is what cannot be changed.
    if (typeof from === 'string') this.parents.set(to, from);
    else this.parents.set(from, to);
  }

  add(source: Source, occurrence: Occurrence, name: string): void {
    const place = this.places.get(source) ?? { name, found: [] };
    place.found.push(occurrence);
    this.places.set(source, place);
  }

  all(): Named[] {
    const joined = new Map<Source, { name: string; found: Occurrence[] }>();
    for (const [source, { name, found }] of this.places) {
      const root = this.root(source);
      const group = joined.get(root) ?? { name, found: [] };
      group.found.push(...found);
      joined.set(root, group);
    }
    return [...joined].map(([root, { name, found }]) => ({
      kind: 'variable',
      name,
      occurrences: found.sort((a, b) => a.start - b.start),
      ...(typeof root === 'string' && {
        fixed: isGiven(name)
          ? '{0} is set by the builder, under this name.'
          : '{0} comes from the base image or from a shell: it cannot be renamed here.',
      }),
    }));
  }
}
