import type { RuleInfo } from './rules/catalog';

type Says = (rule: string, info: RuleInfo) => boolean;

/** What another extension gives that a person would see a second time. */
interface Other {
  readonly says?: Says;
  /** Its language server completes, explains, links and outlines, as far as that server goes. */
  readonly serves?: true;
  /** Of two formatters the editor asks which one is meant. */
  readonly formats?: true;
}

/** The checks of the language server that both of Microsoft's extensions bring. */
const microsoft = new Set([
  'NoEmptyContinuation', 'DuplicateStageName', 'MaintainerDeprecated', 'WorkdirRelativePath',
  'MultipleInstructionsDisallowed', 'unknown-instruction', 'missing-argument', 'unknown-flag', 'duplicate-flag',
  'flag-value', 'no-instructions', 'image-reference', 'stage-name', 'port', 'signal', 'missing-value', 'missing-name',
  'unclosed-quote', 'onbuild-trigger',
]); // prettier-ignore

const server: Other = { says: (rule) => microsoft.has(rule), serves: true, formats: true };
const hadolint: Other = {
  // Those from here on it has since 2026, and is often older.
  says: (_rule, { kind, aliases }) =>
    kind === 'hadolint' || aliases.some((name) => name < 'DL3063' || name >= 'DL4'),
};

const others: Readonly<Record<string, Other>> = {
  'ms-azuretools.vscode-docker': server,
  'ms-azuretools.vscode-containers': server,
  // It brings the same server, and leaves out what that finds.
  'docker.docker': { says: (_rule, { kind }) => kind === 'buildkit', serves: true, formats: true },
  'exiasr.hadolint': hadolint,
  'wharflab.tally': { says: (_rule, { kind }) => kind !== 'syntax', formats: true },
  'foxundermoon.shell-format': { formats: true },
};

/** Whether an extension of this id is there and not disabled. */
export type Installed = (id: string) => boolean;

const there = (installed: Installed): Other[] =>
  Object.entries(others).flatMap(([id, other]) => (installed(id) ? [other] : []));

/** Whether nothing is to be said here, because an extension that is there says it. */
export function saidElsewhere(mode: string, installed: Installed): Says {
  const found = mode === 'auto' ? there(installed) : [];
  return (rule, info) => found.some(({ says }) => says?.(rule, info));
}

/** Whether another extension already does it, and the setting leaves it to that one. */
export function doneElsewhere(mode: string, what: 'serves' | 'formats', installed: Installed): boolean {
  return mode === 'auto' && there(installed).some((other) => other[what]);
}
