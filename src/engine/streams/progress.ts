import { number, record, text, type Json } from '../wire/read';
import { Rate } from './rate';

export interface LayerProgress {
  /** Twelve characters of the layer's digest. */
  readonly id: string;
  /** The engine's own word: `Downloading`, `Pull complete` … */
  readonly status: string;
  /** Bytes of the step under way; absent where the engine tells none. */
  readonly current?: number;
  readonly total?: number;
}

/** How far a pull, push or load is. */
export interface Progress {
  /** 0 to 1; never goes back, and is 1 only when all is done. */
  readonly fraction: number;
  /** Bytes that cross the network (for a load: that are unpacked) per second; absent until it can be told. */
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number;
  /** In the order in which the engine named them. */
  readonly layers: readonly LayerProgress[];
  /** The engine's last word. */
  readonly text: string;
}

/** What a pull, push or load came to, as far as its messages tell. */
export interface TransferResult {
  /** `sha256:…` of the manifest. */
  readonly digest?: string;
  /** `upToDate`: there was nothing to transfer. A load does not tell. */
  readonly outcome?: 'upToDate' | 'transferred';
  /** What a load put into the engine: references, and ids of images without one. */
  readonly loaded: readonly string[];
}

type Phase = 'waiting' | 'moving' | 'moved' | 'extracting' | 'done';

interface Layer {
  status: string;
  phase: Phase;
  /** Whether it was there before, and so is no work. */
  present: boolean;
  /** Bytes of the transfer. */
  moved: number;
  size: number | undefined;
  /** 0 to 1. */
  extracted: number;
  current: number | undefined;
  total: number | undefined;
}

const PHASES: Readonly<Record<string, Phase>> = {
  'Pulling fs layer': 'waiting',
  Preparing: 'waiting',
  Waiting: 'waiting',
  Downloading: 'moving',
  Pushing: 'moving',
  'Loading layer': 'moving',
  'Verifying Checksum': 'moved',
  'Download complete': 'moved',
  Extracting: 'extracting',
  'Pull complete': 'done',
  Pushed: 'done',
  'Already exists': 'done',
  'Layer already exists': 'done',
};

/** An image has at most 127; a registry that names more is not believed. */
const MOST_LAYERS = 1000;

/** How much of a pulled layer's work is its download; the rest is to extract it. */
const DOWNLOAD = 0.8;

/** Until the end is told: a bar that is full and does not close lies. */
const ALMOST = 0.99;

/**
 * Folds the messages of one pull, push or load (`pkg/jsonmessage`, `pkg/progress` of moby) into one fraction. A layer
 * weighs its bytes (the median of the known, until its own are); one that was there before weighs nothing. Layers whose
 * extraction is told in seconds, as the containerd store does, count as downloaded until they are complete.
 */
export class TransferProgress {
  readonly #kind: 'pull' | 'push' | 'load';
  /** Bytes of the file that a load sends; its layers become known only one by one. */
  readonly #expected: number;
  readonly #layers = new Map<string, Layer>();
  readonly #bytes = new Rate();
  readonly #work = new Rate();
  readonly #loaded: string[] = [];
  #uploaded = 0;
  #fraction = 0;
  #done = false;
  #text = '';
  #digest: string | undefined;
  #outcome: TransferResult['outcome'];

  constructor(kind: 'pull' | 'push' | 'load', options: { expectedBytes?: number } = {}) {
    this.#kind = kind;
    this.#expected = options.expectedBytes ?? 0;
  }

  /** Take in one message of `messages`. */
  add(message: Json): void {
    const id = text(message['id']);
    const status = text(message['status']) || text(message['stream']).trim();
    if (status !== '') this.#text = id === '' ? status : `${id}: ${status}`;
    // A line whose id is the tag says what is pulled; it is no layer.
    if (id !== '' && !/^Pulling (?:from|repository|image)\b/.test(status)) {
      this.#addLayer(id, status, record(message['progressDetail']));
    } else if (id === '') {
      this.#addFact(status, record(message['aux']));
    }
  }

  /** So many bytes of a load's file have been sent. */
  uploaded(bytes: number): void {
    this.#uploaded = bytes;
  }

  /** The messages have ended without an error. */
  finish(): void {
    this.#done = true;
  }

