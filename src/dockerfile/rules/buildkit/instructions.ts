import type { Instruction } from '../../model/instruction';
import { unquote } from '../../model/words';
import { lineage, type Stage } from '../../model/stages';
import { replace, type Report } from '../finding';
import { execForm } from '../execForm';

/** Of which only the last one of a stage counts. */
const single = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

export function multipleInstructions(report: Report, stage: Stage): void {
  const last = new Map<string, Instruction>();
  for (const instruction of stage.instructions) {
    const { keyword } = instruction;
    if (!single.has(keyword)) continue;
    const earlier = last.get(keyword);
    if (earlier)
      report.add(
        'MultipleInstructionsDisallowed',
        earlier,
        { start: earlier.start, end: earlier.headEnd },
        'Multiple {0} instructions should not be used in the same stage because only the last one will be used',
        [keyword],
        [{ title: 'Remove this {0}', args: [keyword], edits: [wholeLines(report, earlier)], safe: false }],
      );
    last.set(keyword, instruction);
  }
}

/** An instruction with its line end. */
export function wholeLines(
  { model }: Report,
  { line, endLine }: Instruction,
): { start: number; end: number; text: string } {
  return { start: model.lines.startOf(line), end: model.lines.startOf(endLine + 1), text: '' };
}

export function jsonArguments(report: Report, stage: Stage): void {
  let shell = lineage(stage).some(
    (one) => one !== stage && one.instructions.some(({ keyword }) => keyword === 'SHELL'),
  );
  const root = lineage(stage).at(-1) ?? stage;
  shell ||= (report.context.base?.(root)?.shell ?? []).length > 0;
  for (const instruction of stage.instructions) {
    const { keyword, rest } = instruction;
    if (keyword === 'SHELL') shell = true;
    if (shell || (keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || rest.text === '' || instruction.json)
      continue;
    report.add(
      'JSONArgsRecommended',
      instruction,
      rest,
      'JSON arguments recommended for {0} to prevent unintended behavior related to OS signals',
      [keyword],
      execForm(instruction, rest),
    );
  }
}

export function workdirs(report: Report, stage: Stage): void {
  let set = lineage(stage).some(
    (one) => one !== stage && one.instructions.some(({ keyword }) => keyword === 'WORKDIR'),
  );
  for (const instruction of stage.instructions) {
    if (instruction.keyword !== 'WORKDIR') continue;
    const { rest } = instruction;
    const path = unquote(rest.text, report.model.escape);
    const relative = path !== '' && !/^(?:[/\\$]|[a-zA-Z]:)/.test(path);
    if (!set && relative)
      report.add(
        'WorkdirRelativePath',
        instruction,
        rest,
        'Relative workdir "{0}" can have unexpected results if the base image changes',
        [path],
        [{ title: 'Change to {0}', args: [`/${path}`], edits: [replace(rest, `/${path}`)], safe: false }],
      );
    set = true;
  }
}

export function maintainer(report: Report, instruction: Instruction): void {
  if (instruction.keyword !== 'MAINTAINER') return;
  const { keywordWord, rest } = instruction;
  const name = JSON.stringify(unquote(rest.text, report.model.escape)).replaceAll('$', '\\$');
  const key = 'org.opencontainers.image.authors';
  const label = keywordWord.text === 'maintainer' ? 'label' : 'LABEL';
  report.add(
    'MaintainerDeprecated',
    instruction,
    { start: instruction.start, end: rest.end },
    'Maintainer instruction is deprecated in favor of using label',
    [],
    rest.text === ''
      ? []
      : [
          {
            title: 'Change to LABEL {0}',
            args: [key],
            edits: [{ start: instruction.start, end: rest.end, text: `${label} ${key}=${name}` }],
            safe: true,
          },
        ],
  );
}

export function legacyPairs(report: Report, instruction: Instruction): void {
  const { keyword, properties } = instruction;
  const [pair] = properties;
  if ((keyword !== 'ENV' && keyword !== 'LABEL') || !pair?.legacy || pair.value === undefined) return;
  const quoted = /^(["']).*\1$/.test(pair.value) || !/[\s"'\\`]/.test(pair.value);
  const value = quoted ? pair.value : `"${pair.value.replace(/["\\]/g, '\\$&')}"`;
  const oneLine = instruction.line === instruction.endLine;
  report.add(
    'LegacyKeyValueFormat',
    instruction,
    { start: instruction.start, end: pair.end },
    '"{0} key=value" should be used instead of legacy "{0} key value" format',
    [keyword],
    oneLine
      ? [
          {
            title: 'Change to {0}',
            args: [`${keyword} ${pair.name}=${value}`],
            edits: [{ start: pair.nameSpan.end, end: pair.end, text: `=${value}` }],
            safe: true,
          },
        ]
      : [],
  );
}

const secretWord = /(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const harmlessWord = /(?:_|^)(?:public|file|version)(?:_|$)/i;

export const isSecretName = (name: string): boolean => secretWord.test(name) && !harmlessWord.test(name);

export function secrets(report: Report, instruction: Instruction): void {
  const { keyword } = instruction;
  if (keyword !== 'ARG' && keyword !== 'ENV') return;
  for (const { name, nameSpan } of instruction.properties) {
    if (isSecretName(name))
      report.add(
        'SecretsUsedInArgOrEnv',
        instruction,
        nameSpan,
        'Do not use ARG or ENV instructions for sensitive data ({0} "{1}")',
        [keyword, name],
      );
  }
}

export function expose(report: Report, instruction: Instruction): void {
  if (instruction.keyword !== 'EXPOSE') return;
  for (const word of instruction.args) {
    if (word.text.includes('$')) continue;
    const [port = '', protocol] = word.text.split('/');
    if (port.includes(':'))
      report.add(
        'ExposeInvalidFormat',
        instruction,
        word,
        "EXPOSE instruction should not define an IP address or host-port mapping, found '{0}'",
        [word.text],
        [
          {
            title: 'Change to {0}',
            args: [word.text.slice(word.text.lastIndexOf(':') + 1)],
            edits: [{ start: word.start, end: word.start + word.text.lastIndexOf(':') + 1, text: '' }],
            safe: true,
          },
        ],
      );
    if (protocol !== undefined && protocol !== protocol.toLowerCase())
      report.add(
        'ExposeProtoCasing',
        instruction,
        word,
        "Defined protocol '{0}' in EXPOSE instruction should be lowercase",
        [word.text],
        [
          {
            title: 'Change to {0}',
            args: [`${port}/${protocol.toLowerCase()}`],
            edits: [{ start: word.start + port.length + 1, end: word.end, text: protocol.toLowerCase() }],
            safe: true,
          },
        ],
      );
  }
}

/** A line without anything where the instruction goes on below. */
export function emptyContinuation(report: Report, instruction: Instruction): void {
  const { model } = report;
  const { emptyLines, heredocs } = instruction.facts;
  const [first] = emptyLines;
  if (first === undefined) return;
  const place = { start: model.lines.startOf(first), end: model.lines.startOf(first + 1) };
  const last = (heredocs[0]?.firstLine ?? instruction.endLine + 1) - 1;
  const edits = emptyLines.map((line) => ({
    start: model.lines.startOf(line),
    end: model.lines.startOf(line + 1),
    text: '',
  }));
  report.findings.push({
    rule: 'NoEmptyContinuation',
    message: 'Empty continuation line',
    args: [],
    line: last,
    fixes: [{ title: 'Remove the empty line', edits, safe: true }],
    ...place,
  });
}

/** `# name description` above ARG and named stages. */
export function descriptions(report: Report, instruction: Instruction, comment: string | undefined): void {
  const { keyword } = instruction;
  if (comment === undefined || comment === '') return;
  const names =
    keyword === 'ARG'
      ? instruction.properties.map(({ name }) => name)
      : keyword === 'FROM' && instruction.args.length === 3
        ? [instruction.args[2]?.text ?? '']
        : [];
  const [name] = names;
  if (name === undefined || names.includes(comment.split(' ')[0] ?? '')) return;
  report.add(
    'InvalidDefinitionDescription',
    instruction,
    { start: instruction.start, end: instruction.headEnd },
    'Comment for {0} should follow the format: `# {1} <description>`',
    [keyword === 'ARG' ? 'build arg' : 'build stage', names.length > 1 ? '<arg_key>' : name],
  );
}
