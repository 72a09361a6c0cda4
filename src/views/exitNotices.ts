import { commands, l10n, window, workspace, type LogOutputChannel } from 'vscode';
import { DisposableStore, type Disposable } from '../engine/emitter';
import type { Engines } from '../engine/engines';
import { exitSentence } from '../engine/exitCode';
import { ExitWatch, type UnexpectedExit } from '../engine/model/exits';
import type { CommandId, Settings } from '../ids';
import { sentenceText } from './words';

/** ms between two notices of one container, or of one service: what is restarted for ever fails for ever. */
const QUIET = 60_000;

/** Says that a container ended although nobody asked it to, and offers to show why. */
export class ExitNotices implements Disposable {
  readonly #engines: Engines;
  readonly #log: LogOutputChannel;
  readonly #store = new DisposableStore();
  /** ms since 1970, by engine and id of the container or of its service. */
  readonly #told = new Map<string, number>();
  #watches: Disposable | undefined;

  constructor(engines: Engines, log: LogOutputChannel) {
    this.#engines = engines;
    this.#log = log;
    this.#store.add(engines.onDidChange(() => this.#follow()));
    this.#store.add(
      workspace.onDidChangeConfiguration(
        (event) => event.affectsConfiguration('quayside.notifyExits') && this.#follow(),
      ),
    );
    this.#follow();
  }

  dispose(): void {
    this.#watches?.dispose();
    this.#store.dispose();
  }

  #follow(): void {
    const watches = new DisposableStore();
    for (const { name, model } of level() === 'off' ? [] : this.#engines.shown) {
      const exits = new ExitWatch();
      watches.add(
        model.onEvent((event) => {
          const exit = exits.hear(event);
          if (exit) this.#tell(name, exit);
        }),
      );
      watches.add(model.watch('containers'));
    }
    this.#watches?.dispose();
    this.#watches = watches;
  }

  #tell(engine: string, exit: UnexpectedExit): void {
    const { id, name, exitCode, outOfMemory, service = id } = exit;
    if (level() === 'errors' && exitCode === 0 && !outOfMemory) return;
    const key = `${engine}/${service}`;
    const now = Date.now();
    if (now - (this.#told.get(key) ?? 0) < QUIET) return;
    for (const [other, time] of this.#told) if (now - time >= QUIET) this.#told.delete(other);
    this.#told.set(key, now);
    const how = outOfMemory
      ? l10n.t('It ran out of memory and was killed (exit code {0}).', exitCode)
      : sentenceText(exitSentence(exitCode));
    this.#show(engine, id, l10n.t('{0} has ended unexpectedly. {1}', nameOf(name), how)).catch(
      (error: unknown) => this.#log.error(String(error)),
    );
  }

  async #show(engine: string, id: string, said: string): Promise<void> {
    const show = l10n.t('Show Why');
    const logs = l10n.t('Show Logs');
    const answer = await window.showWarningMessage(said, show, logs);
    const command = ((): CommandId | undefined => {
      if (answer === show) return 'quayside.containers.showExit';
      return answer === logs ? 'quayside.containers.logs' : undefined;
    })();
    if (command) await commands.executeCommand(command, { kind: 'container', engine, id });
  }
}

/** Names have no other letters; whatever else says it is one makes no link of the message. */
function nameOf(said: string): string {
  return said.slice(0, 200).replace(/[^\w.-]/g, '?');
}

function level(): Settings['notifyExits'] {
  return workspace.getConfiguration('quayside').get<Settings['notifyExits']>('notifyExits', 'errors');
}
