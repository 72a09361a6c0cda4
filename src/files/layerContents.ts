import type { Uri } from 'vscode';
import type { Engines } from '../engine/engines';
import { parseFileAddress } from '../engine/files/fileAddress';
import { readLayerFile, type FoundFile } from '../engine/lens/layerFile';
import { parseLayerQuery } from '../engine/lens/layerQuery';

/** ms; the editor asks for a file several times while it opens it, and each time the engine packs the image anew. */
const REMEMBERED = 30_000;

/** Files of single layers of images, whatever the layers above have made of them. */
export class LayerContents {
  readonly #engines: Engines;
  readonly #known = new Map<string, Promise<FoundFile>>();

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  /** The file that the address means; `undefined` when it means no single layer. */
  of(uri: Uri, limit: number): Promise<FoundFile> | undefined {
    const blob = parseLayerQuery(uri.query);
    const address = parseFileAddress(uri);
    if (blob === undefined || address?.kind !== 'image') return undefined;
    const key = uri.toString();
    const known = this.#known.get(key);
    if (known) return known;
    const { engine, id, path } = address;
    const found = readLayerFile(this.#engines.get(engine), { image: id, blob, path }, limit);
    this.#known.set(key, found);
    const forget = (): unknown => this.#known.delete(key);
    found.then(() => setTimeout(forget, REMEMBERED).unref(), forget);
    return found;
  }
}
