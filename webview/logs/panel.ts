import type { LogsContainer, LogsContract, LogsStrings, LogsToWebview } from '../../src/protocol/logs';
import type { Channel } from '../shared/channel';
import { el, setText } from '../shared/dom';
import { count } from '../shared/l10n';
import type { Shows } from './chunk';
import { LineDetails } from './details';
import type { Link } from './links';
import { LogList } from './list';
import { Looking } from './looking';
import { notices } from './notices';
import { Reader } from './reader';
import { drawRow, type RowContext } from './row';
import { Status } from './status';
import { LogStore, type Place } from './store';
import { Taking } from './taking';
import { Tools, type Kept } from './tools';

const EVERYTHING: Shows = {
  matching: false,
  inverse: false,
  levels: new Set(),
  streams: 'both',
  hidden: new Set(),
  fold: true,
};

/** The browser half of the logs panel: its lines, what is shown of them, and what a user does to them. */
export class LogsPanel {
  readonly element: HTMLElement;
  readonly #strings: LogsStrings;
  readonly #channel: Channel<LogsContract>;
  readonly #keep: (kept: Kept) => void;
  #kept: Kept;
  readonly #store = new LogStore(EVERYTHING);
  readonly #reader: Reader;
  readonly #looking: Looking;
  readonly #taking: Taking;
  readonly #status: Status;
  readonly #list: LogList;
  readonly #tools: Tools;
  readonly #details: LineDetails;
  readonly #newLines = el('button', { type: 'button', class: 'new-lines' });
  readonly #notices = el('div', { class: 'notices', role: 'status' });
  #containers: readonly LogsContainer[] = [];
  #fresh = 0;

