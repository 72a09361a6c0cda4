import type { Instruction } from './instruction';
import type { Property } from './properties';
import { lineage, type Stage } from './stages';
import { expand, type Lookup } from './variables';

/** A name and what it stands for at some place. */
export interface Binding {
  readonly name: string;
  readonly kind: 'ARG' | 'ENV' | 'image' | 'predefined';
  /** With its variables replaced; undefined where only a build can tell. */
  readonly value: string | undefined;
  readonly instruction: Instruction | undefined;
  readonly property: Property | undefined;
}

/** Whether other extensions know it too: they see what a stage itself declares, one name at a time, and the proxies. */
export const isCommon = ({ instruction, kind, name }: Binding, stage: Stage | undefined): boolean =>
  instruction === undefined
    ? proxyArgs.includes(name)
    : instruction.stage === stage && (kind === 'ENV' || instruction.properties.length === 1);

/** What BuildKit knows without a declaration in FROM, and after `ARG name` in a stage. */
export const platformArgs: readonly string[] = ['BUILD', 'TARGET']
  .flatMap((side) => ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((part) => side + part))
  .concat('TARGETSTAGE');

/** What they are where nobody asks for something else: of stages that are named after them, one is meant then. */
const usualPlatform: Readonly<Record<string, string>> = {
  PLATFORM: 'linux/amd64',
  OS: 'linux',
  ARCH: 'amd64',
};

/** What a name in FROM stands for. */
export const lookupInFrom =
  (globals: Scope): Lookup =>
  (name) => {
    const value = globals.lookup(name);
    if (value !== '' || !platformArgs.includes(name)) return value;
    return usualPlatform[name.replace(/^(?:BUILD|TARGET)/, '')] ?? value;
  };

/** Given from outside without a declaration. */
export const proxyArgs: readonly string[] = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'FTP_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
].flatMap((name) => [name, name.toLowerCase()]);

/** The variables of an image's config, by stage: only an engine can tell. Undefined where it is not known. */
export type BaseEnv = (stage: Stage) => Readonly<Record<string, string>> | undefined;

const deepest = 16;

/** The names that are set at a place. Later ones hide earlier ones, and an ENV hides every ARG. */
export class Scope {
  private readonly own = new Map<string, Binding>();
  private readonly parent: Scope | undefined;
  private readonly depth: number;

  constructor(parent?: Scope) {
    const deep = parent !== undefined && parent.depth >= deepest;
    this.parent = deep ? undefined : parent;
    this.depth = this.parent ? this.parent.depth + 1 : 0;
    if (deep) for (const binding of parent.all()) this.own.set(binding.name, binding);
  }

  get(name: string): Binding | undefined {
    return this.own.get(name) ?? this.parent?.get(name);
  }

  set(binding: Binding): void {
    if (binding.kind === 'ARG' && this.get(binding.name)?.kind === 'ENV') return;
    this.own.set(binding.name, binding);
  }

  /** Each name once. */
  all(): Binding[] {
    const seen = new Map<string, Binding>();
    for (const binding of this.parent?.all() ?? []) seen.set(binding.name, binding);
    for (const binding of this.own.values()) seen.set(binding.name, binding);
    return [...seen.values()];
  }

  readonly lookup: Lookup = (name) => {
    const binding = this.get(name);
    return binding && (binding.value ?? '');
  };
}

/** Sees an instruction's own names into the scope. `globals` gives ARGs without a default theirs. */
export function declare(scope: Scope, instruction: Instruction, globals?: Scope): void {
  const { keyword } = instruction;
  if (keyword !== 'ARG' && keyword !== 'ENV') return;
  const { escape } = instruction.facts;
  const bindings: Binding[] = [];
  for (const property of instruction.properties) {
    const { name } = property;
    const given = globals?.get(name);
    const value =
      property.value === undefined ? given?.value : expand(property.value, escape, scope.lookup).value;
    const binding: Binding = { name, kind: keyword, value, instruction, property };
    if (keyword === 'ARG') scope.set(binding);
    else bindings.push(binding);
  }
  for (const binding of bindings) scope.set(binding);
}

/** What a stage begins with: its base stage's names, or the image's. */
export function openingScope(stage: Stage, ends: ReadonlyMap<Stage, Scope>, baseEnv?: BaseEnv): Scope {
  const scope = new Scope(stage.base && ends.get(stage.base));
  if (stage.base) return scope;
  for (const [name, value] of Object.entries(baseEnv?.(stage) ?? {}))
    scope.set({ name, kind: 'image', value, instruction: undefined, property: undefined });
  return scope;
}

/** The scope of the ARGs before the first FROM: what FROM itself sees. */
export function globalScope(instructions: readonly Instruction[]): Scope {
  const predefined = new Scope();
  for (const name of [...platformArgs, ...proxyArgs])
    predefined.set({
      name,
      kind: 'predefined',
      value: undefined,
      instruction: undefined,
      property: undefined,
    });
  const scope = new Scope(predefined);
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') break;
    if (instruction.keyword === 'ARG') declare(scope, instruction);
  }
  return scope;
}

/** Walks the stages in order; `visit` sees every instruction with the names that are set before it. */
export function walkScopes(
  { stages, globals }: { readonly stages: readonly Stage[]; readonly globals: Scope },
  visit: (instruction: Instruction, scope: Scope, stage: Stage) => void,
  baseEnv?: BaseEnv,
): void {
  const ends = new Map<Stage, Scope>();
  for (const stage of stages) {
    const scope = openingScope(stage, ends, baseEnv);
    for (const instruction of stage.instructions) {
      if (instruction !== stage.from) visit(instruction, scope, stage);
      declare(scope, instruction, globals);
    }
    ends.set(stage, scope);
  }
}

/** The names that are set where an instruction begins; for a FROM the global ones. */
export function scopeAt(
  { globals }: { readonly globals: Scope },
  instruction: Instruction,
  baseEnv?: BaseEnv,
): Scope {
  const { stage } = instruction;
  if (!stage || instruction === stage.from) return globals;
  const ends = new Map<Stage, Scope>();
  for (const one of lineage(stage).reverse()) {
    const scope = openingScope(one, ends, baseEnv);
    for (const each of one.instructions) {
      if (each === instruction) return scope;
      declare(scope, each, globals);
    }
    ends.set(one, scope);
  }
  return globals;
}
