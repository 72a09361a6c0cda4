import * as vscode from 'vscode';
import type { Engines } from '../engine/engines';
import type { CommandId } from '../ids';
import type { DetailsContract, DetailsTab, DetailsToWebview } from '../protocol/details';
import { Channel, record } from './channel';
import { toCsv } from './details/csv';
import { DetailsFeed } from './details/feed';
import { Pasts } from './details/past';
import { detailsStrings } from './details/strings';
import { page } from './page';
import { say } from './say';
import type { StatsPanelDeps } from './stats';
import { keyOf, type StatsTarget } from './stats/container';

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly turnTo: (tab: DetailsTab) => void;
}

/** The panels that are open by their container, and what was seen of containers; both belong to the engines. */
const known = new WeakMap<Engines, { readonly open: Map<string, Open>; readonly pasts: Pasts }>();

/** Show everything about one container, in the panel that shows it already if there is one. */
export function showDetails(
  deps: StatsPanelDeps,
  target: StatsTarget,
  { inspected, tab }: { readonly inspected: unknown; readonly tab?: DetailsTab },
): vscode.WebviewPanel {
  const { open, pasts } = known.get(deps.engines) ?? { open: new Map<string, Open>(), pasts: new Pasts() };
  known.set(deps.engines, { open, pasts });
  const key = keyOf(target);
  const shown = open.get(key);
  if (shown) {
    shown.panel.reveal();
    if (tab) shown.turnTo(tab);
    return shown.panel;
  }
  const created = createPanel(deps, target, { inspected, tab, pasts });
  open.set(key, created);
  created.panel.onDidDispose(() => open.delete(key));
  return created.panel;
}

function createPanel(
  { engines, extensionUri, log }: StatsPanelDeps,
  target: StatsTarget,
  { inspected, tab = 'overview', pasts }: { inspected: unknown; tab?: DetailsTab; pasts: Pasts },
): Open {
  const panel = vscode.window.createWebviewPanel('quayside.details', target.name, vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [],
  });
  const past = pasts.of(keyOf(target));
  const post = (message: DetailsToWebview): void => {
    channel.post(message);
    if (message.type === 'containers') panel.title = message.containers[0]?.name ?? target.name;
  };
  const note = (error: unknown): void => log.debug(`Details: ${String(error)}`);
  const feed = new DetailsFeed({ engines, say, note, post }, target, past, inspected, tab);
  const fail = (error: unknown): void => log.error(`Details: ${String(error)}`);
  const channel = new Channel<DetailsContract>(panel.webview, {
    ready: () => feed.ready(),
    message: (message) => {
      const { type, tab: chosen, path, text } = record(message);
      if (type === 'seen') feed.stats.seen();
      else if (type === 'tab' && isTab(chosen)) feed.choose(chosen);
      else if (type === 'copyValue') void vscode.env.clipboard.writeText(feed.valueAt(path));
      else if (type === 'copyText' && typeof text === 'string') void vscode.env.clipboard.writeText(text);
      else if (type === 'openJson') {
        const { id, engine } = target;
        const inspect = 'quayside.containers.inspect' satisfies CommandId;
        vscode.commands.executeCommand(inspect, { id, engine }).then(undefined, (error: unknown) => {
          void vscode.window.showErrorMessage(say(error));
        });
      } else if (type === 'openCsv') {
        showCsv(toCsv(past.history.points, past.marks)).catch(fail);
      }
    },
    requests: {
      history: (asks) => Promise.resolve(feed.stats.history(String(record(asks)['key']))),
      value: (asks) => Promise.resolve(feed.valueAt(record(asks)['path'])),
      changes: () => feed.changes(),
    },
    reason: say,
  });
  panel.onDidChangeViewState(() => (panel.visible ? feed.show() : feed.hide()));
  panel.onDidDispose(() => {
    feed.dispose();
    channel.dispose();
  });
  panel.webview.html = page(extensionUri, 'details', { ...detailsStrings() });
  feed.show();
  const turnTo = (chosen: DetailsTab): void => {
    // For a page that is hidden, and loaded anew when it is shown.
    feed.choose(chosen);
    channel.post({ type: 'tab', tab: chosen });
  };
  return { panel, turnTo };
}

function isTab(value: unknown): value is DetailsTab {
  return ['overview', 'stats', 'processes', 'changes', 'inspect'].includes(String(value));
}

/** A document that is saved where the user wants it. */
async function showCsv(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content, language: 'csv' }).then(
    (opened) => opened,
    // No extension of this editor knows the language.
    () => vscode.workspace.openTextDocument({ content }),
  );
  await vscode.window.showTextDocument(document);
}
