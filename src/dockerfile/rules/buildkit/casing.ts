import type { Instruction } from '../../model/instruction';
import { replace, type Report } from '../finding';

const isLower = (text: string): boolean => text === text.toLowerCase();
const isUpper = (text: string): boolean => text === text.toUpperCase();

/** Keywords of one case: that of most, in doubt the upper one. */
export function instructionCasing(report: Report): void {
  const all = report.model.stages.flatMap(({ instructions }) => instructions);
  let lower = 0;
  let upper = 0;
  for (const { keywordWord } of all) {
    if (isLower(keywordWord.text)) lower += 1;
    else if (isUpper(keywordWord.text)) upper += 1;
  }
  const wanted = lower > upper ? isLower : isUpper;
  for (const instruction of all) {
    const { text } = instruction.keywordWord;
    if (wanted(text)) continue;
    const right = lower > upper ? text.toLowerCase() : text.toUpperCase();
    report.add(
      'ConsistentInstructionCasing',
      instruction,
      instruction.keywordWord,
      "Command '{0}' should match the case of the command majority ({1})",
      [text, lower > upper ? 'lowercase' : 'uppercase'],
      [
        {
          title: 'Change to {0}',
          args: [right],
          edits: [replace(instruction.keywordWord, right)],
          safe: true,
        },
      ],
    );
  }
}

export function fromAsCasing(report: Report, from: Instruction): void {
  const as = from.args[1];
  const { text } = from.keywordWord;
  if (!as || from.args.length !== 3 || as.text.toUpperCase() !== 'AS') return;
  const lower = isLower(text);
  if ((!lower && !isUpper(text)) || as.text === (lower ? 'as' : 'AS')) return;
  const right = lower ? 'as' : 'AS';
  report.add(
    'FromAsCasing',
    from,
    as,
    "'{0}' and '{1}' keywords' casing do not match",
    [as.text, text],
    [{ title: 'Change to {0}', args: [right], edits: [replace(as, right)], safe: true }],
  );
}
