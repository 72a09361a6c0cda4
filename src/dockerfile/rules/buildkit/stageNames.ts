import type { Stage } from '../../model/stages';
import { replace, type Report } from '../finding';

const reserved = new Set(['scratch', 'context']);

export function stageNames(report: Report): void {
  const seen = new Set<string>();
  for (const stage of report.model.stages) {
    const { from, name } = stage;
    if (!name || from.args.length !== 3) continue;
    const lower = name.text.toLowerCase();
    if (lower !== name.text) casing(report, stage, name.text, lower);
    if (reserved.has(lower))
      report.add(
        'ReservedStageName',
        from,
        name,
        'Stage name should not use the same name as reserved stage "{0}"',
        [lower],
      );
    if (seen.has(lower))
      report.add(
        'DuplicateStageName',
        from,
        name,
        'Duplicate stage name "{0}", stage names should be unique',
        [name.text],
      );
    seen.add(lower);
  }
}

/** References to stages are found in any case, so the name alone can change. */
function casing(report: Report, { from, name }: Stage, text: string, lower: string): void {
  if (!name) return;
  report.add(
    'StageNameCasing',
    from,
    name,
    "Stage name '{0}' should be lowercase",
    [text],
    [{ title: 'Change to {0}', args: [lower], edits: [replace(name, lower)], safe: true }],
  );
}
