import type {
  LogsBatch,
  LogsContainer,
  LogsContract,
  LogsReading,
  LogsStrings,
  LogsToWebview,
} from '../../src/protocol/logs';
import type { Channel } from '../shared/channel';
import { el, setText } from '../shared/dom';
import { fill, moment } from '../shared/l10n';
import type { Shows } from './chunk';
import { LineDetails } from './details';
import { textOf } from './export';
import { countFound, nextFound } from './find';
import { Judging, type Purpose } from './judging';
import type { Link } from './links';
import { LogList } from './list';
import { queryProblem, type Query } from './query';
import { Ranges } from './ranges';
import { drawRow, type RowContext } from './row';
import { LogStore, type Place } from './store';
import { Tools, type Kept } from './tools';
import { Hands } from './worker/hands';
import type { Looked } from './toolbar';

/** Lines that are read at once when one scrolls to the beginning. */
const OLDER = 5000;

/** Rows that go to the clipboard at most; a file takes all. */
const COPIED = 100_000;
const PART = 20_000;

/** The browser half of the logs panel: its lines, what is shown of them, and what a user does to them. */
export class LogsPanel {
  readonly element: HTMLElement;
  readonly #strings: LogsStrings;
  readonly #channel: Channel<LogsContract>;
  readonly #keep: (kept: Kept) => void;
  #kept: Kept;
  #shows: Shows = {
    matching: false,
    inverse: false,
    levels: new Set(),
    streams: 'both',
    hidden: new Set(),
    fold: true,
  };
  readonly #store = new LogStore(this.#shows);
  /** What is known to end, and what a user has written. */
  readonly #reader = new Hands(Infinity);
  readonly #judges = new Hands();
  readonly #judging: Judging;
  readonly #ranges: Ranges;
  readonly #list: LogList;
  readonly #tools: Tools;
  readonly #details: LineDetails;
  readonly #newLines = el('button', { type: 'button', class: 'new-lines' });
  readonly #status = el('footer', { role: 'status' });
  readonly #notices = el('div', { class: 'notices', role: 'status' });
  readonly #top = el('div', { class: 'top' });
  #containers: readonly LogsContainer[] = [];
  #session = 0;
  #reading: LogsReading = { tail: 0, since: '' };
  #olderState: 'some' | 'reading' | 'none' = 'some';
  #readings = 0;
  /** ms: the time a jump goes to once what is older is here. */
  #jumpsTo: number | undefined;
  #clearedAt = 0;
  #current: Place | undefined;
  #said = '';
  #telling = false;
  #fresh = 0;

  constructor(strings: LogsStrings, channel: Channel<LogsContract>, kept: Kept, keep: (kept: Kept) => void) {
    this.#strings = strings;
    this.#channel = channel;
    this.#kept = kept;
    this.#keep = keep;
    this.#judging = new Judging(this.#store, this.#judges, {
      changed: () => this.#changed(),
      progress: (_purpose, done) => this.#progress(done),
      tooSlow: (purpose) => this.#tooSlow(purpose),
    });
    this.#ranges = new Ranges(this.#judges, () => this.#list.repaint());
    this.#details = new LineDetails(strings, (text) => this.#copy(text));
    this.#list = new LogList({
      label: strings.log,
      store: this.#store,
      draw: (place) => drawRow(place, this.#context()),
      moved: () => this.#moved(),
    });
    this.#tools = new Tools(strings, kept, {
      search: (looked) => void this.#search(looked),
      step: (step) => this.#step(step),
      filter: (looked) => void this.#filter(looked),
      shows: (part) => this.#show(part),
      view: (part) => this.#view(part),
      read: (reading) => channel.post({ type: 'read', reading: { ...this.#reading, ...reading } }),
      jump: (time) => this.#jump(time),
      follow: () => this.#list.follow(),
      copy: () => this.#copyShown(),
      clear: () => this.#clear(),
      export: () => void this.#export().catch((error: unknown) => this.#say((error as Error).message)),
    });
    this.#newLines.hidden = true;
    setText(this.#newLines, strings.newLines);
    this.#newLines.addEventListener('click', () => this.#list.follow());
    this.#list.wrap(kept.wrap ?? false);
    this.#shows = { ...this.#shows, fold: kept.fold ?? true };
    this.#store.show(this.#shows);
    const body = el('div', { class: 'body' }, this.#top, this.#list.element, this.#newLines);
    this.element = el(
      'main',
      {},
      this.#tools.element,
      this.#notices,
      body,
      this.#details.element,
      this.#status,
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
        this.#begin(message.session, message.reading);
        return;
      }
      case 'lines':
        return void this.#take(message);
      case 'olderDone':
        if (message.session === this.#session) void this.#olderDone(message.all, message.problem);
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
    this.#notice();
  }

  #begin(session: number, reading: LogsReading): void {
    this.#session = session;
    this.#reading = reading;
    this.#store.clear();
    this.#current = undefined;
    this.#olderState = 'some';
    this.#list.follow();
    this.#tools.reading(reading);
    if (reading.timestamps === true && (this.#kept.timestamps ?? 'off') === 'off')
      this.#view({ timestamps: 'local' });
    this.#changed();
  }

  async #take({ session, batch, older, text, times, meta }: LogsBatch): Promise<void> {
    const order = older ? `${session} ${this.#readings}` : String(session);
    const known = await this.#reader.ask('classify', { order, text, meta }, [text.buffer, meta.buffer]);
    if (session === this.#session) {
      const { chunk } = this.#store.add({ ...known, times }, older);
      this.#judging.added(chunk);
      if (!older && !this.#list.following) this.#fresh += times.length;
      this.#changed();
    }
    this.#channel.post({ type: 'taken', batch });
  }

  async #olderDone(all: boolean, problem: string): Promise<void> {
    // What was sent before is taken in before.
    await this.#reader.ask('classify', { order: '', text: new Uint8Array(), meta: new Uint16Array() });
    this.#store.olderDone();
    this.#readings++;
    this.#olderState = all ? 'none' : 'some';
    if (problem !== '') this.#say(problem);
    if (this.#jumpsTo !== undefined) this.#list.goToRow(this.#store.rowAtTime(this.#jumpsTo));
    this.#jumpsTo = undefined;
    this.#changed();
  }

  #context(): RowContext {
    const { fold, matching } = this.#shows;
    return {
      strings: this.#strings,
      store: this.#store,
      timestamps: this.#kept.timestamps ?? 'off',
      names: this.#names(),
      fold: fold && !matching && !this.#judging.query('found'),
      current: this.#current,
      found: (text) => this.#ranges.in(text),
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

  async #search({ text, regex, matchCase }: Looked): Promise<void> {
    const query = text === '' ? undefined : { text, regex, matchCase };
    const problem = query && queryProblem(query);
    this.#tools.problem('found', problem === undefined ? '' : fill(this.#strings.badRegex, problem));
    const valid = problem === undefined ? query : undefined;
    this.#current = undefined;
    this.#ranges.look(valid);
    await this.#look('found', valid);
    if (!valid) {
      this.#list.repaint();
      return;
    }
    this.#step(1);
  }

  async #filter({ text, regex, matchCase, inverse }: Looked): Promise<void> {
    const query = text === '' ? undefined : { text, regex, matchCase };
    const problem = query && queryProblem(query);
    this.#tools.problem('matched', problem === undefined ? '' : fill(this.#strings.badRegex, problem));
    if (problem !== undefined) return;
    await this.#look('matched', query);
    this.#show({ matching: this.#judging.query('matched') !== undefined, inverse });
  }

  async #look(purpose: Purpose, query: Query | undefined): Promise<void> {
    const same = this.#judging.query(purpose);
    if (JSON.stringify(same) !== JSON.stringify(query)) await this.#judging.look(purpose, query);
    this.#reshow();
  }

  /** From the match one is at, or from what is on screen. */
  #step(step: 1 | -1): void {
    const from = this.#current ? this.#store.rowOf(this.#current) + step : this.#list.firstRow;
    const place = nextFound(this.#store, from, step);
    if (place) {
      this.#current = place;
      this.#list.reveal(place);
    }
    this.#list.repaint();
    this.#changed();
  }

  #show(part: Partial<Shows>): void {
    this.#shows = { ...this.#shows, ...part };
    this.#reshow();
    if (part.fold !== undefined) this.#view({ fold: part.fold });
  }

  /** What one looks for may be inside of a stack trace. */
  #reshow(): void {
    const looking = this.#shows.matching || this.#judging.query('found') !== undefined;
    this.#store.show({ ...this.#shows, fold: this.#shows.fold && !looking });
    this.#list.repaint();
    this.#changed();
  }

  #view(part: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...part };
    this.#keep(this.#kept);
    this.#tools.view(this.#kept);
    if (part.wrap !== undefined) this.#list.wrap(part.wrap);
    this.#list.repaint();
  }

  #tooSlow(purpose: Purpose): void {
    this.#tools.problem(purpose, this.#strings.tooSlow);
    if (purpose === 'matched') this.#show({ matching: false });
    else this.#ranges.look(undefined);
    this.#reshow();
  }

  #jump(time: number): void {
    const first = this.#store.chunks[0]?.time(0) ?? Infinity;
    if (time >= first || this.#olderState === 'none' || this.#store.full) {
      this.#list.goToRow(this.#store.rowAtTime(time));
      return;
    }
    this.#jumpsTo = time;
    this.#askOlder('all', (time / 1000).toFixed(3));
  }

  #askOlder(lines: number | 'all', since?: string): void {
    if (this.#olderState !== 'some') return;
    this.#olderState = 'reading';
    this.#channel.post({ type: 'older', lines, ...(since === undefined ? {} : { since }) });
    this.#changed();
  }

  #clear(): void {
    const last = this.#store.chunks.at(-1);
    // What is not here yet is newer than what is.
    this.#clearedAt = last ? last.time(last.count - 1) + 0.001 : Date.now();
    this.#store.clear();
    this.#current = undefined;
    this.#olderState = 'none';
    this.#channel.post({ type: 'cleared', before: this.#clearedAt });
    this.#list.follow();
    this.#changed();
  }

  #restore(): void {
    this.#clearedAt = 0;
    this.#channel.post({ type: 'cleared', before: 0 });
    this.#channel.post({ type: 'read', reading: this.#reading });
  }

  #copyShown(): void {
    const selected = String(getSelection() ?? '');
    if (selected !== '') {
      this.#copy(selected);
      return;
    }
    const rows = this.#store.rowCount;
    const from = Math.max(0, rows - COPIED);
    this.#copy(textOf(this.#store, from, rows, this.#written()));
    this.#say(fill(from > 0 ? this.#strings.copiedPart : this.#strings.copied, count(rows - from)));
  }

  #copy(text: string): void {
    // In a browser only the page that has the focus may write to it; elsewhere only the host is sure to.
    navigator.clipboard
      .writeText(text)
      .catch(() => this.#channel.request('copy', { text }))
      .catch((error: unknown) => this.#say((error as Error).message));
  }

  #written() {
    return { timestamps: this.#kept.timestamps ?? 'off', names: this.#names() };
  }

  async #export(): Promise<void> {
    const name = `${
      this.#containers
        .map((container) => container.name)
        .join('-')
        .slice(0, 80) || 'container'
    }.log`;
    const path = await this.#channel.request('exportTo', { name });
    if (path === undefined) return;
    const rows = this.#store.rowCount;
    for (let from = 0; from < rows; from += PART) {
      const text = textOf(this.#store, from, Math.min(rows, from + PART), this.#written());
      await this.#channel.request('exportPart', { part: new TextEncoder().encode(text) });
    }
    await this.#channel.request('exportPart', {});
    this.#say(fill(this.#strings.exported, count(rows), path));
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
    if (this.#store.rowCount > 0) this.element.dataset['painted'] ??= String(Date.now());
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
    if (beginning && this.#all && !this.#store.full && this.#store.count > 0) this.#askOlder(OLDER);
  }

  /** Whether no line is hidden: who looks for some does not ask for others. */
  get #all(): boolean {
    const { matching, levels, streams, hidden } = this.#shows;
    return !matching && levels.size === 0 && streams === 'both' && hidden.size === 0;
  }

  #changed(): void {
    this.#list.update();
    // Counting, and telling, more often than can be read is of no use.
    if (this.#telling) return;
    this.#telling = true;
    setTimeout(() => {
      this.#telling = false;
      this.#tell();
    }, 200);
  }

  #tell(): void {
    const { rowCount, count: lines, dropped } = this.#store;
    const strings = this.#strings;
    const shown =
      rowCount === lines
        ? fill(strings.shown, count(lines))
        : fill(strings.shownOf, count(rowCount), count(lines));
    setText(this.#status, [shown, this.#said].filter((part) => part !== '').join(' · '));
    const query = this.#judging.query('found');
    const { count: found, index } = query ? countFound(this.#store, this.#current) : { count: 0, index: 0 };
    this.#tools.found(
      !query
        ? ''
        : found === 0
          ? strings.foundNone
          : index > 0
            ? fill(strings.found, count(index), count(found))
            : fill(strings.foundSome, count(found)),
    );
    const top = dropped
      ? strings.dropped
      : this.#olderState === 'reading'
        ? strings.readingOlder
        : this.#clearedAt > 0
          ? fill(strings.cleared, moment(this.#clearedAt))
          : lines === 0
            ? strings.empty
            : rowCount === 0
              ? strings.noneShown
              : this.#olderState === 'none' && this.#list.firstRow === 0
                ? strings.beginning
                : '';
    const button = this.#topButton();
    this.#top.replaceChildren(...(top === '' ? [] : [top]), ...(button ? [button] : []));
    this.#top.hidden = top === '' && !button;
    this.element.dataset['lines'] = String(lines);
    this.element.dataset['rows'] = String(rowCount);
    this.element.dataset['weight'] = String(this.#store.weight);
  }

  #topButton(): HTMLElement | undefined {
    const act = (text: string, does: () => void): HTMLElement => {
      const element = el('button', { type: 'button', class: 'link' }, text);
      element.addEventListener('click', does);
      return element;
    };
    if (this.#clearedAt > 0) return act(this.#strings.restore, () => this.#restore());
    if (
      this.#olderState === 'some' &&
      this.#list.firstRow === 0 &&
      this.#store.count > 0 &&
      !this.#store.full
    )
      return act(this.#strings.older, () => this.#askOlder(OLDER));
    return undefined;
  }

  #progress(done: number): void {
    setText(this.#status, `${Math.round(done * 100)} %`);
  }

  /** Something that happened, beside the count. */
  #say(text: string): void {
    this.#said = text;
    this.#tell();
  }

  /** What keeps a log from being read. */
  #notice(): void {
    const several = this.#containers.length > 1;
    const notices = this.#containers.flatMap(({ name, state, problem }) => {
      const text = problem !== '' ? problem : state === 'following' ? '' : this.#strings[`state.${state}`];
      if (text === '') return [];
      const line = el('div', { class: problem === '' ? 'quiet' : 'notice problem' });
      line.append(...(several ? [el('span', { class: 'theirs' }, name), ': '] : []), text);
      return [line];
    });
    // One engine that is away has one sentence for all of them.
    const seen = new Set<string>();
    this.#notices.replaceChildren(
      ...notices.filter(({ textContent }) => {
        const text = textContent.replace(/^.*?: /, '');
        if (seen.has(text)) return false;
        seen.add(text);
        return true;
      }),
    );
  }

  #key(event: KeyboardEvent): void {
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === 'f') this.#tools.focusSearch();
    else if (event.key === 'F3') this.#step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }
}

function count(value: number): string {
  return new Intl.NumberFormat(document.documentElement.lang).format(value);
}