  constructor(strings: LogsStrings, channel: Channel<LogsContract>, kept: Kept, keep: (kept: Kept) => void) {
    this.#strings = strings;
    this.#channel = channel;
    this.#kept = kept;
    this.#keep = keep;
    this.#reader = new Reader(this.#store, channel, {
      changed: () => this.#changed(),
      added: (chunk, fresh) => {
        this.#looking.added(chunk);
        if (!this.#list.following) this.#fresh += fresh;
        this.#changed();
      },
      cleared: () => {
        this.#looking.current = undefined;
        this.#list.follow();
        this.#changed();
      },
      goToRow: (row) => this.#list.goToRow(row),
      say: (text) => this.#say(text),
    });
    this.#looking = new Looking(
      strings,
      this.#store,
      { ...EVERYTHING, fold: kept.fold ?? true },
      {
        changed: () => this.#changed(),
        repaint: () => this.#list.repaint(),
        reveal: (place) => this.#list.reveal(place),
        firstRow: () => this.#list.firstRow,
        problem: (purpose, text) => this.#tools.problem(purpose, text),
        progress: (done) => this.#status.progress(done),
      },
    );
    this.#taking = new Taking({
      strings,
      store: this.#store,
      channel,
      written: () => ({ timestamps: this.#kept.timestamps ?? 'off', names: this.#names() }),
      containers: () => this.#containers,
      say: (text) => this.#say(text),
    });
    this.#status = new Status(strings, this.#store, {
      older: () => this.#reader.askOlder(),
      restore: () => this.#reader.restore(),
    });
    this.#details = new LineDetails(strings, (text) => this.#taking.copy(text));
    this.#list = new LogList({
      label: strings.log,
      store: this.#store,
      draw: (place) => drawRow(place, this.#context()),
      moved: () => this.#moved(),
    });
    this.#tools = new Tools(strings, kept, {
      search: (looked) => void this.#looking.search(looked),
      step: (step) => this.#looking.step(step),
      filter: (looked) => void this.#looking.filter(looked),
      shows: (part) => this.#show(part),
      view: (part) => this.#view(part),
      read: (reading) => this.#reader.read(reading),
      jump: (time) => this.#reader.jump(time),
      follow: () => this.#list.follow(),
      copy: () => this.#taking.copyShown(),
      clear: () => this.#reader.clear(),
      export: () => void this.#taking.export(),
    });
    this.#newLines.hidden = true;
    setText(this.#newLines, strings.newLines);
    this.#newLines.addEventListener('click', () => this.#list.follow());
    this.#list.wrap(kept.wrap ?? false);
    this.#looking.show({});
    const body = el('div', { class: 'body' }, this.#status.top, this.#list.element, this.#newLines);
    this.element = el(
      'main',
      {},
      this.#tools.element,
      this.#notices,
      body,
      this.#details.element,
      this.#status.element,
    );
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  receive(message: LogsToWebview): void {
    switch (message.type) {
      case 'containers': {
        this.#name(message.containers);
        return;
      }
      case 'begin': {
        const { session, reading } = message;
        this.#reader.begin(session, reading);
        this.#tools.reading(reading);
        if (reading.timestamps === true && (this.#kept.timestamps ?? 'off') === 'off')
          this.#view({ timestamps: 'local' });
        return;
      }
      case 'lines':
        return void this.#reader.take(message);
      case 'olderDone':
        return void this.#reader.olderDone(message.session, message.all, message.problem);
    }
  }

  #name(containers: readonly LogsContainer[]): void {
    const names = (all: readonly LogsContainer[]): string => all.map(({ name }) => name).join('\n');
    const renamed = names(containers) !== names(this.#containers);
    this.#containers = containers;
    if (renamed) this.#tools.name(containers.map(({ name }) => name));
    const longest = Math.max(0, ...containers.map(({ name }) => name.length));
    this.#list.element.style.setProperty('--name', `${Math.min(24, longest)}ch`);
    if (renamed) this.#list.repaint();
    this.#notices.replaceChildren(...notices(containers, this.#strings));
  }

  #context(): RowContext {
    return {
      strings: this.#strings,
      store: this.#store,
      timestamps: this.#kept.timestamps ?? 'off',
      names: this.#names(),
      fold: this.#looking.fold,
      current: this.#looking.current,
      found: (text) => this.#looking.found(text),
      onUnfold: (place) => {
        this.#store.unfold(place, !this.#store.unfolded(place));
        this.#list.repaint();
      },
      onDetails: (place) => this.#showDetails(place),
      onLink: (container, link) => void this.#open(container, link),
    };
  }

  /** A single one need not be named in every line. */
  #names(): readonly string[] {
    return this.#containers.length > 1 ? this.#containers.map(({ name }) => name) : [];
  }

  #showDetails(place: Place): void {
    const name = this.#containers[place.chunk.meta(place.line) >> 6]?.name ?? '';
    this.#details.show(place, name, this.#context());
  }

  #show(part: Partial<Shows>): void {
    this.#looking.show(part);
    if (part.fold !== undefined) this.#view({ fold: part.fold });
  }

  #view(part: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...part };
    this.#keep(this.#kept);
    this.#tools.view(this.#kept);
    if (part.wrap !== undefined) this.#list.wrap(part.wrap);
    this.#list.repaint();
  }

  async #open(container: number, { path, line, column }: Link): Promise<void> {
    try {
      await this.#channel.request('open', {
        container,
        path,
        line,
        ...(column === undefined ? {} : { column }),
      });
    } catch (error) {
      this.#say((error as Error).message);
    }
  }

  #moved(): void {
    // When its lines could first be seen, for whoever measures that.
    if (this.#store.rowCount > 0 && this.element.dataset['painted'] === undefined) {
      this.element.dataset['painted'] = String(Date.now());
      setTimeout(() => this.#looking.warm());
    }
    const { following, firstRow } = this.#list;
    if (following) this.#fresh = 0;
    // Of a screen that holds all there is nothing is out of sight.
    this.#newLines.hidden = following || !this.#list.fills;
    setText(
      this.#newLines,
      this.#fresh > 0 ? `↓ ${this.#strings.newLines} (${count(this.#fresh)})` : `↓ ${this.#strings.follow}`,
    );
    this.#tools.following(following);
    // A screen that is not full shows its beginning, too.
    const beginning = firstRow === 0 && (!following || !this.#list.fills);
    if (beginning && this.#looking.all && !this.#store.full && this.#store.count > 0) this.#reader.askOlder();
  }

  #changed(): void {
    this.#list.update();
    this.#status.soon(() => this.#tell());
  }

  #tell(): void {
    this.#status.tell({ ...this.#reader.above, atTop: this.#list.firstRow === 0 });
    const looking = this.#looking.query('found') !== undefined;
    this.#tools.found(this.#status.foundText(looking, this.#looking.current));
    const { rowCount, count: lines, weight } = this.#store;
    Object.assign(this.element.dataset, { lines, rows: rowCount, weight });
  }

  #say(text: string): void {
    this.#status.say(text);
    this.#tell();
  }

  #key(event: KeyboardEvent): void {
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === 'f') this.#tools.focusSearch();
    else if (event.key === 'F3') this.#looking.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }
}
