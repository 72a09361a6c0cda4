import type { Fix, Report } from '../finding';
import { hasFlag, hasLetter, keepsOut, type Command, type Run } from './commands';
import type { ShellWord } from './shell';

interface Manager {
  readonly names: RegExp;
  readonly install: readonly string[];
  /** The rule on versions, and what says one. */
  readonly pin: string;
  readonly pinned: RegExp;
  /** Flags that take the next word. */
  readonly takes: readonly string[];
  /** Flags with which versions come from elsewhere. */
  readonly elsewhere: readonly string[];
  readonly example: string;
}

const managers: readonly Manager[] = [
  {
    names: /^apt-get$/, install: ['install'], pin: 'DL3008', pinned: /[=/]|\.deb$/, example: 'package=version',
    takes: ['-t', '--target-release', '-o', '-c', '--option'], elsewhere: [],
  },
  {
    names: /^apk$/, install: ['add'], pin: 'DL3018', pinned: /[=~<>@]|\.apk$/, example: 'package=version',
    takes: ['-t', '--virtual', '-X', '--repository', '-p', '--root'], elsewhere: [],
  },
  {
    names: /^pip[\d.]*$/, install: ['install'], pin: 'DL3013', pinned: /==|@|~=|\.whl$|\.tar\.gz$|^\.|\/|[<>]=?/,
    example: 'package==version', takes: ['-i', '--index-url', '--extra-index-url', '-f', '-t', '--target', '--prefix', '--root', '--trusted-host', '--platform', '--progress-bar', '--no-binary', '--only-binary'],
    elsewhere: ['-r', '--requirement', '-c', '--constraint', '-e', '--editable'],
  },
  {
    names: /^npm$/, install: ['install', 'i', 'add'], pin: 'DL3016', pinned: /.@(?!latest$)|^[./]|:\/\/|\.tgz$/,
    example: 'package@version', takes: ['--prefix', '--registry', '--loglevel', '-C'], elsewhere: [],
  },
  {
    names: /^gem$/, install: ['install', 'i'], pin: 'DL3028', pinned: /:|\.gem$/, example: 'gem:version', takes: ['-i', '-n', '--source'],
    elsewhere: ['-v', '--version'],
  },
  {
    names: /^yum$/, install: ['install'], pin: 'DL3033', pinned: /-\d|:|\.rpm$|^\//, example: 'package-version', takes: ['-c'], elsewhere: [],
  },
  {
    names: /^(?:micro)?dnf5?$/, install: ['install', 'in'], pin: 'DL3041', pinned: /-\d|:|\.rpm$|^\//,
    example: 'package-version', takes: ['-c'], elsewhere: [],
  },
  {
    names: /^zypper$/, install: ['install', 'in'], pin: 'DL3037', pinned: /[=<>]|\.rpm$/, example: 'package=version', takes: ['--repo', '-r'],
    elsewhere: [],
  },
  {
    names: /^go$/, install: ['install'], pin: 'DL3062', pinned: /@(?!latest$)|^[./]|^[^.]*$/, example: 'package@version', takes: ['-tags', '-ldflags'],
    elsewhere: [],
  },
]; // prettier-ignore

interface Install {
  readonly verb: ShellWord;
  readonly packages: readonly ShellWord[];
}

/** The word that says install, and what is to be installed. */
function installOf({ args }: Command, { install, takes }: Manager): Install | undefined {
  const words = args.filter(
    (word, at) => !word.text.startsWith('-') && !takes.includes(args[at - 1]?.text ?? ''),
  );
  if (words[0]?.text === 'module') words.shift();
  const [verb, ...packages] = words;
  return verb && install.includes(verb.text) ? { verb, packages } : undefined;
}

export function packages(report: Report, run: Run, ends: boolean, pipCached: boolean): void {
  for (const command of run.commands) {
    const manager = managers.find(({ names }) => names.test(command.name));
    const install = manager && installOf(command, manager);
    if (!install) continue;
    versions(report, run, command, manager, install);
    habits(report, run, command, install, ends, pipCached);
  }
}

function versions(
  report: Report,
  { instruction }: Run,
  command: Command,
  manager: Manager,
  { packages: all }: Install,
): void {
  if (hasFlag(command, ...manager.elsewhere)) return;
  const loose = all.filter(({ text }) => !manager.pinned.test(text) && !text.includes('$') && text !== '');
  const [first] = loose;
  if (!first) return;
  report.add(manager.pin, instruction, command.place(first), 'Pin the version: {0} instead of {1}', [
    manager.example,
    first.text,
  ]);
}

