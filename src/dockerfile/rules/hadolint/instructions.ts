import type { Instruction } from '../../model/instruction';
import { parseReference } from '../../model/reference';
import { lineage, type Stage } from '../../model/stages';
import { unquote } from '../../model/words';
import { localSources } from '../buildkit/copies';
import { isSecretName } from '../buildkit/instructions';
import { replace, type Fix, type Report } from '../finding';

/** Images without a tag, or with one that moves. */
export function images(report: Report, stage: Stage): void {
  const { image, base, from } = stage;
  if (!image || base || image.text.includes('$') || image.text.toLowerCase() === 'scratch') return;
  const { registry, tag, digest } = parseReference(image.text);
  const trusted = report.context.hadolint?.trustedRegistries ?? [];
  if (trusted.length > 0 && !trusted.includes(registry?.text ?? 'docker.io'))
    report.add('DL3026', from, image, 'Images come from {0} only', [trusted.join(', ')]);
  if (digest) return;
  if (!tag)
    report.add(
      'DL3006',
      from,
      image,
      'Name the version of the image: {0}:tag',
      [image.text],
      pin(report, stage),
    );
  else if (tag.text === 'latest')
    report.add(
      'DL3007',
      from,
      image,
      'latest is another image tomorrow: name the version',
      [],
      pin(report, stage),
    );
}

/** The digest that the engine has this image under. */
export function pin(report: Report, stage: Stage): Fix[] {
  const found = report.context.base?.(stage)?.digest;
  const digest = found?.slice(found.indexOf('@'));
  const { image } = stage;
  if (!digest || !image || image.text.includes('@')) return [];
  return [
    {
      title: 'Pin to the local digest {0}',
      args: [digest.slice(1, 20)],
      edits: [{ start: image.end, end: image.end, text: digest }],
      safe: false,
    },
  ];
}

const archive = /\.(?:tar|tgz|tbz2?|txz|tar\.\w+|gz|bz2|xz|zst|Z|lzma|tZ|tlz)$/;

export function copies(
  report: Report,
  instruction: Instruction,
  stage: Stage | undefined,
  workdir: boolean,
): void {
  const { keyword } = instruction;
  if (keyword !== 'COPY' && keyword !== 'ADD') return;
  const { args, heredocs } = instruction;
  const last = instruction.json?.items.at(-1) ?? args.at(-1);
  const destination = !last ? '' : 'value' in last ? last.value : unquote(last.text, report.model.escape);
  const sources = (instruction.json?.items.length ?? args.length) - 1;
  if (keyword === 'ADD') {
    const local = localSources(instruction, report.model.escape);
    if (
      local.length > 0 &&
      local.length === sources &&
      !local.some(({ path }) => archive.test(path) || /[*?[]/.test(path))
    )
      report.add(
        'DL3020',
        instruction,
        instruction.keywordWord,
        'COPY is enough for files of the context: ADD also unpacks and downloads',
        [],
        toCopy(instruction),
      );
    return;
  }
  if (!last) return;
  if (sources > 1 && heredocs.length === 0 && !/[/\\]$|^\.\.?$|\/\.\.?$|\$/.test(destination))
    report.add(
      'DL3021',
      instruction,
      last,
      'With several sources the destination is a folder: end it with /',
      [],
      [
        {
          title: 'Add / at its end',
          edits: [
            replace(
              {
                start: 'value' in last || /["']$/.test(last.text) ? last.end - 1 : last.end,
                end: 'value' in last || /["']$/.test(last.text) ? last.end - 1 : last.end,
              },
              '/',
            ),
          ],
          safe: true,
        },
      ],
    );
  if (!workdir && destination !== '' && !/^(?:[/\\$]|[A-Za-z]:)/.test(destination))
    report.add(
      'DL3045',
      instruction,
      last,
      'Where this lands depends on the image: set WORKDIR above, or begin with /',
    );
  const from = instruction.flag('from');
  const name = from?.value ?? '';
  if (from && /^[\w-]+$/.test(name) && !/^\d+$/.test(name) && !known(report, name, stage))
    report.add(
      'DL3022',
      instruction,
      from.valueSpan ?? from,
      '{0} is no stage of this file, so an image of that name is taken',
      [name],
    );
}

const known = ({ model }: Report, name: string, stage: Stage | undefined): boolean => {
  const other = model.stageNames.get(name.toLowerCase());
  return other !== undefined && (stage === undefined || other.index <= stage.index);
};

function toCopy({ keywordWord, flags }: Instruction): Fix[] {
  if (flags.some(({ name }) => name === 'checksum' || name === 'keep-git-dir' || name === 'unpack'))
    return [];
  const text = keywordWord.text === 'add' ? 'copy' : 'COPY';
  return [{ title: 'Change to {0}', args: [text], edits: [replace(keywordWord, text)], safe: true }];
}

export function pairs(report: Report, instruction: Instruction, set: ReadonlySet<string>): void {
  const { keyword } = instruction;
  if (keyword === 'LABEL') {
    for (const { name, nameSpan } of instruction.properties) {
      const reserved = /^(?:com\.docker|io\.docker|org\.dockerproject)\./.test(name);
      if (reserved || (!/^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/.test(name) && !name.includes('$')))
        report.add(
          'DL3048',
          instruction,
          nameSpan,
          reserved
            ? "{0} is in a namespace that is Docker's own"
            : '"{0}" is no good key for a label: lower case, digits, "." and "-"',
          [name],
        );
    }
  } else if (keyword === 'ENV' && instruction.variables.length > 0) {
    const own = new Set<string>();
    for (const property of instruction.properties) {
      const valueSpan = property.valueSpan;
      for (const { name, start, end } of instruction.variables)
        if (valueSpan && start >= valueSpan.start && end <= valueSpan.end && own.has(name) && !set.has(name))
          report.add(
            'DL3044',
            instruction,
            { start, end },
            '{0} has no value yet: this ENV is what sets it',
            [name],
          );
      own.add(property.name);
    }
  } else if (keyword === 'ARG' && !instruction.stage) {
    for (const { name, nameSpan } of instruction.properties)
      if (isSecretName(name))
        report.add(
          'DL3064',
          instruction,
          nameSpan,
          "The value of {0} can be read from the image's history: use a secret mount",
          [name],
        );
  }
}

/** Who the container runs as, where the file says so. */
export function lastUser(report: Report, instructions: readonly Instruction[]): void {
  const user = instructions.findLast(({ keyword }) => keyword === 'USER');
  const name = user && unquote(user.rest.text, report.model.escape).split(':')[0];
  if (user && (name === 'root' || name === '0'))
    report.add('DL3002', user, user.rest, 'The container runs as root: end with another USER');
}

/** An archive that is copied and then unpacked. */
export function unpacked(
  report: Report,
  instructions: readonly Instruction[],
  tars: readonly string[],
): void {
  if (tars.length === 0) return;
  for (const instruction of instructions) {
    if (instruction.keyword !== 'COPY' || instruction.flag('from')) continue;
    for (const source of localSources(instruction, report.model.escape)) {
      const name = source.path.slice(source.path.lastIndexOf('/') + 1);
      if (archive.test(name) && tars.some((word) => word === name || word.endsWith(`/${name}`)))
        report.add('DL3010', instruction, source, 'ADD unpacks {0} by itself', [name]);
    }
  }
}

/** Whether a stage, or one it is made from, has set this before. */
export const inherits = (stage: Stage | undefined, keyword: string): boolean =>
  stage !== undefined &&
  lineage(stage).some((one) => one !== stage && one.instructions.some((each) => each.keyword === keyword));
