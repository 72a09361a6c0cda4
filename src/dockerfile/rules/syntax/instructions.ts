import type { Instruction } from '../../model/instruction';
import type { Report } from '../finding';
import { replace } from '../finding';
import { suggest } from '../suggest';
import { argumentsOf } from './arguments';
import { flags } from './flags';
import { values } from './values';

export const keywords: readonly string[] = [
  'ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD',
  'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR',
]; // prettier-ignore

/** What the builder would refuse in one instruction; of ONBUILD also in what it stands before. */
export function syntaxOf(report: Report, instruction: Instruction, outer?: Instruction): void {
  const { keyword, keywordWord } = instruction;
  if (!keywords.includes(keyword)) {
    const near = suggest(keyword, keywords);
    report.add(
      'unknown-instruction',
      instruction,
      keywordWord,
      near ? 'Unknown instruction "{0}". Did you mean {1}?' : 'Unknown instruction "{0}".',
      near ? [keywordWord.text, near] : [keywordWord.text],
      near
        ? [{ title: 'Change to {0}', args: [near], edits: [replace(keywordWord, near)], safe: false }]
        : [],
    );
    return;
  }
  if (outer) trigger(report, instruction);
  else if (!instruction.stage && keyword !== 'ARG' && report.model.instructions.length > 0)
    report.add(
      'no-stage',
      instruction,
      keywordWord,
      '{0} stands before the first FROM. Only ARG may stand there.',
      [keyword],
    );
  if (instruction.rest.text === '' && keyword !== 'ONBUILD') {
    // CMD and ENTRYPOINT without anything take back those of the image.
    if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && keyword !== 'RUN')
      report.add('missing-argument', instruction, keywordWord, '{0} needs an argument.', [keyword]);
    else if (keyword === 'RUN')
      report.add('missing-argument', instruction, keywordWord, 'RUN needs a command.');
  } else argumentsOf(report, instruction);
  flags(report, instruction);
  values(report, instruction);
  if (instruction.trigger) syntaxOf(report, instruction.trigger, instruction);
  else if (keyword === 'ONBUILD')
    report.add('missing-argument', instruction, keywordWord, 'ONBUILD needs an instruction to run later.');
}

function trigger(report: Report, instruction: Instruction): void {
  const { keyword, keywordWord } = instruction;
  if (keyword === 'ONBUILD')
    report.add('onbuild-trigger', instruction, keywordWord, 'ONBUILD cannot stand before another ONBUILD.');
  else if (keyword === 'FROM' || keyword === 'MAINTAINER')
    report.add('onbuild-trigger', instruction, keywordWord, '{0} cannot stand behind ONBUILD.', [keyword]);
}

/** What is wrong with the file as a whole. */
export function syntaxOfFile(report: Report): void {
  const { model } = report;
  if (model.instructions.length === 0)
    report.at(
      'no-instructions',
      0,
      { start: 0, end: model.lines.endOf(0) },
      'This file has no instructions yet. Begin with FROM and an image.',
    );
  else if (model.stages.length === 0) {
    const last = model.instructions.at(-1);
    if (last && model.instructions.every(({ keyword }) => keyword === 'ARG'))
      report.add('no-stage', last, last.keywordWord, 'Nothing is built: add a FROM with an image.');
  }
  const seen = new Set<string>();
  for (const { name, nameSpan, value, valueSpan, line } of model.directives) {
    if (seen.has(name))
      report.at('directive', line, nameSpan, 'There can be only one {0} directive.', [name]);
    seen.add(name);
    if (name === 'escape' && value !== '\\' && value !== '`')
      report.at('directive', line, valueSpan, 'The escape character is either \\ or `.');
  }
  heredocs(report);
}

function heredocs(report: Report): void {
  for (const instruction of report.model.instructions) {
    for (const { delimiterLine, opener, name } of instruction.heredocs) {
      if (delimiterLine === undefined)
        report.add(
          'unclosed-heredoc',
          instruction,
          opener,
          'This heredoc never ends: a line with nothing but {0} is missing.',
          [name],
        );
    }
  }
}
