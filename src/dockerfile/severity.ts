import * as vscode from 'vscode';
import type { Severity, RuleInfo } from './rules/catalog';
import type { HadolintConfig } from './rules/finding';

const levels: Readonly<Record<Exclude<Severity, 'off'>, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** What the user has set, by rule. */
export type RuleSettings = Readonly<Record<string, unknown>>;

/** How much a rule counts: as set, else as a `.hadolint.yaml` says, else as it is. Undefined: not at all. */
export function severityOf(
  rule: string,
  { severity, kind, aliases }: RuleInfo,
  settings: RuleSettings,
  hadolint: HadolintConfig | undefined,
  raised: boolean,
): vscode.DiagnosticSeverity | undefined {
  const names = [rule, ...aliases];
  const set = names.map((name) => settings[name]).find((value) => value !== undefined);
  const ignored = names.some((name) => hadolint?.ignored.includes(name));
  const overridden = names.map((name) => hadolint?.severities.get(name)).find((value) => value !== undefined);
  const level =
    set ?? (ignored ? 'off' : (overridden ?? (raised && kind === 'buildkit' ? 'error' : severity)));
  if (level === 'off') return undefined;
  return typeof level === 'string' && Object.hasOwn(levels, level)
    ? levels[level as Exclude<Severity, 'off'>]
    : levels[severity === 'off' ? 'hint' : severity];
}
