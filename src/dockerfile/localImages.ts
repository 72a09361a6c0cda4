import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import type { Engines } from '../engine/engines';
import type { LocalImage } from './completion/images';
import { sizeText } from './sizeText';

/** How long the list is kept live after it was last asked for. */
const linger = 120_000;
const patience = 1_000;

/** The shown engine's images by their tags: live while somebody writes a FROM. */
export class LocalImages implements vscode.Disposable {
  private readonly engines: Engines;
  private watched: { readonly engine: Engine; readonly watch: { dispose(): void } } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(engines: Engines) {
    this.engines = engines;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watched?.watch.dispose();
    this.watched = undefined;
  }

  /** Empty without an engine. */
  async list(): Promise<LocalImage[]> {
    const [engine] = this.engines.shown;
    if (!engine) return [];
    if (this.watched?.engine !== engine) {
      this.dispose();
      this.watched = { engine, watch: engine.model.watch('images') };
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dispose(), linger);
    const { images, state } = engine.model;
    if (!images.loaded && state.kind !== 'unavailable') await loadedOrLate(engine);
    return [...images.items.values()].flatMap(({ tags, size, created }) =>
      tags.map((reference) => ({ reference, created, detail: `${sizeText(size)} · ${ageText(created)}` })),
    );
  }

  /** `linux/amd64` and the like of one; undefined where the engine does not tell. */
  async platformOf(reference: string): Promise<string | undefined> {
    const [engine] = this.engines.shown;
    try {
      const inspected = await engine?.images.inspect(reference, AbortSignal.timeout(patience));
      const parts = [inspected?.['Os'], inspected?.['Architecture'], inspected?.['Variant']];
      return parts.filter((part) => typeof part === 'string' && part !== '').join('/') || undefined;
    } catch {
      return undefined;
    }
  }
}

function loadedOrLate({ model }: Engine): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      changes.forEach((change) => change.dispose());
      resolve();
    };
    const timer = setTimeout(done, patience);
    const changes = [
      model.images.onDidChange(() => model.images.loaded && done()),
      model.onDidChangeState(({ kind }) => kind === 'unavailable' && done()),
    ];
  });
}

function ageText(created: number): string {
  const days = Math.floor((Date.now() - created) / 86_400_000);
  if (days < 1) return vscode.l10n.t('today');
  return days === 1 ? vscode.l10n.t('1 day old') : vscode.l10n.t('{0} days old', days);
}