/** Adds a flag behind the word that says install. */
function adding(command: Command, { verb }: Install, flag: string): Fix {
  const { end } = command.place(verb);
  return { title: 'Add {0}', args: [flag], edits: [{ start: end, end, text: ` ${flag}` }], safe: false };
}

function habits(
  report: Report,
  run: Run,
  command: Command,
  install: Install,
  ends: boolean,
  pipCached: boolean,
): void {
  const { instruction } = run;
  const { name } = command;
  const say = (rule: string, message: string, args: string[], flag?: string): void =>
    report.add(
      rule,
      instruction,
      command.place(install.verb),
      message,
      args,
      flag ? [adding(command, install, flag)] : [],
    );
  const cleans = (...words: string[]): boolean =>
    run.commands.some(
      (other) => other.name === name && words.every((word) => other.args.some(({ text }) => text === word)),
    );
  const yes = hasLetter(command, 'y') || hasFlag(command, '--yes', '--assumeyes', '--assume-yes');
  if (name === 'apt-get') {
    if (!yes && !hasFlag(command, '-qq') && !command.args.some(({ text }) => /^-q=\d|^-[a-z]*qq/.test(text)))
      say('DL3014', '{0} asks before it installs: add {1}', [name, '-y'], '-y');
    if (
      !hasFlag(command, '--no-install-recommends') &&
      !command.args.some(({ text }) => /Install-Recommends=(?:false|0|no)/i.test(text))
    )
      say(
        'DL3015',
        'Packages that are only recommended are installed too: add {0}',
        ['--no-install-recommends'],
        '--no-install-recommends',
      );
    if (ends && !removesLists(run) && !keepsOut(instruction, /^\/var\/lib\/apt(?:\/lists)?\/?$/))
      say(
        'DL3009',
        'The lists of apt-get stay in the layer: remove /var/lib/apt/lists/* in the same RUN',
        [],
      );
  } else if (name === 'apk') {
    if (
      !hasFlag(command, '--no-cache') &&
      !keepsOut(instruction, /^\/(?:var\/cache\/apk|etc\/apk\/cache)\/?$/) &&
      !removes(run, /^\/var\/cache\/apk/)
    )
      say('DL3019', 'The cache of apk stays in the layer: add {0}', ['--no-cache'], '--no-cache');
  } else if (/^pip/.test(name)) {
    if (
      !pipCached &&
      !hasFlag(command, '--no-cache-dir') &&
      !keepsOut(instruction, /\/\.cache(?:\/pip)?\/?$/)
    )
      say('DL3042', 'The cache of pip stays in the layer: add {0}', ['--no-cache-dir'], '--no-cache-dir');
  } else if (name === 'yum') {
    if (!yes) say('DL3030', '{0} asks before it installs: add {1}', [name, '-y'], '-y');
    if (!cleans('clean', 'all') && !removes(run, /^\/var\/cache\/yum/))
      say('DL3032', '{0} clean all is missing in the same RUN', [name]);
  } else if (/^(?:micro)?dnf/.test(name)) {
    if (!yes) say('DL3038', '{0} asks before it installs: add {1}', [name, '-y'], '-y');
    if (!cleans('clean', 'all') && !removes(run, /^\/var\/cache\/(?:lib)?dnf/))
      say('DL3040', '{0} clean all is missing in the same RUN', [name]);
  } else if (name === 'zypper') {
    if (!yes && !hasLetter(command, 'n') && !hasFlag(command, '--non-interactive', '--no-confirm'))
      say('DL3034', '{0} asks before it installs: add {1}', [name, '-y'], '-y');
    if (!cleans('clean') && !cleans('cc')) say('DL3036', '{0} clean is missing in the same RUN', [name]);
  }
}

const removes = ({ commands }: Run, path: RegExp): boolean =>
  commands.some(({ name, args }) => name === 'rm' && args.some(({ text }) => path.test(text)));

const removesLists = (run: Run): boolean =>
  removes(run, /^\/var\/lib\/apt(?:\/lists)?/) ||
  run.commands.some(({ name, args }) => name === 'apt-get' && args.some(({ text }) => text === 'dist-clean'));
