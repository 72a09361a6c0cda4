import type { Instruction } from '../../model/instruction';
import { platformArgs, proxyArgs, walkScopes, type Scope } from '../../model/scope';
import type { Stage } from '../../model/stages';
import { lineage } from '../../model/stages';
import { replace, type Report } from '../finding';
import { suggest } from '../suggest';

/** Where BuildKit replaces variables in a stage; what RUN and CMD hold is the shell's. */
const expanded = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'LABEL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
  'EXPOSE',
]);
const outside = new Set(['PATH', 'BUILDKIT_SBOM_SCAN_CONTEXT', 'BUILDKIT_SBOM_SCAN_STAGE', ...proxyArgs]);

export function undefinedVariables(report: Report): void {
  const { context } = report;
  const known = new Map<Stage, boolean>();
  walkScopes(
    report.model,
    (instruction, scope, stage) => {
      if (!instruction.logical.text.includes('$')) return;
      const flagsOnly = instruction.keyword === 'RUN';
      if (!flagsOnly && !expanded.has(instruction.keyword)) return;
      if (!known.has(stage)) known.set(stage, baseIsKnown(report, stage));
      const own =
        instruction.keyword === 'ARG' ? new Set(instruction.properties.map(({ name }) => name)) : undefined;
      for (const variable of instruction.variables) {
        const { name } = variable;
        if (scope.get(name) || own?.has(name) || outside.has(name)) continue;
        if (/[-+?]$/.test(variable.modifier ?? '') || !/^[A-Za-z_]/.test(name)) continue;
        if (
          flagsOnly &&
          !instruction.flags.some(({ start, end }) => variable.start >= start && variable.end <= end)
        )
          continue;
        found(report, instruction, scope, variable, known.get(stage) ?? false);
      }
    },
    context.base && ((stage) => context.base?.(stage)?.env),
  );
}

/** Whether all variables of the image are known, so that another one must be undefined. */
function baseIsKnown({ context }: Report, stage: Stage): boolean {
  const root = lineage(stage).at(-1) ?? stage;
  return root.resolved.toLowerCase() === 'scratch' || context.base?.(root) !== undefined;
}

function found(
  report: Report,
  instruction: Instruction,
  scope: Scope,
  variable: Instruction['variables'][number],
  sure: boolean,
): void {
  const { name, nameSpan } = variable;
  const near = suggest(
    name,
    scope.all().map((binding) => binding.name),
  );
  const platform = platformArgs.includes(name);
  if (!near && !sure && !platform) return;
  const line = report.model.lines.startOf(instruction.line);
  report.add(
    'UndefinedVar',
    instruction,
    variable,
    near ? "Usage of undefined variable '${0}' (did you mean ${1}?)" : "Usage of undefined variable '${0}'",
    near ? [name, near] : [name],
    [
      ...(near
        ? [{ title: 'Change to {0}', args: [near], edits: [replace(nameSpan, near)], safe: false }]
        : []),
      {
        title: 'Declare ARG {0}',
        args: [name],
        edits: [{ start: line, end: line, text: `ARG ${name}\n` }],
        safe: false,
      },
    ],
  );
}
