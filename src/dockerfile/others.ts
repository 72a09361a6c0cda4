import * as vscode from 'vscode';
import type { RuleInfo } from './rules/catalog';

/** What another extension already says about Dockerfiles, by its id. */
const others: Readonly<Record<string, (rule: string, info: RuleInfo) => boolean>> = {
  'ms-azuretools.vscode-docker': says,
  'ms-azuretools.vscode-containers': says,
  'docker.docker': (_rule, { kind }) => kind === 'buildkit',
  'exiasr.hadolint': (_rule, { kind }) => kind === 'hadolint',
  'wharflab.tally': (_rule, { kind }) => kind !== 'syntax',
};

/** The checks of the language server that both of Microsoft's extensions bring. */
const microsoft = new Set([
  'NoEmptyContinuation', 'DuplicateStageName', 'MaintainerDeprecated', 'WorkdirRelativePath',
  'MultipleInstructionsDisallowed', 'unknown-instruction', 'missing-argument', 'unknown-flag', 'duplicate-flag',
  'flag-value', 'no-instructions', 'image-reference', 'stage-name', 'port', 'signal', 'missing-value', 'missing-name',
  'unclosed-quote', 'onbuild-trigger',
]); // prettier-ignore

function says(rule: string): boolean {
  return microsoft.has(rule);
}

/** Whether nothing is to be said here, because an extension that is there says it. */
export function saidElsewhere(): (rule: string, info: RuleInfo) => boolean {
  const there = Object.entries(others).filter(([id]) => vscode.extensions.getExtension(id) !== undefined);
  return (rule, info) => there.some(([, covers]) => covers(rule, info));
}
