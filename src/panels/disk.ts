import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { CAUTIOUS } from '../engine/cleanup/plan';
import type { Receipt, Victim } from '../engine/prune';
import type { DiskContract, DiskReceipt } from '../protocol/disk';
import { Channel, record } from './channel';
import { Cleanup } from './disk/cleanup';
import { readKeys, readRules } from './disk/rules';
import { diskStrings } from './disk/strings';
import { page } from './page';
import { say } from './say';

export { Cleanup } from './disk/cleanup';
export { readRules } from './disk/rules';

export interface DiskPanelDeps {
  readonly engine: Engine;
  readonly extensionUri: vscode.Uri;
  /** Asks the user, then does it under a progress; `undefined` when they do not want to. */
  readonly remove: (
    victims: readonly Victim[],
    bytes: number,
    work: (onEach: (victim: Victim) => void, signal: AbortSignal) => Promise<Receipt & { freed: number }>,
  ) => Promise<(Receipt & { freed: number }) | undefined>;
}

/** The panels that are open, by their engine. */
const open = new Map<Engine, vscode.WebviewPanel>();

/** Show the planner of an engine's disk, in the panel that shows it already if there is one. */
export function showDisk(deps: DiskPanelDeps): vscode.WebviewPanel {
  const { engine } = deps;
  const shown = open.get(engine);
  if (shown) {
    shown.reveal();
    return shown;
  }
  const panel = createPanel(deps);
  open.set(engine, panel);
  panel.onDidDispose(() => open.delete(engine));
  return panel;
}

function createPanel({ engine, extensionUri, remove }: DiskPanelDeps): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(
    'quayside.disk',
    vscode.l10n.t('Disk: {0}', engine.name),
    vscode.ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [], retainContextWhenHidden: true },
  );
  const closed = new AbortController();
  let current: Promise<Cleanup> | undefined;
  const look = async (): Promise<void> => {
    channel.post({ type: 'looking' });
    const looking = Cleanup.look(engine, closed.signal);
    current = looking;
    try {
      const found = await looking;
      // Asked for once more meanwhile: that answer is the one to show.
      if (current !== looking) return;
      const { items, sums } = found.state;
      const verdict = found.propose(CAUTIOUS);
      channel.post({ type: 'disk', engine: engine.name, items, sums, rules: CAUTIOUS, verdict });
    } catch (error) {
      if (current === looking && !closed.signal.aborted) channel.post({ type: 'failed', reason: say(error) });
    }
  };
  const found = (): Promise<Cleanup> => current ?? Cleanup.look(engine, closed.signal);
  const channel = new Channel<DiskContract>(panel.webview, {
    ready: () => void look(),
    message: () => void look(),
    requests: {
      propose: async (asks) => (await found()).propose(readRules(record(asks)['rules'])),
      weigh: async (asks) => (await found()).weigh(readKeys(record(asks)['ticked'])),
      remove: async (asks) => {
        const cleanup = await found();
        const ticked = readKeys(record(asks)['ticked']);
        const victims = cleanup.victims(ticked);
        const receipt = await remove(victims, cleanup.weigh(ticked).bytes, (onEach, signal) =>
          cleanup.remove(victims, onEach, signal),
        );
        if (receipt) void look();
        return written(receipt);
      },
    },
    reason: say,
  });
  panel.onDidDispose(() => {
    closed.abort();
    channel.dispose();
  });
  panel.webview.html = page(extensionUri, 'disk', { ...diskStrings() });
  return panel;
}

function written(receipt: (Receipt & { freed: number }) | undefined): DiskReceipt {
  if (!receipt) return { removed: [], refused: [], freed: 0, cancelled: true };
  return {
    removed: receipt.removed.map(({ name }) => name),
    refused: receipt.refused.map(({ victim, error }) => ({ name: victim.name, reason: say(error) })),
    freed: receipt.freed,
    cancelled: false,
  };
}
