import * as vscode from 'vscode';
import { EngineError, sentence } from '../engine/errors';
import type { LensContract } from '../protocol/lens';
import { Channel, record } from './channel';
import type { Comparison, LensSource } from './lens/comparison';
import { LensFeed } from './lens/feed';
import type { FindLines } from './lens/lines';
import { lensStrings } from './lens/strings';
import { page } from './page';
import { say } from './say';

export { outlineOf } from '../engine/lens/outline';
export { readComparison } from './lens/comparison';

export interface LensDeps {
  readonly extensionUri: vscode.Uri;
  readonly findLines: FindLines;
}

/** The panels that are open, by what they show. */
const open = new Map<string, vscode.WebviewPanel>();

/** Show the layers and files of an image, in the panel that shows them already if there is one. */
export function showLens(deps: LensDeps, image: LensSource): vscode.WebviewPanel {
  return show(deps, vscode.l10n.t('Layers: {0}', image.name), [image]);
}

/** Show what differs between two images; what was `read` of them is not read again. */
export function showComparison(
  deps: LensDeps,
  before: LensSource,
  after: LensSource,
  read?: Comparison,
): vscode.WebviewPanel {
  return show(deps, vscode.l10n.t('{0} ↔ {1}', before.name, after.name), [before, after], read);
}

function show(
  deps: LensDeps,
  title: string,
  images: readonly LensSource[],
  read?: Comparison,
): vscode.WebviewPanel {
  const key = JSON.stringify(images.map(({ engine, id, name }) => [engine.name, id, name]));
  const shown = open.get(key);
  if (shown) {
    shown.reveal();
    return shown;
  }
  const panel = createPanel(deps, title, images, read);
  open.set(key, panel);
  panel.onDidDispose(() => open.delete(key));
  return panel;
}

function createPanel(
  { extensionUri, findLines }: LensDeps,
  title: string,
  images: readonly LensSource[],
  read: Comparison | undefined,
): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel('quayside.lens', title, vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [],
    retainContextWhenHidden: true,
  });
  const feed = new LensFeed(images, findLines, (message) => channel.post(message), read);
  const channel = new Channel<LensContract>(panel.webview, {
    ready: () => feed.ready(),
    message: () => void feed.look(),
    requests: {
      tree: (asks) => {
        const { layer, changes } = record(asks);
        return Promise.resolve(feed.tree(index(layer), changes === true));
      },
      open: async (asks) => {
        const { layer, path, side } = record(asks);
        await feed.open(side === 'before' ? 0 : images.length - 1, index(layer), String(path));
        return null;
      },
      goTo: async (asks) => {
        await feed.goTo(index(record(asks)['row']));
        return null;
      },
    },
    reason: say,
  });
  panel.onDidDispose(() => {
    feed.dispose();
    channel.dispose();
  });
  panel.webview.html = page(extensionUri, 'lens', { ...lensStrings() });
  return panel;
}

function index(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new EngineError('invalid', sentence('There is no such layer. Show the layers of the image anew.'));
}
