/*
 * The one model of a Dockerfile, read once per version of a document and shared by every feature:
 *
 *   const model = modelOf(document);            // anything with getText() and version, such as a TextDocument
 *   model.instructions                          // all, in order; `instructionAt(offset)` finds one
 *   model.stages                                // each with its FROM, name, base stage and instructions
 *   instruction.flags / args / properties / json / heredocs / variables / trigger, each with its place
 *   scopeAt(model, instruction, baseEnv)        // the variables that are set there, with their values
 *   model.lines.rangeOf(span)                   // places are offsets; this makes them lines and characters
 *
 * dockerfile-ast finds the instructions, after `mask` has hidden what it reads differently than BuildKit does; what an
 * instruction is made of is read here, as BuildKit reads it.
 */
import { DockerfileParser, type Dockerfile } from 'dockerfile-ast';
import { escapeOf, parseDirectives, type Directive } from './directives';
import { Instruction } from './instruction';
import { joinLines } from './logical';
import { globalScope, lookupInFrom, type Scope } from './scope';
import { keywordLine, mask, scan, type Scanned } from './scan';
import { stageOf, type Stage } from './stages';
import { Lines } from './text';

export interface Model {
  readonly lines: Lines;
  readonly directives: readonly Directive[];
  readonly escape: string;
  readonly instructions: readonly Instruction[];
  /** Those outside of instructions, directives left aside. */
  readonly commentLines: readonly number[];
  readonly stages: readonly Stage[];
  /** What FROM sees. */
  readonly globals: Scope;
  /** The last stage of a name, in lower case. */
  readonly stageNames: ReadonlyMap<string, Stage>;
}

/** What a model is read from. */
export interface Source {
  readonly version: number;
  getText(): string;
}

const cached = new WeakMap<Source, { readonly version: number; readonly model: Model }>();

/** The model of a document as it is now. */
export function modelOf(document: Source): Model {
  const known = cached.get(document);
  if (known?.version === document.version) return known.model;
  const model = parseModel(document.getText());
  cached.set(document, { version: document.version, model });
  return model;
}

export function parseModel(text: string): Model {
  const lines = new Lines(text);
  const directives = parseDirectives(lines);
  const escape = escapeOf(directives);
  const scanned = scan(lines, directives.length, escape);
  const ast = DockerfileParser.parse(mask(lines, scanned, escape));
  const instructions = instructionsOf(lines, ast, scanned.found, escape);
  const globals = globalScope(instructions);
  const { stages, names } = readStages(instructions, globals);
  return {
    lines,
    directives,
    escape,
    instructions,
    commentLines: scanned.comments,
    stages,
    globals,
    stageNames: names,
  };
}

function instructionsOf(
  lines: Lines,
  ast: Dockerfile,
  scanned: readonly Scanned[],
  escape: string,
): Instruction[] {
  const byLine = new Map(scanned.map((one) => [keywordLine(lines, one.logical, one.line), one]));
  return ast.getInstructions().map((node) => {
    const { line } = node.getRange().start;
    const one = byLine.get(line) ?? alone(lines, line, escape);
    const endLine = one.next - 1;
    return new Instruction({
      text: lines.text,
      logical: one.logical,
      escape,
      heredocs: one.heredocs,
      line: one.line,
      endLine,
      end: lines.endOf(endLine),
      emptyLines: one.emptyLines,
      commentLines: one.commentLines,
    });
  });
}

function alone(lines: Lines, line: number, escape: string): Scanned {
  return { ...joinLines(lines, line, escape), line, heredocs: [] };
}

function readStages(
  instructions: readonly Instruction[],
  globals: Scope,
): { stages: Stage[]; names: Map<string, Stage> } {
  const stages: Stage[] = [];
  const names = new Map<string, Stage>();
  const lookup = lookupInFrom(globals);
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      const stage = stageOf(instruction, stages.length, names, lookup);
      stages.push(stage);
      if (stage.name) names.set(stage.name.text.toLowerCase(), stage);
    }
    const stage = stages.at(-1);
    if (!stage) continue;
    instruction.stage = stage;
    if (instruction.trigger) instruction.trigger.stage = stage;
    stage.instructions.push(instruction);
    stage.endLine = instruction.endLine;
  }
  return { stages, names };
}

/** The instruction on whose lines a place is. */
export function instructionAt({ instructions }: Model, offset: number): Instruction | undefined {
  let low = 0;
  let high = instructions.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = instructions[middle];
    if (!one) return undefined;
    if (offset < one.start) high = middle - 1;
    else if (offset > one.end) low = middle + 1;
    else return one;
  }
  return undefined;
}

/** The stage that `--from`, a mount's `from` or a FROM means: a name in any case, or an index. Undefined for an image. */
export function stageNamed({ stages, stageNames }: Model, name: string): Stage | undefined {
  return /^\d+$/.test(name) ? stages[Number(name)] : stageNames.get(name.toLowerCase());
}
