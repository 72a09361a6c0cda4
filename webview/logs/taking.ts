import type { LogsContainer, LogsContract, LogsStrings } from '../../src/protocol/logs';
import type { Channel } from '../shared/channel';
import { count, fill } from '../shared/l10n';
import { textOf, type Written } from './export';
import type { LogStore } from './store';

/** Rows that go to the clipboard at most; a file takes all. */
const COPIED = 100_000;
const PART = 20_000;

export interface TakingDeps {
  readonly strings: LogsStrings;
  readonly store: LogStore;
  readonly channel: Channel<LogsContract>;
  readonly written: () => Written;
  readonly containers: () => readonly LogsContainer[];
  readonly say: (text: string) => void;
}

/** Takes what is shown elsewhere: to the clipboard, or into a file. */
export class Taking {
  readonly #deps: TakingDeps;

  constructor(deps: TakingDeps) {
    this.#deps = deps;
  }

  /** What is selected, or all that is shown. */
  copyShown(): void {
    const { store, strings, written, say } = this.#deps;
    const selected = String(getSelection() ?? '');
    if (selected !== '') {
      this.copy(selected);
      return;
    }
    const rows = store.rowCount;
    const from = Math.max(0, rows - COPIED);
    this.copy(textOf(store, from, rows, written()));
    say(fill(from > 0 ? strings.copiedPart : strings.copied, count(rows - from)));
  }

  copy(text: string): void {
    const { channel, say } = this.#deps;
    // In a browser only the page that has the focus may write to it; elsewhere only the host is sure to.
    navigator.clipboard
      .writeText(text)
      .catch(() => channel.request('copy', { text }))
      .catch((error: unknown) => say((error as Error).message));
  }

  /** Asks where to, and says what became of it. */
  async export(): Promise<void> {
    const { store, channel, strings, written, say } = this.#deps;
    try {
      const path = await channel.request('exportTo', { name: `${this.#name()}.log` });
      if (path === undefined) return;
      const rows = store.rowCount;
      for (let from = 0; from < rows; from += PART) {
        const text = textOf(store, from, Math.min(rows, from + PART), written());
        await channel.request('exportPart', { part: new TextEncoder().encode(text) });
      }
      await channel.request('exportPart', {});
      say(fill(strings.exported, count(rows), path));
    } catch (error) {
      say((error as Error).message);
    }
  }

  #name(): string {
    const names = this.#deps.containers().map(({ name }) => name);
    return names.join('-').slice(0, 80) || 'container';
  }
}