  /** How far it is at `now` (ms of any clock that only goes forward). */
  progress(now = performance.now()): Progress {
    const { moved, work, whole } = this.#sums();
    this.#bytes.add(this.#kind === 'load' ? this.#uploaded + moved : moved, now);
    this.#work.add(work, now);
    const fraction = this.#done ? 1 : Math.min(ALMOST, whole > 0 ? work / whole : 0);
    this.#fraction = Math.max(this.#fraction, fraction);
    const bytesPerSecond = this.#bytes.perSecond;
    const speed = this.#work.perSecond ?? 0;
    return {
      fraction: this.#fraction,
      ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
      ...(speed > 0 && !this.#done ? { secondsLeft: Math.max(0, whole - work) / speed } : {}),
      layers: [...this.#layers].map(([id, { status, current, total }]) => ({
        id,
        status,
        ...(current === undefined ? {} : { current }),
        ...(total === undefined ? {} : { total }),
      })),
      text: this.#text,
    };
  }

  result(): TransferResult {
    const layers = [...this.#layers.values()];
    const nothing = layers.length > 0 && layers.every((layer) => layer.present);
    const told = this.#done && this.#kind === 'push' ? (nothing ? 'upToDate' : 'transferred') : undefined;
    const outcome = this.#outcome ?? told;
    return {
      ...(this.#digest === undefined ? {} : { digest: this.#digest }),
      ...(outcome === undefined ? {} : { outcome }),
      loaded: this.#loaded,
    };
  }

  #addLayer(id: string, status: string, detail: Json): void {
    let layer = this.#layers.get(id);
    if (!layer) {
      if (this.#layers.size >= MOST_LAYERS) return;
      layer = {
        status,
        phase: 'waiting',
        present: false,
        moved: 0,
        size: undefined,
        extracted: 0,
        current: undefined,
        total: undefined,
      };
      this.#layers.set(id, layer);
    }
    const phase = status.startsWith('Mounted from ') ? 'done' : PHASES[status];
    layer.status = status;
    layer.phase = phase ?? layer.phase;
    layer.present = /^(?:Layer a|A)lready exists$|^Mounted from /.test(status);
    const inBytes = text(detail['units']) === '';
    layer.current = inBytes && 'current' in detail ? Math.max(0, number(detail['current'])) : undefined;
    layer.total = inBytes && number(detail['total']) > 0 ? number(detail['total']) : undefined;
    if (phase === 'moving') {
      layer.size = layer.total ?? layer.size;
      // What is pushed may turn out longer than was told.
      layer.moved = Math.min(layer.current ?? layer.moved, layer.size ?? Infinity);
    } else if (phase === 'extracting') {
      layer.extracted = layer.total === undefined ? 0 : Math.min(1, (layer.current ?? 0) / layer.total);
    }
    if (layer.phase === 'moved' || layer.phase === 'extracting' || layer.phase === 'done') {
      layer.moved = layer.present ? 0 : (layer.size ?? layer.moved);
    }
  }

  #addFact(status: string, aux: Json): void {
    const digest = /\bdigest: (sha256:[0-9a-f]{64})\b/i.exec(status)?.[1] ?? text(aux['Digest']);
    if (digest !== '') this.#digest = digest;
    if (status.startsWith('Status: Image is up to date')) this.#outcome = 'upToDate';
    else if (status.startsWith('Status: Downloaded newer image')) this.#outcome = 'transferred';
    const loaded = /^Loaded image(?: ID)?: (\S+)$/.exec(status)?.[1];
    if (loaded !== undefined && this.#loaded.length < MOST_LAYERS) this.#loaded.push(loaded);
  }

  /** Bytes moved; the work done and the whole of it, in bytes of layers. */
  #sums(): { moved: number; work: number; whole: number } {
    const layers = [...this.#layers.values()].filter((layer) => !layer.present);
    const sizes = layers.flatMap(({ size }) => (size === undefined ? [] : [size])).sort((a, b) => a - b);
    const usual = sizes[Math.floor(sizes.length / 2)] ?? 1;
    let moved = 0;
    let work = 0;
    let whole = 0;
    for (const layer of layers) {
      const weight = layer.size ?? usual;
      moved += layer.moved;
      whole += weight;
      work += weight * this.#share(layer);
    }
    if (this.#kind !== 'load' || this.#expected === 0) return { moved, work, whole };
    // The engine takes the whole file in before it loads the first layer.
    const uploaded = Math.min(this.#uploaded, this.#expected);
    return { moved, work: uploaded + work, whole: this.#expected + Math.max(this.#expected, whole) };
  }

  #share({ phase, moved, size, extracted }: Layer): number {
    if (phase === 'done') return 1;
    const sent = phase === 'moved' || phase === 'extracting' ? 1 : size === undefined ? 0 : moved / size;
    return this.#kind === 'pull' ? DOWNLOAD * sent + (1 - DOWNLOAD) * extracted : sent;
  }
}
