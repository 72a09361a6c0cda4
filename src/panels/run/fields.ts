import * as vscode from 'vscode';
import type { Flag } from '../../engine/run/flag';
import { FLAGS } from '../../engine/run/flags';
import type { RunSpec } from '../../engine/run/spec';
import type { RunField, RunSection } from '../../protocol/run';

/** Fields of the form that have words of their own; the others go by their flag. */
function labels(): Partial<Record<keyof RunSpec, string>> {
  return {
    name: vscode.l10n.t('Name'),
    ports: vscode.l10n.t('Ports (host:container)'),
    volumes: vscode.l10n.t('Volumes and folders'),
    env: vscode.l10n.t('Environment variables'),
    envFile: vscode.l10n.t('Files with environment variables'),
    detach: vscode.l10n.t('Run in the background'),
    interactive: vscode.l10n.t('Keep the input open'),
    tty: vscode.l10n.t('Give it a terminal'),
    remove: vscode.l10n.t('Remove it when it ends'),
    restart: vscode.l10n.t('When it ends, start it again'),
    network: vscode.l10n.t('Network'),
    entrypoint: vscode.l10n.t('Entrypoint'),
    user: vscode.l10n.t('User'),
    workdir: vscode.l10n.t('Working folder'),
    hostname: vscode.l10n.t('Host name'),
    memory: vscode.l10n.t('Memory limit'),
    cpus: vscode.l10n.t('Processor limit (cores)'),
    labels: vscode.l10n.t('Labels'),
    platform: vscode.l10n.t('Platform'),
    pull: vscode.l10n.t('Pull the image'),
  };
}

const FIRST: readonly (keyof RunSpec)[] = ['name', 'ports', 'volumes', 'env'];
const HOW: readonly (keyof RunSpec)[] = ['detach', 'interactive', 'tty', 'remove', 'restart'];
const INSIDE: readonly (keyof RunSpec)[] = ['entrypoint', 'user', 'workdir', 'hostname', 'envFile'];
const AROUND: readonly (keyof RunSpec)[] = ['network', 'memory', 'cpus', 'platform', 'pull', 'labels'];

const CHOICES: Partial<Record<keyof RunSpec, readonly string[]>> = {
  restart: ['no', 'always', 'unless-stopped', 'on-failure', 'on-failure:3'],
  pull: ['missing', 'always', 'never'],
};

/** Only of the CLI's own terminal or signatures: nothing that a form could do. */
const NOT_HERE: ReadonlySet<keyof RunSpec> = new Set(['sigProxy', 'disableContentTrust', 'quiet', 'attach']);

/** The form, from what everybody needs to what few do; `networks` are those of the engine. */
export function sections(networks: readonly string[]): RunSection[] {
  const named = labels();
  const field = (flag: Flag): RunField => ({
    name: flag.field,
    label: named[flag.field] ?? flag.name.replaceAll('-', ' '),
    flag: `--${flag.name}`,
    kind: kindOf(flag),
    example: flag.example ?? '',
    choices: flag.field === 'network' ? networks : (CHOICES[flag.field] ?? []),
  });
  const of = (wanted: readonly (keyof RunSpec)[]): RunField[] =>
    wanted.flatMap((name) => FLAGS.filter((flag) => flag.field === name).map(field));
  const placed = new Set([...FIRST, ...HOW, ...INSIDE, ...AROUND]);
  const rest = FLAGS.filter((flag) => !placed.has(flag.field) && !NOT_HERE.has(flag.field)).map(field);
  const image: RunField[] = [
    {
      name: 'image',
      label: vscode.l10n.t('Image'),
      flag: '',
      kind: 'text',
      example: 'nginx:1.27',
      choices: [],
    },
    {
      name: 'command',
      label: vscode.l10n.t('Command, when it is another than the image’s'),
      flag: '',
      kind: 'text',
      example: 'sh -c "echo hello"',
      choices: [],
    },
  ];
  return [
    { title: vscode.l10n.t('What to run'), folded: false, fields: [...image, ...of(FIRST)] },
    { title: vscode.l10n.t('How it runs'), folded: false, fields: of(HOW) },
    { title: vscode.l10n.t('Inside'), folded: true, fields: of(INSIDE) },
    { title: vscode.l10n.t('Network and limits'), folded: true, fields: of(AROUND) },
    { title: vscode.l10n.t('Everything else'), folded: true, fields: rest },
  ];
}

function kindOf(flag: Flag): RunField['kind'] {
  if (flag.kind === 'boolean') return 'switch';
  return flag.kind === 'text' || flag.kind === 'number' || flag.kind === 'word' ? 'text' : 'list';
}
