import * as vscode from 'vscode';
import type { Engines } from '../engine/engines';
import { parseWhen } from '../engine/logs/when';
import type { LogsContract, LogsReading } from '../protocol/logs';
import { Channel, record } from './channel';
import { LogsExport } from './logs/export';
import { LogsFeed, type LogsTarget } from './logs/feed';
import { openPlace } from './logs/openPlace';
import { logsStrings } from './logs/strings';
import { page } from './page';
import { say } from './say';

export interface LogsPanelDeps {
  readonly engines: Engines;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly read: (reading: LogsReading) => void;
}

/** The panels that are open, by what they show; they belong to the engines they were opened for. */
const open = new WeakMap<Engines, Map<string, Shown>>();

/** Lines of each container that a panel begins with, unless it is told otherwise. */
const TAIL = 2000;

/** Show the logs of these containers as one, in the panel that shows them already if there is one. */
export function showLogs(
  deps: LogsPanelDeps,
  targets: readonly LogsTarget[],
  asked: Partial<LogsReading>,
): vscode.WebviewPanel {
  const reading = { tail: TAIL, since: '', ...asked };
  // What cannot be asked for is refused where it was asked.
  if (reading.since !== '') parseWhen(reading.since);
  const panels = open.get(deps.engines) ?? new Map<string, Shown>();
  open.set(deps.engines, panels);
  const set = targets
    .map(({ engine, id }) => `${engine}/${id}`)
    .sort()
    .join('\n');
  const shown = panels.get(set);
  if (shown) {
    shown.panel.reveal();
    if (Object.keys(asked).length > 0) shown.read(reading);
    return shown.panel;
  }
  const created = createPanel(deps, targets, reading);
  panels.set(set, created);
  created.panel.onDidDispose(() => panels.delete(set));
  return created.panel;
}

function createPanel(
  { engines, extensionUri, log }: LogsPanelDeps,
  targets: readonly LogsTarget[],
  reading: LogsReading,
): Shown {
  const panel = vscode.window.createWebviewPanel(
    'quayside.logs',
    titleOf(targets),
    vscode.ViewColumn.Active,
    {
      enableScripts: true,
      // What was read, found and filtered is not to be lost by a look at another tab.
      retainContextWhenHidden: true,
      localResourceRoots: [],
    },
  );
  const feed = new LogsFeed(
    {
      engines,
      post: (message) => {
        channel.post(message);
        if (message.type === 'containers') panel.title = titleOf(message.containers);
      },
      note: (error) => log.debug(`Logs: ${String(error)}`),
    },
    targets,
    reading,
  );
  const exported = new LogsExport();
  const channel = new Channel<LogsContract>(panel.webview, {
    ready: () => feed.ready(),
    message: (message) => take(feed, message),
    requests: {
      open: (asks) => openPlace(feed, record(asks)),
      exportTo: (asks) => exported.begin(String(record(asks)['name'])),
      exportPart: (asks) => exported.part(record(asks)['part']),
      copy: async (asks) => {
        await vscode.env.clipboard.writeText(String(record(asks)['text']));
        return undefined;
      },
    },
    reason: say,
  });
  panel.onDidDispose(() => {
    feed.dispose();
    exported.dispose();
    channel.dispose();
  });
  panel.webview.html = page(extensionUri, 'logs', { ...logsStrings() }, { workers: true });
  return { panel, read: (wanted) => feed.read(wanted) };
}

/** Everything that comes from the page is of unknown shape. */
function take(feed: LogsFeed, message: { readonly type: string }): void {
  const fields = record(message);
  switch (message.type) {
    case 'taken': {
      feed.taken(Number(fields['batch']));
      return;
    }
    case 'read': {
      const { tail, since } = record(fields['reading']);
      const asked = typeof since === 'string' && isWhen(since) ? since : '';
      feed.read({ tail: tail === 'all' ? tail : Math.max(0, Number(tail) || 0), since: asked });
      return;
    }
    case 'older': {
      const { lines, since } = fields;
      const from = typeof since === 'string' && isWhen(since) ? since : undefined;
      feed.older(lines === 'all' ? lines : Math.max(1, Number(lines) || 1), from);
      return;
    }
    case 'cleared': {
      feed.cleared(Number(fields['before']) || 0);
      return;
    }
  }
}

function isWhen(since: string): boolean {
  try {
    parseWhen(since);
    return true;
  } catch {
    return false;
  }
}

/** A container may be renamed, or have been asked for by its id. */
function titleOf(containers: readonly { readonly name: string }[]): string {
  const [only] = containers;
  return containers.length === 1 && only
    ? vscode.l10n.t('Logs: {0}', only.name)
    : vscode.l10n.t('Logs: {0} containers', containers.length);
}
