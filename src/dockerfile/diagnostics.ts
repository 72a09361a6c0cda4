import * as vscode from 'vscode';
import type { BaseImages } from './baseImages';
import { lookBeside, nothingBeside, type Beside } from './context';
import { isDockerfile, isReadable } from './documents';
import { modelOf } from './model/model';
import { isInstalled } from './mode';
import { saidElsewhere } from './others';
import { ruleInfo } from './rules/catalog';
import type { Finding, LintContext } from './rules/finding';
import { lint } from './rules/lint';
import { checkOptions } from './rules/suppress';
import { say } from './say';
import { severityOf, type RuleSettings } from './severity';

const pause = 40;

/** What was last found in a document. */
export interface Found {
  readonly version: number;
  readonly findings: readonly Finding[];
  readonly context: LintContext;
}

/** Keeps the diagnostics of every open Dockerfile: those of the text at once, what lies around it when it is known. */
export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('quayside');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly beside = new Map<string, Beside>();
  private readonly found = new Map<string, Found>();
  private readonly subscriptions: vscode.Disposable;

  private readonly images: BaseImages;
  private readonly log: vscode.LogOutputChannel;

  constructor(images: BaseImages, log: vscode.LogOutputChannel) {
    this.images = images;
    this.log = log;
    const { workspace } = vscode;
    const watcher = workspace.createFileSystemWatcher(
      '**/{.dockerignore,*.dockerignore,.hadolint.yaml,.hadolint.yml}',
    );
    const all = (): void =>
      workspace.textDocuments.filter(isDockerfile).forEach((document) => this.later(document, true));
    this.subscriptions = vscode.Disposable.from(
      this.collection,
      watcher,
      watcher.onDidChange(all),
      watcher.onDidCreate(all),
      watcher.onDidDelete(all),
      workspace.onDidOpenTextDocument((document) => this.later(document, true)),
      workspace.onDidChangeTextDocument(({ document }) => this.later(document)),
      workspace.onDidSaveTextDocument((document) => this.later(document, true)),
      workspace.onDidCloseTextDocument((document) => this.forget(document)),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('quayside.dockerfile')) all();
      }),
    );
    all();
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.subscriptions.dispose();
  }

  /** What there is to say about the document as it is now. */
  findingsIn(document: vscode.TextDocument): Found {
    const key = document.uri.toString();
    const last = this.found.get(key);
    return last?.version === document.version ? last : this.check(document);
  }

  /** A newer change takes the place of one that still waits. `around`: also look at what lies beside the file. */
  private later(document: vscode.TextDocument, around = false): void {
    if (!isDockerfile(document)) return;
    const key = document.uri.toString();
    const waiting = this.timers.get(key);
    clearTimeout(waiting);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      if (document.isClosed) return;
      this.show(document);
      this.lookAround(document, around).catch((error: unknown) =>
        this.log.error(`Dockerfile: ${String(error)}`),
      );
    }, pause);
    this.timers.set(key, timer);
  }

  private async lookAround(document: vscode.TextDocument, around: boolean): Promise<void> {
    if (!isReadable(document)) return;
    const key = document.uri.toString();
    const { version } = document;
    const model = modelOf(document);
    const references = new Set(
      model.stages.filter(({ base, resolved }) => !base && resolved !== '').map(({ resolved }) => resolved),
    );
    const [beside, learnt] = await Promise.all([
      lookBeside(document, model),
      this.images.learn([...references]),
    ]);
    if (document.isClosed || document.version !== version) return;
    const before = this.beside.get(key);
    this.beside.set(key, beside);
    if (around || learnt || !same(before, beside)) this.show(document);
  }

  private check(document: vscode.TextDocument): Found {
    const { images } = this;
    const key = document.uri.toString();
    const { ignore, hadolint, sources } = this.beside.get(key) ?? nothingBeside;
    const context: LintContext = {
      base: (stage) => (stage.base ? undefined : images.configOf(stage.resolved)),
      target: images.target,
      ignore,
      hadolint,
      exists: (path) => sources.get(path),
    };
    const findings = isReadable(document) ? lint(modelOf(document), context) : tooLong(document);
    const found = { version: document.version, findings, context };
    this.found.set(key, found);
    return found;
  }

  private show(document: vscode.TextDocument): void {
    this.check(document);
    this.collection.set(
      document.uri,
      this.levelled(document).map(([finding, severity]) => diagnosticOf(document, finding, severity)),
    );
  }

  /** What the settings leave of it. */
  shownIn(document: vscode.TextDocument): Finding[] {
    return this.levelled(document).map(([finding]) => finding);
  }

  private levelled(document: vscode.TextDocument): [Finding, vscode.DiagnosticSeverity][] {
    const settings = vscode.workspace.getConfiguration('quayside.dockerfile', document.uri);
    const mode = settings.get<string>('diagnostics', 'auto');
    if (mode === 'off') return [];
    const { findings, context } = this.findingsIn(document);
    const elsewhere = saidElsewhere(mode, isInstalled);
    const rules = settings.get<RuleSettings>('rules', {});
    const raised = isReadable(document) && checkOptions(modelOf(document), context).error;
    const shown: [Finding, vscode.DiagnosticSeverity][] = [];
    for (const finding of findings) {
      const info = ruleInfo(finding.rule);
      const severity = severityOf(finding.rule, info, rules, context.hadolint, raised);
      if (severity === undefined || elsewhere(finding.rule, info)) continue;
      shown.push([finding, severity]);
    }
    return shown;
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.beside.delete(key);
    this.found.delete(key);
    this.collection.delete(document.uri);
  }
}

function diagnosticOf(
  document: vscode.TextDocument,
  { rule, message, args, start, end }: Finding,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const { url, tag } = ruleInfo(rule);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const diagnostic = new vscode.Diagnostic(range, say(message, args), severity);
  diagnostic.source = 'Quayside';
  diagnostic.code = url === '' ? rule : { value: rule, target: vscode.Uri.parse(url) };
  if (tag === 'deprecated') diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  else if (tag === 'unnecessary') diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}

function tooLong(document: vscode.TextDocument): Finding[] {
  const end = document.lineAt(0).text.length;
  const message = 'This file is too large to be checked: more than 1 MB.';
  return [{ rule: 'too-large', message, args: [], start: 0, end: Math.min(end, 100), line: 0, fixes: [] }];
}

function same(one: Beside | undefined, other: Beside): boolean {
  if (!one || one.ignore !== other.ignore || one.sources.size !== other.sources.size) return false;
  if (JSON.stringify(one.hadolint) !== JSON.stringify(other.hadolint)) return false;
  return [...other.sources].every(([path, found]) => one.sources.get(path) === found);
}
