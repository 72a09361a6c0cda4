import type { Engine } from '../../engine/engine';
import { commonLayers, compareConfigs } from '../../engine/lens/compare';
import { outlineOf, type LensOutline } from '../../engine/lens/outline';
import type { ConfigDifference, FileTree } from '../../engine/lens/shapes';
import { isDirectory, pathsOf } from '../../engine/lens/tree';
import { LensSession } from './session';

/** An image: how the engine knows it, and what to call it. */
export interface LensSource {
  readonly engine: Engine;
  readonly id: string;
  readonly name: string;
}

/** What `quayside.images.compare` answers. */
interface Answer {
  readonly before: string;
  readonly after: string;
  readonly config: readonly ConfigDifference[];
  readonly layers: { readonly common: number; readonly before: number; readonly after: number };
  readonly files: readonly Changed[];
}

interface Changed {
  readonly kind: 'A' | 'C' | 'D';
  readonly path: string;
  readonly before: number;
  readonly after: number;
}

/** Images that were asked for and read. */
export interface ReadImages {
  readonly outlines: readonly LensOutline[];
  readonly session: LensSession;
}

/** Two images, read to be compared. */
export class Comparison implements ReadImages {
  readonly outlines: readonly [LensOutline, LensOutline];
  readonly session: LensSession;

  constructor(outlines: readonly [LensOutline, LensOutline], session: LensSession) {
    this.outlines = outlines;
    this.session = session;
  }

  /** All that differs, as plain data. */
  answer(): Answer {
    const [before, after] = this.outlines;
    return {
      before: before.id,
      after: after.id,
      config: compareConfigs(before, after),
      layers: {
        common: commonLayers(before, after),
        before: before.layers.length,
        after: after.layers.length,
      },
      files: changes(this.session.difference()),
    };
  }
}

/** Read two images. `onProgress` is told the bytes that have come. */
export async function readComparison(
  a: LensSource,
  b: LensSource,
  onProgress: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Comparison> {
  const [before, after] = await Promise.all([
    outlineOf(a.engine, a.id, signal),
    outlineOf(b.engine, b.id, signal),
  ]);
  const sources = [
    { engine: a.engine, outline: before },
    { engine: b.engine, outline: after },
  ];
  return new Comparison([before, after], await LensSession.read(sources, onProgress, signal));
}

const KINDS = [undefined, 'A', 'C', 'D'] as const;

function changes(tree: FileTree): Changed[] {
  const found: Changed[] = [];
  for (const [row, path] of pathsOf(tree)) {
    const kind = KINDS[tree.marks[row] ?? 0];
    if (!kind || isDirectory(tree, row)) continue;
    const after = kind === 'D' ? 0 : (tree.sizes[row] ?? 0);
    found.push({ kind, path, before: tree.before[row] ?? 0, after });
  }
  return found;
}
