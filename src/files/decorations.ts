import { FileDecoration, l10n, ThemeColor } from 'vscode';
import type { Disposable } from '../engine/emitter';
import type { Engines } from '../engine/engines';
import type { FileAddress } from '../engine/files/fileAddress';
import { changesOf } from '../engine/files/changeMemory';
import type { Change } from '../engine/files/changes';

const COLORS: Readonly<Record<Change['kind'], string>> = {
  A: 'gitDecoration.addedResourceForeground',
  C: 'gitDecoration.modifiedResourceForeground',
  D: 'gitDecoration.deletedResourceForeground',
};

/** The letters of `docker diff` at the files of a container. */
export class Decorations implements Disposable {
  readonly #engines: Engines;
  readonly #changed: () => void;
  readonly #followed = new Map<string, Disposable>();

  constructor(engines: Engines, changed: () => void) {
    this.#engines = engines;
    this.#changed = changed;
  }

  async of({ kind, engine: name, id, path }: FileAddress): Promise<FileDecoration | undefined> {
    const engine = this.#engines.all.find((other) => other.name === name);
    if (!engine || kind !== 'container' || path === '/') return undefined;
    if (!this.#followed.has(name)) this.#followed.set(name, engine.files.onDidWrite(this.#changed));
    try {
      const change = (await changesOf(engine.files, id)).get(path);
      return change && decorationOf(change);
    } catch {
      // Whoever lists the files says what is wrong; a letter less is no second message.
      return undefined;
    }
  }

  dispose(): void {
    for (const each of this.#followed.values()) each.dispose();
    this.#followed.clear();
  }
}

function decorationOf(kind: Change['kind']): FileDecoration {
  const tooltip = {
    A: l10n.t('Added: not in the image'),
    C: l10n.t('Changed: another in the image'),
    D: l10n.t('Deleted: only in the image'),
  }[kind];
  return new FileDecoration(kind, tooltip, new ThemeColor(COLORS[kind]));
}
