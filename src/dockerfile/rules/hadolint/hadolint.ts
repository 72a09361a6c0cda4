import type { Instruction } from '../../model/instruction';
import { lineage, type Stage } from '../../model/stages';
import { execForm } from '../execForm';
import type { Report } from '../finding';
import { runOf, type Run } from './commands';
import { copies, images, inherits, lastUser, pairs, unpacked } from './instructions';
import { packages } from './packages';
import { commandsOf, consecutive, pipes } from './runs';

/** The rules that hadolint's users know, as far as no check of BuildKit's says the same. */
export function hadolint(report: Report): void {
  const { stages, instructions } = report.model;
  const first = stages[0]?.from;
  const orphans = first ? instructions.slice(0, instructions.indexOf(first)) : instructions;
  const bases = new Set(stages.map(({ base }) => base));
  stageRules(report, orphans, undefined, stages.length === 0);
  for (const stage of stages) {
    images(report, stage);
    stageRules(report, stage.instructions, stage, stage === stages.at(-1) || bases.has(stage));
  }
  lastUser(report, stages.at(-1)?.instructions ?? orphans);
}

function stageRules(
  report: Report,
  instructions: readonly Instruction[],
  stage: Stage | undefined,
  ends: boolean,
): void {
  let workdir = inherits(stage, 'WORKDIR');
  let shell = inheritedShell(stage);
  let pipCached = false;
  let before: Run | undefined;
  const set = new Set<string>();
  const tars: string[] = [];
  const downloads = new Map<string, Run>();
  for (const instruction of instructions) {
    const { keyword } = instruction;
    if (keyword === 'WORKDIR') workdir = true;
    else if (keyword === 'SHELL') shell = instruction.json?.items.map(({ value }) => value) ?? shell;
    copies(report, instruction, stage, workdir);
    pairs(report, instruction, set);
    healthcheck(report, instruction);
    if (keyword === 'ENV' || keyword === 'ARG')
      for (const { name, value } of instruction.properties) {
        set.add(name);
        if (name === 'PIP_NO_CACHE_DIR') pipCached = !/^["']?(?:0|off|no|false)?["']?$/i.test(value ?? '');
      }
    if (keyword !== 'RUN') {
      before = undefined;
      continue;
    }
    const run = runOf(instruction);
    commandsOf(report, run);
    packages(report, run, ends, pipCached);
    pipes(report, run, shell);
    consecutive(report, before, run);
    for (const { name, args } of run.commands) {
      if (name === 'tar' || name === 'unzip') tars.push(...args.map(({ text }) => text));
      if ((name === 'curl' || name === 'wget') && !downloads.has(name)) downloads.set(name, run);
    }
    before = run;
  }
  unpacked(report, instructions, tars);
  const second = [...downloads.values()][1];
  if (second)
    report.add(
      'DL4001',
      second.instruction,
      second.instruction.keywordWord,
      'Both wget and curl are used: one of them is enough',
    );
}

function inheritedShell(stage: Stage | undefined): readonly string[] | undefined {
  for (const one of stage ? lineage(stage).slice(1) : []) {
    const shell = one.instructions.findLast(({ keyword }) => keyword === 'SHELL');
    if (shell?.json) return shell.json.items.map(({ value }) => value);
  }
  return undefined;
}

/** A check that is run by a shell. */
function healthcheck(report: Report, instruction: Instruction): void {
  if (instruction.keyword !== 'HEALTHCHECK') return;
  const [cmd, command] = instruction.args;
  if (cmd?.text.toUpperCase() !== 'CMD' || !command || command.text.startsWith('[')) return;
  const { logical, rest } = instruction;
  const words = logical.word(command.at, rest.at + rest.text.length);
  report.add(
    'DL3025',
    instruction,
    words,
    'JSON arguments need no shell in the image',
    [],
    execForm(instruction, words),
  );
}
