import type { Model } from '../model/model';
import type { Stage } from '../model/stages';
import type { Span } from '../model/text';
import type { Item } from './item';

/** The stages that an instruction of this stage can take from: those before it. `common`: where other extensions know them too. */
export function stageItems(
  model: Model,
  until: Stage | undefined,
  span: Span,
  indexes: boolean,
  common = false,
): Item[] {
  const before = model.stages.slice(0, until?.index ?? 0);
  return before.flatMap((stage): Item[] => {
    const label = stage.name?.text ?? (indexes ? String(stage.index) : undefined);
    if (label === undefined) return [];
    // The last of a name is the one that is meant.
    if (
      stage.name &&
      model.stages.findLast((one) => one.index < (until?.index ?? 0) && sameName(one, stage)) !== stage
    )
      return [];
    return [
      {
        label,
        kind: 'stage',
        span,
        detail: stage.image?.text,
        doc: 'A stage of this Dockerfile.',
        rank: 1,
        common,
      },
    ];
  });
}

const sameName = (a: Stage, b: Stage): boolean => a.name?.text.toLowerCase() === b.name?.text.toLowerCase();
