import type { Flag, FlagOption } from '../../model/flags';
import type { Instruction } from '../../model/instruction';
import { stageNamed } from '../../model/model';
import { badReference } from '../../model/reference';
import { replace, type Report } from '../finding';
import { suggest } from '../suggest';
import { duration } from './duration';

type Kind = 'text' | 'boolean' | 'duration' | 'number' | 'mount' | readonly string[];

/** The flags of each instruction and what they take. */
export const flagTable: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  FROM: { platform: 'text' },
  COPY: { chown: 'text', from: 'text', chmod: 'text', link: 'boolean', exclude: 'text', parents: 'boolean' },
  ADD: {
    chown: 'text', chmod: 'text', link: 'boolean', 'keep-git-dir': 'boolean', checksum: 'text', unpack: 'boolean',
    exclude: 'text',
  }, // prettier-ignore
  RUN: {
    mount: 'mount', network: ['default', 'none', 'host'], security: ['sandbox', 'insecure'], device: 'text',
  }, // prettier-ignore
  HEALTHCHECK: {
    interval: 'duration', timeout: 'duration', 'start-period': 'duration', 'start-interval': 'duration', retries: 'number',
  }, // prettier-ignore
};

const repeatable = new Set(['exclude', 'mount', 'device']);

/** The keys of `--mount`, and by type which of them it takes. */
export const mountTypes: Readonly<Record<string, readonly string[]>> = {
  bind: [
    'type',
    'from',
    'source',
    'src',
    'target',
    'dst',
    'destination',
    'ro',
    'readonly',
    'rw',
    'readwrite',
  ],
  cache: [
    'type', 'id', 'from', 'source', 'src', 'target', 'dst', 'destination', 'ro', 'readonly', 'rw', 'readwrite',
    'sharing', 'mode', 'uid', 'gid',
  ], // prettier-ignore
  tmpfs: ['type', 'target', 'dst', 'destination', 'size'],
  secret: [
    'type', 'id', 'target', 'dst', 'destination', 'source', 'src', 'required', 'mode', 'uid', 'gid', 'env',
  ], // prettier-ignore
  ssh: ['type', 'id', 'target', 'dst', 'destination', 'required', 'mode', 'uid', 'gid'],
};
const booleans = new Set(['ro', 'readonly', 'rw', 'readwrite', 'required']);

export function flags(report: Report, instruction: Instruction): void {
  const table = flagTable[instruction.keyword] ?? {};
  const seen = new Set<string>();
  for (const flag of instruction.flags) {
    const { name, nameSpan } = flag;
    const kind = Object.hasOwn(table, name) ? table[name] : undefined;
    if (kind === undefined) {
      unknown(report, instruction, flag, Object.keys(table));
      continue;
    }
    if (seen.has(name) && !repeatable.has(name))
      report.add('duplicate-flag', instruction, nameSpan, '--{0} can be given only once.', [name]);
    seen.add(name);
    value(report, instruction, flag, kind);
  }
}

function unknown(
  report: Report,
  instruction: Instruction,
  { name, nameSpan, start }: Flag,
  known: readonly string[],
): void {
  const near = suggest(name, known);
  report.add(
    'unknown-flag',
    instruction,
    nameSpan,
    near ? '{0} has no flag --{1}. Did you mean --{2}?' : '{0} has no flag --{1}.',
    near ? [instruction.keyword, name, near] : [instruction.keyword, name],
    near
      ? [
          {
            title: 'Change to --{0}',
            args: [near],
            edits: [replace({ start: start + 2, end: nameSpan.end }, near)],
            safe: false,
          },
        ]
      : [],
  );
}

function value(report: Report, instruction: Instruction, flag: Flag, kind: Kind): void {
  const { name, value: text } = flag;
  const place = flag.valueSpan ?? flag;
  if (kind === 'boolean') {
    if (text !== undefined && !text.includes('$') && !/^(?:true|false)$/i.test(text))
      report.add('flag-value', instruction, place, '--{0} is either true or false.', [name]);
    return;
  }
  // Nothing behind the equals sign is as no flag at all.
  if (text === '' && (kind === 'duration' || kind === 'number')) return;
  if (text === undefined || (text === '' && kind !== 'text')) {
    report.add('flag-value', instruction, flag, '--{0} needs a value: --{0}=...', [name]);
    return;
  }
  if (text.includes('$') && kind !== 'mount') return;
  if (kind === 'duration') {
    const wrong = duration(text);
    if (wrong) report.add('flag-value', instruction, place, wrong, [text, name]);
  } else if (kind === 'number') {
    if (!/^\d+$/.test(text))
      report.add('flag-value', instruction, place, '--{0} is a number, not "{1}".', [name, text]);
  } else if (kind === 'mount') mount(report, instruction, flag);
  else if (typeof kind !== 'string' && !kind.includes(text.toLowerCase()))
    report.add('flag-value', instruction, place, '--{0} is one of {1}.', [name, kind.join(', ')]);
  if (name === 'from') copyFrom(report, instruction, text, place);
  if (name === 'platform' && text !== '' && !platform.test(text))
    report.add('flag-value', instruction, place, '"{0}" is no platform: write one such as linux/arm64.', [
      text,
    ]);
}

