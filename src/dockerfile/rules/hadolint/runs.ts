import type { Instruction } from '../../model/instruction';
import { replace, type Report } from '../finding';
import { hasFlag, hasLetter, keepsOut, type Command, type Run } from './commands';

const pointless = new Set([
  'ssh',
  'vim',
  'shutdown',
  'service',
  'ps',
  'free',
  'top',
  'kill',
  'mount',
  'ifconfig',
]);

/** What one RUN says, command by command. */
export function commandsOf(report: Report, run: Run): void {
  const { instruction, commands } = run;
  for (const command of commands) {
    const { name, args, word, place } = command;
    const say = (rule: string, message: string, messageArgs: string[] = []): void =>
      report.add(rule, instruction, place(word), message, messageArgs);
    if (name === 'cd' && args.length > 0 && commands[0] === command && /^[/~]/.test(args[0]?.text ?? ''))
      say('DL3003', 'Use WORKDIR to change the folder');
    else if (name === 'sudo') say('DL3004', 'sudo behaves unlike here in a build: use USER, or gosu');
    else if (pointless.has(name)) say('DL3001', '{0} makes no sense in a build', [name]);
    else if (name === 'apt')
      report.add(
        'DL3027',
        instruction,
        place(word),
        'apt is meant for people: use apt-get in scripts',
        [],
        [
          {
            title: 'Change to {0}',
            args: ['apt-get'],
            edits: [replace(place(word), word.text.replace(/apt$/, 'apt-get'))],
            safe: false,
          },
        ],
      );
    else if (name === 'useradd') largeUid(report, run, command);
    else if (name === 'wget') {
      if (
        !hasFlag(
          command,
          '-q',
          '--quiet',
          '-nv',
          '--no-verbose',
          '--progress',
          '-o',
          '--output-file',
          '-a',
        ) &&
        !hasLetter(command, 'q')
      )
        say('DL3047', 'The progress of wget fills the log of the build: add --progress=dot:giga or -q');
    } else if (
      name === 'ln' &&
      args.some(({ text }) => text === '/bin/sh') &&
      args.some(({ text }) => /bash|zsh/.test(text))
    )
      say('DL4005', 'Use SHELL to change the shell');
    else if (name === 'yarn' && (args[0]?.text === 'install' || args[0]?.text === 'add'))
      yarn(report, run, command);
  }
}

function largeUid(report: Report, { instruction }: Run, command: Command): void {
  const { args, word, place } = command;
  const at = args.findIndex(({ text }) => text === '-u' || text === '--uid' || text.startsWith('--uid='));
  if (at < 0 || hasFlag(command, '--no-log-init') || hasLetter(command, 'l')) return;
  const uid = args[at]?.text.split('=')[1] ?? args[at + 1]?.text ?? '';
  if (/^\d{6,}$/.test(uid))
    report.add(
      'DL3046',
      instruction,
      place(word),
      'useradd with a large uid makes a huge file: add {0}',
      ['-l'],
      [
        {
          title: 'Add {0}',
          args: ['-l'],
          edits: [{ start: place(word).end, end: place(word).end, text: ' -l' }],
          safe: false,
        },
      ],
    );
}

function yarn(report: Report, run: Run, { word, place }: Command): void {
  const cleans = run.commands.some(
    ({ name, args }) => name === 'yarn' && args[0]?.text === 'cache' && args[1]?.text === 'clean',
  );
  if (!cleans && !keepsOut(run.instruction, /yarn|\/\.cache/))
    report.add(
      'DL3060',
      run.instruction,
      place(word),
      'The cache of yarn stays in the layer: yarn cache clean is missing in the same RUN',
    );
}

const windowsShell = /^(?:cmd|powershell|pwsh)(?:\.exe)?$/i;

/** A pipe whose first part may fail unseen. `shell` is what SHELL has set. */
export function pipes(
  report: Report,
  { instruction, commands }: Run,
  shell: readonly string[] | undefined,
): void {
  const piped = commands.find((command) => command.piped);
  if (!piped || instruction.json) return;
  const [path = '/bin/sh'] = shell ?? [];
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (windowsShell.test(name) || windowsShell.test(commands[0]?.name ?? '')) return;
  const capable = /^(?:bash|zsh|ash|ksh)$/.test(name);
  if (capable && shell?.some((word) => word === 'pipefail')) return;
  const sets = commands.some(
    ({ name: command, args }) => command === 'set' && args.some(({ text }) => text === 'pipefail'),
  );
  if (!sets)
    report.add(
      'DL4006',
      instruction,
      piped.place(piped.word),
      'A failure in front of a pipe goes unseen: set the option pipefail with SHELL',
    );
}

/** Two RUNs in a row that could be one layer. */
export function consecutive(report: Report, before: Run | undefined, run: Run): void {
  const single = ({ instruction, commands }: Run): boolean =>
    commands.length === 1 && instruction.heredocs.length === 0 && !instruction.json;
  if (!before || !single(before) || !single(run)) return;
  const flags = ({ instruction }: Run): string => instruction.flags.map(({ text }) => text).join(' ');
  if (flags(before) !== flags(run)) return;
  const { instruction } = run;
  report.add(
    'DL3059',
    instruction,
    instruction.keywordWord,
    'This RUN makes a layer of its own: it can be one with the RUN above',
    [],
    merge(report, before.instruction, instruction),
  );
}

function merge(
  { model }: Report,
  first: Instruction,
  second: Instruction,
): { title: string; edits: { start: number; end: number; text: string }[]; safe: boolean }[] {
  if (second.line !== first.endLine + 1) return [];
  return [
    {
      title: 'Join with the RUN above',
      edits: [{ start: first.headEnd, end: second.rest.start, text: ` ${model.escape}\n    && ` }],
      safe: false,
    },
  ];
}
