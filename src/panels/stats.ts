import * as vscode from 'vscode';
import type { Engines } from '../engine/engines';
import type { StatsContract } from '../protocol/stats';
import { Channel, record } from './channel';
import { page } from './page';
import { say } from './say';
import { keyOf, type StatsTarget } from './stats/container';
import { StatsFeed } from './stats/feed';
import { statsStrings } from './stats/strings';

export interface StatsPanelDeps {
  readonly engines: Engines;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** The panels that are open, by what they show; they belong to the engines they were opened for. */
const open = new WeakMap<Engines, Map<string, vscode.WebviewPanel>>();

/** Show the live stats of these containers, in the panel that shows them already if there is one. */
export function showStats(deps: StatsPanelDeps, targets: readonly StatsTarget[]): vscode.WebviewPanel {
  const panels = open.get(deps.engines) ?? new Map<string, vscode.WebviewPanel>();
  open.set(deps.engines, panels);
  const set = targets.map(keyOf).sort().join('\n');
  const shown = panels.get(set);
  if (shown) {
    shown.reveal();
    return shown;
  }
  const panel = createPanel(deps, targets);
  panels.set(set, panel);
  panel.onDidDispose(() => panels.delete(set));
  return panel;
}

function createPanel(
  { engines, extensionUri, log }: StatsPanelDeps,
  targets: readonly StatsTarget[],
): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(
    'quayside.stats',
    titleOf(targets),
    vscode.ViewColumn.Active,
    {
      enableScripts: true,
      localResourceRoots: [],
    },
  );
  const feed = new StatsFeed(
    {
      engines,
      post: (message) => {
        channel.post(message);
        if (message.type === 'containers') panel.title = titleOf(message.containers);
      },
      say,
      note: (error) => log.debug(`Stats: ${String(error)}`),
    },
    targets,
  );
  const channel = new Channel<StatsContract>(panel.webview, {
    ready: () => feed.ready(),
    message: () => feed.seen(),
    requests: {
      history: (asks) => Promise.resolve(feed.history(String(record(asks)['key']))),
    },
    reason: say,
  });
  panel.onDidChangeViewState(() => (panel.visible ? feed.show() : feed.hide()));
  panel.onDidDispose(() => {
    feed.dispose();
    channel.dispose();
  });
  panel.webview.html = page(extensionUri, 'stats', { ...statsStrings() });
  feed.show();
  return panel;
}

/** A container may be renamed, or have been asked for by its id. */
function titleOf(containers: readonly { readonly name: string }[]): string {
  const [only] = containers;
  return containers.length === 1 && only
    ? vscode.l10n.t('Stats: {0}', only.name)
    : vscode.l10n.t('Stats: {0} containers', containers.length);
}