/** Up to three parts; the version of an operating system may stand behind it in parentheses. */
const platform = /^[\w.-]+(?:\([\w.-]*\))?(?:\/[\w.-]+){0,2}$/;

/** An index of a stage that is not above, or the stage itself. */
function copyFrom(
  report: Report,
  instruction: Instruction,
  text: string,
  place: { start: number; end: number },
): void {
  const { stage } = instruction;
  if (!stage) return;
  const other = stageNamed(report.model, text);
  if (/^\d+$/.test(text) && !other)
    report.add('unknown-stage', instruction, place, 'There is no stage {0} in this file.', [text]);
  else if (!other && badReference(text) !== undefined)
    report.add('image-reference', instruction, place, '"{0}" is neither a stage of this file nor an image.', [
      text,
    ]);
  else if (other === stage)
    report.add('circular-stage', instruction, place, 'A stage cannot copy from itself: {0} is this stage.', [
      text,
    ]);
}

function mount(report: Report, instruction: Instruction, flag: Flag): void {
  const options = instruction.options(flag);
  const type = options.find(({ key }) => key === 'type')?.value ?? 'bind';
  const keys = mountTypes[type.toLowerCase()];
  const typed = options.find(({ key }) => key === 'type');
  if (!keys) {
    if (!type.includes('$'))
      report.add(
        'mount',
        instruction,
        typed?.valueSpan ?? flag,
        'There is no mount type "{0}": it is one of {1}.',
        [type, Object.keys(mountTypes).join(', ')],
      );
    return;
  }
  for (const option of options) mountOption(report, instruction, option, type, keys);
  const has = (...names: string[]): boolean => options.some(({ key }) => names.includes(key));
  if ((type === 'cache' || type === 'tmpfs') && !has('target', 'dst', 'destination'))
    report.add('mount', instruction, flag, 'A {0} mount needs a target.', [type]);
  if (type === 'secret' && !has('id', 'source', 'src', 'target', 'dst', 'destination'))
    report.add('mount', instruction, flag, 'A secret mount needs the id of the secret.');
  const root = options.find(
    ({ key, value: text }) => /^(?:target|dst|destination)$/.test(key) && text === '/',
  );
  if (root)
    report.add('mount', instruction, root, 'Nothing can be mounted over the root of the file system.');
}

function mountOption(
  report: Report,
  instruction: Instruction,
  option: FlagOption,
  type: string,
  keys: readonly string[],
): void {
  const { key, keySpan, value: text } = option;
  if (!keys.includes(key)) {
    const near = suggest(key, keys);
    report.add(
      'mount',
      instruction,
      keySpan,
      near ? 'A {0} mount has no "{1}". Did you mean "{2}"?' : 'A {0} mount has no "{1}".',
      near ? [type, key, near] : [type, key],
      near ? [{ title: 'Change to {0}', args: [near], edits: [replace(keySpan, near)], safe: false }] : [],
    );
    return;
  }
  const place = option.valueSpan ?? option;
  if (booleans.has(key)) {
    if (text !== undefined && !text.includes('$') && !/^(?:true|false|1|0|t|f)$/i.test(text))
      report.add('mount', instruction, place, '"{0}" is either true or false.', [key]);
  } else if (text === undefined || text === '') {
    if (key !== 'source' && key !== 'src' && key !== 'id')
      report.add('mount', instruction, option, '"{0}" needs a value.', [key]);
  } else if (text.includes('$')) {
    if (key === 'from')
      report.add(
        'mount',
        instruction,
        place,
        'A mount\'s "from" takes no variables: name a stage or an image.',
      );
  } else if (key === 'sharing' && !['shared', 'private', 'locked'].includes(text.toLowerCase()))
    report.add('mount', instruction, place, '"{0}" is one of {1}.', [key, 'shared, private, locked']);
  else if ((key === 'uid' || key === 'gid') && !/^\d+$/.test(text))
    report.add('mount', instruction, place, '"{0}" is a number, not "{1}".', [key, text]);
  else if (key === 'mode' && !/^[0-7]+$/.test(text))
    report.add('mount', instruction, place, '"{0}" is an octal number such as 0755.', [key]);
  else if (key === 'from') copyFrom(report, instruction, text, place);
}
