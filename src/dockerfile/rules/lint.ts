import type { Model } from '../model/model';
import type { Stage } from '../model/stages';
import {
  emptyContinuation,
  descriptions,
  expose,
  jsonArguments,
  legacyPairs,
  maintainer,
  multipleInstructions,
  secrets,
  workdirs,
} from './buildkit/instructions';
import { fromAsCasing, instructionCasing } from './buildkit/casing';
import { copyIgnored, missingSources } from './buildkit/copies';
import { basePlatform, fromArguments } from './buildkit/from';
import { stageNames } from './buildkit/stageNames';
import { undefinedVariables } from './buildkit/variables';
import { ruleInfo } from './catalog';
import { Report, type Finding, type LintContext } from './finding';
import { hadolint } from './hadolint/hadolint';
import { ignoreOf } from './ignore';
import { checkOptions, isSkipped, readComments } from './suppress';
import { syntaxOf, syntaxOfFile } from './syntax/instructions';
import { checkDirective } from './syntax/check';
import { cycles } from './syntax/cycles';

/** Everything that is to say about a file, in its order; what its comments leave out is left out. */
export function lint(model: Model, context: LintContext = {}): Finding[] {
  const report = new Report(model, context);
  const comments = readComments(model);
  const check = checkOptions(model, context);
  syntaxOfFile(report);
  checkDirective(report);
  cycles(report);
  for (const instruction of model.instructions) {
    syntaxOf(report, instruction);
    emptyContinuation(report, instruction);
    if (check.experimental.some((name) => name === 'all' || name === 'InvalidDefinitionDescription'))
      descriptions(report, instruction, comments.description.get(instruction));
    if (!instruction.stage && instruction.keyword === 'ARG') continue;
    maintainer(report, instruction);
    legacyPairs(report, instruction);
    secrets(report, instruction);
    expose(report, instruction);
  }
  for (const stage of model.stages) {
    fromAsCasing(report, stage.from);
    fromArguments(report, stage);
    basePlatform(report, stage);
  }
  for (const stage of [...beforeFirst(model), ...model.stages]) {
    multipleInstructions(report, stage);
    jsonArguments(report, stage);
    workdirs(report, stage);
  }
  instructionCasing(report);
  stageNames(report);
  undefinedVariables(report);
  if (context.ignore !== undefined) copyIgnored(report, ignoreOf(context.ignore));
  missingSources(report);
  hadolint(report);
  return sift(report, check, comments);
}

/** What stands before the first FROM, taken as a stage while that one is being written. */
function beforeFirst({ instructions, stages }: Model): Stage[] {
  const early = instructions.slice(0, stages[0] ? instructions.indexOf(stages[0].from) : undefined);
  const [from] = early;
  if (!from || early.every(({ keyword }) => keyword === 'ARG')) return [];
  const nothing = { name: undefined, image: undefined, platform: undefined, base: undefined, resolved: '' };
  return [{ ...nothing, index: -1, from, instructions: early, line: from.line, endLine: from.endLine }];
}

function sift(
  { findings, model }: Report,
  check: ReturnType<typeof checkOptions>,
  comments: ReturnType<typeof readComments>,
): Finding[] {
  findings.sort((a, b) => a.start - b.start || a.end - b.end);
  if (check.skip.length + comments.skipped.size + comments.global.size === 0) return findings;
  const firstLines = new Map<number, number>();
  if (comments.skipped.size > 0)
    for (const { line, endLine } of model.instructions)
      for (let at = line; at <= endLine; at += 1) firstLines.set(at, line);
  return findings.filter(
    (finding) =>
      !isSkipped(
        finding,
        ruleInfo(finding.rule),
        check,
        comments,
        firstLines.get(finding.line) ?? finding.line,
      ),
  );
}
