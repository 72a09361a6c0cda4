import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { cancelled } from '../../engine/errors';
import { parseReference } from '../../engine/run/reference';
import { problemOf } from '../ask';
import type { Context } from '../deps';
import { askPlatform } from '../platform';
import { Suggestions, type Suggestion } from './suggestions';
import { wordsOf } from './pullWords';

/** What the user wants pulled. */
export interface ToPull {
  readonly references: readonly string[];
  readonly platform: string | undefined;
}

interface Item extends vscode.QuickPickItem {
  /** Absent on what is no choice. */
  readonly references?: readonly string[];
  readonly suggestion?: Suggestion;
}

/** ms without a key before a registry is asked. */
const PAUSE = 200;

/** Asks for names, with what fits offered below; what is typed is always the first choice. */
export function askWhatToPull(context: Context, engine: Engine): Promise<ToPull> {
  const hub = vscode.workspace.getConfiguration('quayside.dockerfile').get<boolean>('dockerHub', true);
  return new PullPick(new Suggestions(engine, context.registries, hub)).ask();
}

class PullPick {
  readonly #suggestions: Suggestions;
  readonly #pick = vscode.window.createQuickPick<Item>();
  readonly #platformButton = {
    iconPath: new vscode.ThemeIcon('server-environment'),
    tooltip: vscode.l10n.t('Choose the Platform'),
  };
  readonly #tagsButton = {
    iconPath: new vscode.ThemeIcon('tag'),
    tooltip: vscode.l10n.t('Show Its Tags'),
  };
  #platform: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The platform is being chosen: that the list hides is no answer. */
  #away = false;

  constructor(suggestions: Suggestions) {
    this.#suggestions = suggestions;
  }

  async ask(): Promise<ToPull> {
    const pick = this.#pick;
    pick.title = vscode.l10n.t('Pull which image?');
    pick.placeholder = vscode.l10n.t('nginx, nginx:1.27 … Several are divided by blanks; a ":" lists tags');
    pick.buttons = [this.#platformButton];
    pick.ignoreFocusOut = true;
    try {
      return await new Promise((resolve, reject) => {
        pick.onDidChangeValue(() => this.#typed());
        pick.onDidTriggerButton(() => void this.#askPlatform());
        pick.onDidTriggerItemButton(({ item }) => this.#showTags(item));
        pick.onDidHide(() => {
          if (!this.#away) reject(cancelled());
        });
        pick.onDidAccept(() => {
          const references = pick.activeItems[0]?.references;
          if (references) resolve({ references, platform: this.#platform });
        });
        this.#typed();
        pick.show();
      });
    } finally {
      clearTimeout(this.#timer);
      pick.dispose();
    }
  }

  #typed(): void {
    clearTimeout(this.#timer);
    const line = this.#pick.value;
    const { last } = wordsOf(line);
    void this.#suggestions.local(last).then((local) => this.#show(line, local, false));
    this.#timer = setTimeout(() => {
      void this.#askRegistry(line, last);
    }, PAUSE);
  }

  async #askRegistry(line: string, last: string): Promise<void> {
    this.#pick.busy = true;
    const [local, remote] = await Promise.all([
      this.#suggestions.local(last),
      this.#suggestions.remote(last),
    ]);
    if (this.#pick.value !== line) return;
    this.#pick.busy = false;
    this.#show(line, [...local, ...remote], true);
  }

  /** `all`: the registry has been asked too. */
  #show(line: string, suggestions: readonly Suggestion[], all: boolean): void {
    if (this.#pick.value !== line) return;
    const { done, last } = wordsOf(line);
    const typed = last === '' ? done : [...done, last];
    const items = suggestions
      .filter(({ name }, at) => suggestions.findIndex((other) => other.name === name) === at)
      .filter(({ name }) => name !== last)
      .map((suggestion): Item => {
        const { name, description, bare } = suggestion;
        const references = [...done, name];
        // What is typed is matched here: the list would leave out all but the last of several names.
        const shown = { label: name, description, alwaysShow: true, references, suggestion };
        return bare ? { ...shown, buttons: [this.#tagsButton] } : shown;
      });
    const asksTags = last.endsWith(':');
    const none = asksTags && all && items.length === 0;
    const own = none
      ? [{ label: vscode.l10n.t('No tags were found. Type one, or take the ":" away.'), alwaysShow: true }]
      : asksTags
        ? []
        : typedItems(typed, line);
    this.#pick.items = [...own, ...items];
    // The list puts what matches best first; what the user has typed is what Enter means.
    const [first] = this.#pick.items;
    if (first) this.#pick.activeItems = [first];
  }

  #showTags({ suggestion }: Item): void {
    if (!suggestion) return;
    const { done } = wordsOf(this.#pick.value);
    this.#pick.value = [...done, `${suggestion.name}:`].join(' ');
    this.#typed();
  }

  async #askPlatform(): Promise<void> {
    this.#away = true;
    const chosen = await askPlatform(vscode.l10n.t('Pull for which platform?'), this.#platform);
    if (chosen) this.#platform = chosen.platform;
    this.#pick.title =
      this.#platform === undefined
        ? vscode.l10n.t('Pull which image?')
        : vscode.l10n.t('Pull which image? For {0}', this.#platform);
    this.#pick.show();
    this.#away = false;
  }
}

/** What is typed, as a choice; or what is wrong with it. */
function typedItems(typed: readonly string[], line: string): Item[] {
  if (typed.length === 0) return [];
  const wrong = typed.map(problemOf(parseReference)).find((problem) => problem !== undefined);
  if (wrong !== undefined)
    return [{ label: wrong, iconPath: new vscode.ThemeIcon('info'), alwaysShow: true }];
  return [
    {
      label: line.trim(),
      description: vscode.l10n.t('pull this'),
      iconPath: new vscode.ThemeIcon('cloud-download'),
      alwaysShow: true,
      references: typed,
    },
  ];
}
