import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import type { Engines } from '../../engine/engines';
import { isDockerfile } from '../documents';

/** The shown engine, live while a Dockerfile is to be seen. */
export class LiveEngine implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** It came, went, or has other images. */
  readonly onDidChange = this.changed.event;
  private readonly engines: Engines;
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private followed: Engine | undefined;
  private watches: readonly { dispose(): unknown }[] = [];

  constructor(engines: Engines) {
    this.engines = engines;
    const follow = (): void => this.follow();
    this.subscriptions = [
      engines.onDidChange(follow),
      vscode.window.onDidChangeVisibleTextEditors(follow),
      this.changed,
    ];
    follow();
  }

  dispose(): void {
    for (const one of [...this.watches, ...this.subscriptions]) one.dispose();
  }

  /** Undefined while it cannot be reached. */
  get connected(): Engine | undefined {
    return this.followed?.model.state.kind === 'connected' ? this.followed : undefined;
  }

  private follow(): void {
    const visible = vscode.window.visibleTextEditors.some(({ document }) => isDockerfile(document));
    const engine = visible ? this.engines.shown[0] : undefined;
    if (engine === this.followed) return;
    for (const watch of this.watches) watch.dispose();
    this.followed = engine;
    const tell = (): void => this.changed.fire();
    this.watches = engine
      ? [
          engine.model.onDidChangeState(tell),
          engine.model.images.onDidChange(tell),
          engine.model.watch('images'),
        ]
      : [];
    tell();
  }
}
