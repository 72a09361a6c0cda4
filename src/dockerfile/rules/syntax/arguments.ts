import { badReference } from '../../model/reference';
import type { Instruction } from '../../model/instruction';
import type { Word } from '../../model/logical';
import type { Stage } from '../../model/stages';
import { openQuote } from '../../model/words';
import { replace, type Report } from '../finding';

const jsonForms = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);

/** How many arguments there are, and of what form. */
export function argumentsOf(report: Report, instruction: Instruction): void {
  const { keyword, rest } = instruction;
  if (!instruction.json && jsonForms.has(keyword) && rest.text.startsWith('[') && isOtherArray(rest.text)) {
    report.add('json-array', instruction, rest, 'In the JSON form every item is a string in double quotes.');
    return;
  }
  if (keyword === 'FROM') from(report, instruction);
  else if (keyword === 'COPY' || keyword === 'ADD') {
    const count = instruction.json?.items.length ?? instruction.args.length;
    if (count < 2)
      report.add('missing-argument', instruction, rest, '{0} needs at least a source and a destination.', [
        keyword,
      ]);
  } else if (keyword === 'ENV' || keyword === 'LABEL' || keyword === 'ARG') pairs(report, instruction);
  else if (keyword === 'SHELL' && !instruction.json)
    report.add('json-array', instruction, rest, 'SHELL needs the JSON form: ["executable", "parameter"].');
  else if (keyword === 'SHELL' && instruction.json?.items.length === 0)
    report.add('missing-argument', instruction, rest, 'SHELL needs at least one word.');
  else if (rest.text.startsWith('[') && ['CMD', 'ENTRYPOINT', 'RUN', 'VOLUME'].includes(keyword))
    json(report, instruction);
}

const stageName = /^[a-z][a-z0-9_.-]*$/;

function from(report: Report, instruction: Instruction): void {
  const [image, as, name, ...others] = instruction.args;
  if (!image) return;
  if (as && as.text.toUpperCase() !== 'AS') {
    report.add(
      'from-form',
      instruction,
      as,
      'FROM takes an image, or an image, AS and a name for the stage.',
    );
    return;
  }
  if (as && !name)
    report.add('from-form', instruction, as, 'A name for the stage is missing after {0}.', [as.text]);
  const [extra] = others;
  if (extra) report.add('from-form', instruction, extra, 'FROM ends with the name of the stage.');
  if (name && !stageName.test(name.text.toLowerCase()))
    report.add(
      'stage-name',
      instruction,
      name,
      '"{0}" cannot name a stage: it begins with a letter and has letters, digits, ".", "-" and "_".',
      [name.text],
    );
  const stage = instruction.stage;
  if (stage?.from !== instruction) return;
  base(report, stage, image);
  if (image.text.includes('$') || stage.base) return;
  const bad = badReference(stage.resolved);
  if (bad)
    report.add('image-reference', instruction, image, '"{0}" is no image reference: its {1} is not valid.', [
      image.text,
      bad,
    ]);
}

/** What no build can go on with, though it reads well. */
function base(report: Report, { from: instruction, base: parent, resolved }: Stage, image: Word): void {
  const lower = resolved.toLowerCase();
  if (parent && resolved !== lower) {
    const title = { title: 'Change to {0}', args: [lower], safe: true };
    const fixes = image.text.includes('$') ? [] : [{ ...title, edits: [replace(image, lower)] }];
    report.add(
      'image-reference',
      instruction,
      image,
      'FROM finds the stage {0} only by its name in lower case: write {1}.',
      [resolved, lower],
      fixes,
    );
  }
  const { globals } = report.model;
  const given = instruction.variables.some(({ name, modifier }) => globals.get(name) ?? modifier);
  if (resolved === '' && image.text.includes('$') && !given)
    report.add(
      'image-reference',
      instruction,
      image,
      'Nothing is left of {0}: FROM sees only what an ARG above the first FROM declares.',
      [image.text],
    );
}

function pairs(report: Report, instruction: Instruction): void {
  const { keyword, properties, rest } = instruction;
  const { escape } = report.model;
  const legacy = properties[0]?.legacy ?? false;
  if (!legacy) {
    const open = openQuote(rest.text, escape);
    if (open) {
      report.add('unclosed-quote', instruction, rest, 'A {0} is opened and never closed.', [open]);
      return;
    }
  }
  for (const property of properties) {
    const { name, nameSpan, value } = property;
    if (name === '')
      report.add('missing-name', instruction, property, '{0} needs a name before "=".', [keyword]);
    else if (value === undefined && keyword !== 'ARG')
      report.add(
        'missing-value',
        instruction,
        nameSpan,
        legacy ? '{0} needs a value for {1}.' : '{0} has no "=" here: write {1}=value.',
        [keyword, name],
      );
    else if (keyword === 'ARG' && !/^[A-Za-z_]\w*$/.test(name) && !name.includes('$') && /[^\w.-]/.test(name))
      report.add('missing-name', instruction, nameSpan, '"{0}" cannot name an argument.', [name]);
  }
}

/** A JSON array of other things than strings, which the builder does not take for a shell's line. */
function isOtherArray(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && !value.every((item) => typeof item === 'string');
  } catch {
    return false;
  }
}

/** It looks like the JSON form and is none, so a shell gets the brackets. */
function json(report: Report, instruction: Instruction): void {
  const { rest, keyword } = instruction;
  if (instruction.json || (keyword === 'RUN' && /^\[\[?\s/.test(rest.text))) return;
  const single = rest.text.replaceAll("'", '"');
  const right = rest.text.includes("'") && !rest.text.includes('"') && parses(single);
  report.add(
    'json-form',
    instruction,
    rest,
    'This is no valid JSON, so it is run by a shell, brackets and all. JSON needs double quotes and a closing bracket.',
    [],
    right && rest.end - rest.start === rest.text.length
      ? [{ title: 'Use double quotes', edits: [replace(rest, single)], safe: true }]
      : [],
  );
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
