import type { Disposable } from '../../engine/emitter';
import { EngineError, sentence } from '../../engine/errors';
import { commonLayers, compareConfigs } from '../../engine/lens/compare';
import { outlineOf, type LensOutline, type LensRow } from '../../engine/lens/outline';
import { exactRows } from '../../engine/lens/readImages';
import { sharersOf } from '../../engine/lens/sharing';
import { shortId } from '../../engine/run/names';
import type { FileTree, LensInstruction, LensSummary, LensToWebview } from '../../protocol/lens';
import { say } from '../say';
import type { LensSource, ReadImages } from './comparison';
import { goTo, lensLine, type FindLines, type FoundLine } from './lines';
import { openLayerFile } from './open';
import { LensSession } from './session';

/** ms between two words about how far it is. */
const OFTEN = 100;

/** What a lens tells its page: the layers at once, the files when they have come, the rest when it is known. */
export class LensFeed implements Disposable {
  readonly #sources: readonly LensSource[];
  readonly #findLines: FindLines;
  readonly #post: (message: LensToWebview) => void;
  /** The last message of each type: a page that is shown again knows nothing. */
  readonly #told = new Map<LensToWebview['type'], LensToWebview>();
  /** What somebody else has read already. */
  #given: ReadImages | undefined;
  #turn = new AbortController();
  #session: LensSession | undefined;
  #outlines: readonly LensOutline[] = [];
  #lines: readonly (FoundLine | undefined)[] = [];

  constructor(
    sources: readonly LensSource[],
    findLines: FindLines,
    post: (message: LensToWebview) => void,
    given?: ReadImages,
  ) {
    this.#sources = sources;
    this.#findLines = findLines;
    this.#post = post;
    this.#given = given;
  }

  /** The page is there. */
  ready(): void {
    if (this.#told.size === 0) void this.look();
    else for (const message of this.#told.values()) this.#post(message);
  }

  /** Read it all, from the beginning. */
  async look(): Promise<void> {
    this.#turn.abort();
    const turn = (this.#turn = new AbortController());
    this.#told.clear();
    try {
      await this.#read(turn.signal);
    } catch (error) {
      this.#tell(turn.signal, { type: 'failed', reason: say(error) });
    }
  }

  tree(layer: number, changes: boolean): FileTree {
    const session = this.#loaded();
    return this.#sources.length > 1 ? session.difference() : session.tree(layer, changes);
  }

  async open(image: number, layer: number, path: string): Promise<void> {
    const source = this.#sources[image];
    const outline = this.#outlines[image];
    if (!source || !outline) return;
    const file = this.#loaded().file(image, layer, path);
    await openLayerFile(source.engine, outline.id, file);
  }

  async goTo(row: number): Promise<void> {
    const line = this.#lines[row];
    if (line) await goTo(line);
  }

  /** Nobody looks any more: the stream ends. */
  dispose(): void {
    this.#turn.abort();
  }

  async #read(signal: AbortSignal): Promise<void> {
    const given = this.#given;
    this.#given = undefined;
    const outlines =
      given?.outlines ??
      (await Promise.all(this.#sources.map(({ engine, id }) => outlineOf(engine, id, signal))));
    this.#outlines = outlines;
    const [first, second] = outlines;
    if (!first) return;
    if (second) this.#tell(signal, { type: 'images', ...this.#compared(first, second) });
    else {
      this.#tell(signal, {
        type: 'image',
        image: this.#summary(first, 0),
        rows: instructions(first, first.rows),
      });
      void this.#share(first, signal);
      void this.#find(first, signal);
    }
    const total =
      outlines.reduce((sum, { size }) => sum + size, 0) - (second ? bytesInCommon(first, second) : 0);
    let next = 0;
    const told = (bytes: number): void => {
      if (Date.now() < next) return;
      next = Date.now() + OFTEN;
      this.#tell(signal, { type: 'reading', bytes, total });
    };
    if (!given) told(0);
    const sources = this.#sources.map(({ engine }, index) => ({ engine, outline: outlines[index] ?? first }));
    const session = given?.session ?? (await LensSession.read(sources, told, signal));
    if (signal.aborted) return;
    this.#session = session;
    this.#told.delete('reading');
    if (second) {
      const unreadable = session.images.flatMap(({ layers }) =>
        layers.flatMap(({ content }) => ('error' in content ? [say(content.error)] : [])),
      );
      this.#tell(signal, { type: 'compared', unreadable });
    } else this.#tellFiles(session, first, signal);
  }

  #tellFiles(session: LensSession, outline: LensOutline, signal: AbortSignal): void {
    const [image] = session.images;
    if (!image) return;
    this.#tell(signal, {
      type: 'files',
      rows: instructions(outline, exactRows(outline, image)),
      layers: image.layers.map(({ content }) => ({
        files: 'files' in content ? content.files.count : 0,
        problem: 'error' in content ? say(content.error) : '',
      })),
      efficiency: session.efficiency(),
    });
  }

  async #share({ id, layers }: LensOutline, signal: AbortSignal): Promise<void> {
    const [source] = this.#sources;
    if (!source) return;
    try {
      this.#tell(signal, { type: 'shared', sharers: await sharersOf(source.engine, id, layers, signal) });
    } catch {
      // The reading of the image fails for the same reason, and says it.
    }
  }

  async #find({ rows, tags }: LensOutline, signal: AbortSignal): Promise<void> {
    try {
      this.#lines = await this.#findLines(rows, tags);
      this.#tell(signal, { type: 'lines', lines: this.#lines.map(lensLine) });
    } catch {
      // A Dockerfile that cannot be read leads nowhere.
    }
  }

  #compared(before: LensOutline, after: LensOutline) {
    return {
      before: this.#summary(before, 0),
      after: this.#summary(after, 1),
      config: compareConfigs(before, after),
      common: { layers: commonLayers(before, after), bytes: bytesInCommon(before, after) },
    };
  }

  #summary({ id, size, layers, platform }: LensOutline, source: number): LensSummary {
    const { os, architecture, variant } = platform;
    return {
      name: this.#sources[source]?.name ?? shortId(id),
      id,
      size,
      layers: layers.length,
      platform: [os, architecture, variant].filter(Boolean).join('/'),
    };
  }

  #loaded(): LensSession {
    if (this.#session) return this.#session;
    throw new EngineError(
      'invalid',
      sentence('The files of the image are not read yet. Wait until they are, or read the image again.'),
    );
  }

  #tell(signal: AbortSignal, message: LensToWebview): void {
    if (signal.aborted) return;
    // Whatever comes last of a kind is said last, when it is said again.
    this.#told.delete(message.type);
    this.#told.set(message.type, message);
    this.#post(message);
  }
}

function instructions({ layers }: LensOutline, rows: readonly LensRow[]): LensInstruction[] {
  return rows.map(({ createdBy, created, size, layer }) => ({
    createdBy,
    created,
    size,
    layer: layer ?? null,
    digest: layer === undefined ? '' : (layers[layer] ?? ''),
  }));
}

function bytesInCommon(before: LensOutline, after: LensOutline): number {
  const common = commonLayers(before, after);
  return before.rows.reduce(
    (sum, { layer, size }) => sum + (layer !== undefined && layer < common ? size : 0),
    0,
  );
}
