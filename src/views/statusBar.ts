import { l10n, MarkdownString, StatusBarAlignment, window, type StatusBarItem } from 'vscode';
import { DisposableStore, type Disposable } from '../engine/emitter';
import type { Engine } from '../engine/engine';
import type { Engines } from '../engine/engines';
import { HELPER_LABEL } from '../engine/helper';
import type { EngineFacts } from './engineFacts';
import { engineText } from './engineHover';
import { card } from './markdown';
import { withoutIcons } from './text';

/** ms in which changes of the numbers become one: a burst is not worth a repaint each. */
const TOGETHER = 100;

/** The status bar's part: the shown engine, and how many of its containers run. It keeps the containers live. */
export class StatusBar implements Disposable {
  readonly #engines: Engines;
  readonly #facts: EngineFacts;
  readonly #item: StatusBarItem;
  readonly #store = new DisposableStore();
  #watches: Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;

  constructor(engines: Engines, facts: EngineFacts) {
    this.#engines = engines;
    this.#facts = facts;
    this.#item = this.#store.add(window.createStatusBarItem('quayside.engine', StatusBarAlignment.Left));
    this.#item.name = 'Quayside';
    this.#item.command = 'quayside.engines.inspect';
    this.#store.add(engines.onDidChange(() => this.#follow()));
    this.#follow();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watches?.dispose();
    this.#store.dispose();
  }

  #follow(): void {
    const watches = new DisposableStore();
    for (const engine of this.#engines.shown) {
      watches.add(engine.model.onDidChangeState(() => this.#paint()));
      watches.add(engine.model.containers.onDidChange(() => this.#soon()));
      watches.add(engine.model.watch('containers'));
    }
    this.#watches?.dispose();
    this.#watches = watches;
    this.#paint();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#paint(), TOGETHER);
  }

  #paint(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { shown } = this.#engines;
    const [first, second] = shown;
    if (!first) {
      this.#item.hide();
      return;
    }
    const name = second ? l10n.t('{0} engines', shown.length) : withoutIcons(first.name, 30);
    const reached = shown.filter(({ model }) => model.state.kind !== 'unavailable');
    const containers = reached
      .flatMap(({ model }) => [...model.containers.items.values()])
      .filter(({ labels }) => labels[HELPER_LABEL] === undefined);
    const running = containers.filter(({ state }) => state === 'running').length;
    const known = reached.some(({ model }) => model.containers.loaded);
    this.#item.text =
      reached.length === 0
        ? `$(debug-disconnect) ${name}`
        : `$(server-environment) ${known ? `${running}/${containers.length} ` : ''}${name}`;
    this.#item.accessibilityInformation = {
      label: known
        ? l10n.t('Docker engine {0}: {1} of {2} containers running', name, running, containers.length)
        : l10n.t('Docker engine {0}', name),
    };
    this.#item.show();
    void this.#paintTooltip(shown);
  }

  /** What each engine says of itself: asked for once per connection, so most of the time it is there at once. */
  async #paintTooltip(shown: readonly Engine[]): Promise<void> {
    const turn = ++this.#turn;
    const parts = await Promise.all(shown.map((engine) => engineText(engine, this.#facts)));
    if (turn !== this.#turn) return;
    const tooltip = card(parts);
    const { tooltip: old } = this.#item;
    if (!(old instanceof MarkdownString) || old.value !== tooltip.value) this.#item.tooltip = tooltip;
  }
}
