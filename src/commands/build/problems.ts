import * as vscode from 'vscode';
import type { BuildError } from '../../engine/build/failure';
import type { BuildWarning, LineRange } from '../../engine/build/output';
import { translated } from '../report';

/** What the last build of each Dockerfile had to say of it. */
const problems = vscode.languages.createDiagnosticCollection('quayside.build');

/** The next build says anew what is wrong. */
export function clearProblems(dockerfile: vscode.Uri): void {
  problems.delete(dockerfile);
}

/** Marks the lines that a build failed at. */
export function tellFailure(dockerfile: vscode.Uri, { sentence, line, endLine }: BuildError): void {
  if (line === undefined) return;
  const range = rangeOf({ line, endLine: endLine ?? line });
  problems.set(dockerfile, [problem(range, translated(sentence), vscode.DiagnosticSeverity.Error)]);
}

/** Marks the lines that the builder warned of. */
export function tellWarnings(dockerfile: vscode.Uri, warnings: readonly BuildWarning[]): void {
  problems.set(
    dockerfile,
    warnings.flatMap(({ text, lines }) =>
      lines ? [problem(rangeOf(lines), text, vscode.DiagnosticSeverity.Warning)] : [],
    ),
  );
}

/** Opens the Dockerfile with the lines selected that a build failed at. */
export async function showInDockerfile(dockerfile: vscode.Uri, { line, endLine }: BuildError): Promise<void> {
  const document = await vscode.workspace.openTextDocument(dockerfile);
  const selection =
    line === undefined ? undefined : document.validateRange(rangeOf({ line, endLine: endLine ?? line }));
  await vscode.window.showTextDocument(document, selection ? { selection } : {});
}

function problem(range: vscode.Range, text: string, severity: vscode.DiagnosticSeverity): vscode.Diagnostic {
  const found = new vscode.Diagnostic(range, text, severity);
  found.source = 'docker build';
  return found;
}

/** Whole lines; the editor cuts the end to what is there. */
function rangeOf({ line, endLine }: LineRange): vscode.Range {
  return new vscode.Range(line - 1, 0, endLine - 1, 10_000);
}
