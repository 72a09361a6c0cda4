import path from 'node:path';
import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { STATE_KEYS } from '../../ids';
import { layerSizes } from '../language/layers';
import type { Model } from '../model/model';
import { lineage, type Stage } from '../model/stages';
import { sizeText } from './imageFacts';
import type { LiveEngine } from './liveEngine';
import { rangeOf } from './places';
import { selector, served } from './serve';

/** What an engine can do with a Dockerfile, and what it has made of it: links above stages, sizes beside instructions. */
export function registerEngineHints(live: LiveEngine, state: vscode.Memento): vscode.Disposable {
  const settings = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    settings,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('quayside.dockerfile')) settings.fire();
    }),
    live.onDidChange(() => settings.fire()),
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: settings.event,
      provideCodeLenses(document) {
        const model = served(document);
        const wanted = vscode.workspace
          .getConfiguration('quayside.dockerfile', document.uri)
          .get<boolean>('codeLens', true);
        const engine = live.connected;
        if (!model || !engine || !wanted || document.uri.scheme !== 'file') return [];
        return model.stages.flatMap((stage) => lensesOf(document, model, stage, engine));
      },
    }),
    vscode.languages.registerInlayHintsProvider(selector, {
      onDidChangeInlayHints: settings.event,
      async provideInlayHints(document, range, token) {
        const model = served(document);
        const engine = live.connected;
        const tag = builtFrom(state, document.uri);
        if (!model || !engine || tag === undefined) return [];
        const hints = await sizeHints(model, engine, tag, token);
        return hints.filter(({ position }) => range.contains(position));
      },
    }),
  );
}

/** The tag that the last build of this file has given. */
function builtFrom(state: vscode.Memento, uri: vscode.Uri): string | undefined {
  return state.get<Readonly<Record<string, string>>>(STATE_KEYS.buildTags, {})[uri.toString()];
}

function lensesOf(
  { uri }: vscode.TextDocument,
  model: Model,
  stage: Stage,
  engine: Engine,
): vscode.CodeLens[] {
  const final = stage === model.stages.at(-1);
  const target = stage.name?.text ?? String(stage.index);
  const options = {
    context: path.dirname(uri.fsPath),
    dockerfile: uri.fsPath,
    ...(!final && { target }),
    engine: engine.name,
    show: true,
  };
  const lens = (line: vscode.Range, title: string, run: boolean): vscode.CodeLens =>
    new vscode.CodeLens(line, {
      title,
      command: 'quayside.images.build',
      arguments: [run ? { ...options, run } : options],
    });
  const shell = {
    title: vscode.l10n.t('Shell into'),
    command: 'quayside.images.stageShell',
    arguments: [options],
  };
  const above = rangeOf(model, stage.from.keywordWord);
  const exposes = stage.instructions.filter(({ keyword, args }) => keyword === 'EXPOSE' && args.length > 0);
  return [
    lens(above, vscode.l10n.t('Build'), false),
    lens(above, vscode.l10n.t('Build & Run'), true),
    // In an empty file system there is none, nor what it would need.
    ...(hasShell(stage) ? [new vscode.CodeLens(above, shell)] : []),
    ...exposes.map(({ keywordWord }) =>
      lens(rangeOf(model, keywordWord), vscode.l10n.t('Run with this port'), true),
    ),
  ];
}

const hasShell = (stage: Stage): boolean => lineage(stage).at(-1)?.resolved.toLowerCase() !== 'scratch';

async function sizeHints(
  model: Model,
  engine: Engine,
  tag: string,
  token: vscode.CancellationToken,
): Promise<vscode.InlayHint[]> {
  const abort = new AbortController();
  const cancelled = token.onCancellationRequested(() => abort.abort());
  try {
    const history = await engine.images.history(tag, abort.signal);
    const sizes = layerSizes(model, history) ?? [];
    return sizes
      .filter(({ bytes }) => bytes > 0)
      .map(({ instruction, bytes, stale }) => {
        const { lines } = model;
        const position = lines.positionAt(lines.endOf(instruction.line));
        const hint = new vscode.InlayHint(
          new vscode.Position(position.line, position.character),
          stale ? `~${sizeText(bytes)}` : sizeText(bytes),
        );
        hint.paddingLeft = true;
        hint.tooltip = stale
          ? vscode.l10n.t('In the last build, {0}. The text has changed since.', tag)
          : vscode.l10n.t('In the last build, {0}.', tag);
        return hint;
      });
  } catch {
    // No image of that name, no engine: nothing to show.
    return [];
  } finally {
    cancelled.dispose();
  }
}
