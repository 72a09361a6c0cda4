import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { commands } from 'vscode';
import { DisposableStore, type Disposable } from '../engine/emitter';
import type { Engine } from '../engine/engine';
import type { Engines } from '../engine/engines';
import { remoteMachine } from '../engine/webAddress';
import { CONTEXT_KEYS } from '../ids';

/** ms after which a view says that it is connecting. */
export const PATIENCE = 1000;

/**
 * Owner of the context keys that choose what an empty view says: how the shown engine is, where it lives, and whether
 * there is one to start. With several engines shown each speaks for itself in its row.
 */
export class EngineContext implements Disposable {
  readonly #engines: Engines;
  readonly #store = new DisposableStore();
  readonly #set = new Map<string, unknown>();
  #states: Disposable | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(engines: Engines) {
    this.#engines = engines;
    this.#store.add(engines.onDidChange(() => this.#follow()));
    this.#follow();
  }

  dispose(): void {
    clearTimeout(this.#patience);
    this.#states?.dispose();
    this.#store.dispose();
  }

  #follow(): void {
    this.#states?.dispose();
    const [engine] = this.#engines.shown;
    this.#states = engine?.model.onDidChangeState(() => this.#tell(engine));
    this.#tell(engine);
  }

  #tell(engine: Engine | undefined): void {
    const state = engine?.model.state ?? { kind: 'none' };
    const host = engine?.endpoint?.host;
    const place = host !== undefined && remoteMachine(host) !== undefined ? 'remote' : process.platform;
    this.#setContext(CONTEXT_KEYS.place, place);
    clearTimeout(this.#patience);
    if (state.kind === 'idle' || state.kind === 'starting') {
      // Mostly it is over before it could be read.
      this.#patience = setTimeout(() => this.#setContext(CONTEXT_KEYS.engine, state.kind), PATIENCE);
      return;
    }
    if (!('error' in state)) {
      this.#setContext(CONTEXT_KEYS.engine, state.kind);
      return;
    }
    const { kind } = state.error;
    void isInstalled().then((installed) => {
      if (engine?.model.state !== state) return;
      this.#setContext(CONTEXT_KEYS.installed, installed);
      this.#setContext(CONTEXT_KEYS.engine, kind);
    });
  }

  #setContext(key: string, value: unknown): void {
    if (this.#set.get(key) === value) return;
    this.#set.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }
}

const PROGRAMS = ['dockerd', 'docker', 'podman', 'docker.exe', 'com.docker.cli.exe'];
const APPLICATIONS = [
  '/Applications/Docker.app',
  '/Applications/OrbStack.app',
  '/Applications/Rancher Desktop.app',
];

/** Whether some engine is on this machine, running or not. */
async function isInstalled(): Promise<boolean> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const files = [...folders.flatMap((folder) => PROGRAMS.map((name) => join(folder, name))), ...APPLICATIONS];
  return Promise.any(files.map((file) => access(file))).then(
    () => true,
    () => false,
  );
}
