import type { LogsBatch, LogsContract, LogsReading } from '../../src/protocol/logs';
import type { Channel } from '../shared/channel';
import type { Chunk } from './chunk';
import { release } from './memory';
import type { Above } from './status';
import type { LogStore } from './store';
import { Classifier } from './worker/classify';
import { Hands } from './worker/hands';

/** Lines that are read at once when one scrolls to the beginning. */
const OLDER = 5000;

export interface ReaderEvents {
  readonly changed: () => void;
  /** There are new lines at the end of this chunk; how many of them are younger than all others. */
  readonly added: (chunk: Chunk, fresh: number) => void;
  /** What was here is no longer: show what comes from now on. */
  readonly cleared: () => void;
  readonly goToRow: (row: number) => void;
  readonly say: (text: string) => void;
}

/** What of the logs is here: asks the host for it, and takes it in. */
export class Reader {
  readonly #store: LogStore;
  readonly #channel: Channel<LogsContract>;
  readonly #events: ReaderEvents;
  /** What it is asked for is known to end. */
  readonly #hands = new Hands(Infinity);
  #session = 0;
  /** Whether lines of this session have come. */
  #begun = false;
  #reading: LogsReading = { tail: 0, since: '' };
  #older: Above['older'] = 'some';
  /** How often older lines were read. */
  #readings = 0;
  /** ms: the time a jump goes to once what is older is here. */
  #jumpsTo: number | undefined;
  #clearedAt = 0;

  constructor(store: LogStore, channel: Channel<LogsContract>, events: ReaderEvents) {
    this.#store = store;
    this.#channel = channel;
    this.#events = events;
  }

  get above(): Pick<Above, 'older' | 'clearedAt'> {
    return { older: this.#older, clearedAt: this.#clearedAt };
  }

  begin(session: number, reading: LogsReading): void {
    this.#session = session;
    this.#begun = false;
    this.#reading = reading;
    this.#older = 'some';
    this.#store.clear();
    this.#events.cleared();
  }

  async take({ session, batch, older, text, times, meta }: LogsBatch): Promise<void> {
    const order = older ? `${session} ${this.#readings}` : String(session);
    const first = !this.#begun;
    this.#begun = true;
    const known = first
      ? this.#first(order, { text, meta })
      : await this.#hands.ask('classify', { order, text, meta }, [text.buffer, meta.buffer]);
    if (session === this.#session) {
      const { chunk } = this.#store.add({ ...known, times }, older);
      this.#events.added(chunk, older ? 0 : times.length);
      release(known.text.buffer, known.meta.buffer, times.buffer);
    }
    this.#channel.post({ type: 'taken', batch });
  }

  /** The first lines are told apart here: to wait until there is a worker would be to see them later. */
  #first(order: string, lines: { text: Uint8Array; meta: Uint16Array }): typeof lines {
    // It goes on where these end.
    void this.#hands.ask('classify', { order, text: lines.text.slice(), meta: lines.meta.slice() });
    new Classifier().classify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(lines.text), lines.meta);
    return lines;
  }

  async olderDone(session: number, all: boolean, problem: string): Promise<void> {
    if (session !== this.#session) return;
    // What was sent before is taken in before.
    await this.#hands.ask('classify', { order: '', text: new Uint8Array(), meta: new Uint16Array() });
    this.#store.olderDone();
    this.#readings++;
    this.#older = all ? 'none' : 'some';
    if (problem !== '') this.#events.say(problem);
    if (this.#jumpsTo !== undefined) this.#events.goToRow(this.#store.rowAtTime(this.#jumpsTo));
    this.#jumpsTo = undefined;
    this.#events.changed();
  }

  /** Begin anew with another part of them. */
  read(reading: Partial<LogsReading>): void {
    this.#channel.post({ type: 'read', reading: { ...this.#reading, ...reading } });
  }

  /** To the first line that is not older than `time` (ms), read for it where it must be. */
  jump(time: number): void {
    const first = this.#store.chunks[0]?.time(0) ?? Infinity;
    if (time >= first || this.#older === 'none' || this.#store.full) {
      this.#events.goToRow(this.#store.rowAtTime(time));
      return;
    }
    this.#jumpsTo = time;
    this.askOlder('all', (time / 1000).toFixed(3));
  }

  askOlder(lines: number | 'all' = OLDER, since?: string): void {
    if (this.#older !== 'some') return;
    this.#older = 'reading';
    this.#channel.post({ type: 'older', lines, ...(since === undefined ? {} : { since }) });
    this.#events.changed();
  }

  clear(): void {
    const last = this.#store.chunks.at(-1);
    // What is not here yet is newer than what is.
    this.#clearedAt = last ? last.time(last.count - 1) + 0.001 : Date.now();
    this.#older = 'none';
    this.#channel.post({ type: 'cleared', before: this.#clearedAt });
    this.#store.clear();
    this.#events.cleared();
  }

  restore(): void {
    this.#clearedAt = 0;
    this.#channel.post({ type: 'cleared', before: 0 });
    this.read({});
  }
}
