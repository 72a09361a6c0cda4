import * as vscode from 'vscode';
import type { Diagnostics } from './diagnostics';
import { isDockerfile, isReadable } from './documents';
import { instructionAt, modelOf } from './model/model';
import { conversions } from './rules/convert';
import type { Edit, Finding, Fix } from './rules/finding';
import { fixAll } from './rules/fixAll';
import { pin } from './rules/hadolint/instructions';
import { Report } from './rules/finding';
import { skips } from './rules/skip';
import { say } from './say';

const onSave = vscode.CodeActionKind.SourceFixAll.append('quayside');

/** Quick fixes for what was found, all safe ones at once, and other ways to write an instruction. */
export function registerCodeActions(diagnostics: Diagnostics): vscode.Disposable {
  const kinds = [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite, onSave];
  return vscode.languages.registerCodeActionsProvider(
    { language: 'dockerfile' },
    {
      provideCodeActions(document, range, { only, diagnostics: at }) {
        if (!isDockerfile(document) || !isReadable(document)) return [];
        const wants = (kind: vscode.CodeActionKind): boolean =>
          !only || only.contains(kind) || kind.contains(only);
        const actions: vscode.CodeAction[] = [];
        if (wants(vscode.CodeActionKind.QuickFix)) actions.push(...quickFixes(diagnostics, document, at));
        if (wants(vscode.CodeActionKind.RefactorRewrite))
          actions.push(...rewrites(diagnostics, document, range));
        if (only && onSave.contains(only) ? true : only?.contains(onSave))
          actions.push(...all(diagnostics, document));
        return actions;
      },
    },
    { providedCodeActionKinds: kinds },
  );
}

function quickFixes(
  diagnostics: Diagnostics,
  document: vscode.TextDocument,
  shown: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const { findings } = diagnostics.findingsIn(document);
  const model = modelOf(document);
  return shown
    .filter(({ source }) => source === 'Quayside')
    .flatMap((diagnostic) => {
      const finding = findings.find((one) => matches(document, one, diagnostic));
      if (!finding) return [];
      const fixes = finding.fixes.map((fix, at) =>
        action(document, fix, vscode.CodeActionKind.QuickFix, diagnostic, at === 0),
      );
      const ways = skips(model, finding)
        .filter(({ edits }) => edits.length > 0)
        .map((fix) => action(document, fix, vscode.CodeActionKind.QuickFix, diagnostic, false));
      return [...fixes, ...ways];
    });
}

function matches(
  document: vscode.TextDocument,
  { rule, start, end }: Finding,
  { code, range }: vscode.Diagnostic,
): boolean {
  const value = typeof code === 'object' ? code.value : code;
  return value === rule && document.offsetAt(range.start) === start && document.offsetAt(range.end) === end;
}

function rewrites(
  diagnostics: Diagnostics,
  document: vscode.TextDocument,
  range: vscode.Range,
): vscode.CodeAction[] {
  const model = modelOf(document);
  const instruction = instructionAt(model, document.offsetAt(range.start));
  if (!instruction) return [];
  const { stage } = instruction;
  const pins =
    stage?.from === instruction
      ? pin(new Report(model, diagnostics.findingsIn(document).context), stage)
      : [];
  return [...conversions(model, instruction), ...pins].map((fix) =>
    action(document, fix, vscode.CodeActionKind.RefactorRewrite),
  );
}

function all(diagnostics: Diagnostics, document: vscode.TextDocument): vscode.CodeAction[] {
  const edits = fixAll(diagnostics.shownIn(document));
  if (edits.length === 0) return [];
  return [action(document, { title: 'Fix all that is safe to fix', edits, safe: true }, onSave)];
}

function action(
  document: vscode.TextDocument,
  { title, args, edits }: Fix,
  kind: vscode.CodeActionKind,
  diagnostic?: vscode.Diagnostic,
  preferred = false,
): vscode.CodeAction {
  const made = new vscode.CodeAction(say(title, args), kind);
  made.edit = new vscode.WorkspaceEdit();
  made.edit.set(
    document.uri,
    edits.map((edit) => textEdit(document, edit)),
  );
  if (diagnostic) made.diagnostics = [diagnostic];
  made.isPreferred = preferred;
  return made;
}

function textEdit(document: vscode.TextDocument, { start, end, text }: Edit): vscode.TextEdit {
  const eol = document.eol === vscode.EndOfLine.CRLF ? text.replace(/\r?\n/g, '\r\n') : text;
  return vscode.TextEdit.replace(new vscode.Range(document.positionAt(start), document.positionAt(end)), eol);
}
