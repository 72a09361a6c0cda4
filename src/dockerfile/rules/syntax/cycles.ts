import { stageNamed } from '../../model/model';
import type { Instruction } from '../../model/instruction';
import type { Stage } from '../../model/stages';
import type { Span } from '../../model/text';
import type { Report } from '../finding';

interface Use {
  readonly stage: Stage;
  readonly by: Instruction;
  readonly place: Span;
}

/** Stages that need each other: the build cannot begin. Walked without recursion, each stage once. */
export function cycles(report: Report): void {
  const uses = new Map<Stage, Use[]>();
  const done = new Set<Stage>();
  for (const root of report.model.stages) {
    const open: { stage: Stage; next: number }[] = [{ stage: root, next: 0 }];
    const path = new Set<Stage>();
    while (open.length > 0) {
      const top = open.at(-1);
      if (!top) break;
      const list = uses.get(top.stage) ?? usesOf(report, top.stage);
      uses.set(top.stage, list);
      path.add(top.stage);
      const use = done.has(top.stage) ? undefined : list[top.next];
      if (!use) {
        done.add(top.stage);
        path.delete(top.stage);
        open.pop();
        continue;
      }
      top.next += 1;
      if (path.has(use.stage)) {
        if (use.stage !== top.stage)
          report.add(
            'circular-stage',
            use.by,
            use.place,
            'These stages need each other: {0} is made from this one.',
            [use.stage.name?.text ?? String(use.stage.index)],
          );
      } else if (!done.has(use.stage)) open.push({ stage: use.stage, next: 0 });
    }
  }
}

function usesOf({ model }: Report, stage: Stage): Use[] {
  const uses: Use[] = [];
  const add = (name: string | undefined, by: Instruction, place: Span): void => {
    const other = name === undefined || name === '' ? undefined : stageNamed(model, name);
    if (other) uses.push({ stage: other, by, place });
  };
  if (stage.base && stage.image) uses.push({ stage: stage.base, by: stage.from, place: stage.image });
  for (const instruction of stage.instructions) {
    if (!instruction.logical.text.includes('from=')) continue;
    for (const flag of instruction.flags) {
      if (flag.name === 'from') add(flag.value, instruction, flag.valueSpan ?? flag);
      else if (flag.name === 'mount')
        for (const option of instruction.options(flag))
          if (option.key === 'from') add(option.value, instruction, option.valueSpan ?? option);
    }
  }
  return uses;
}
