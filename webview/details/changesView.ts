import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import type { DetailsChanges, DetailsStrings } from '../../src/protocol/details';
import { el, setText } from '../shared/dom';
import { fill } from '../shared/l10n';
import { shown } from '../shared/visible';
import { changesTree, type ChangedFile } from './changes';
import { FoldTree, type TreeNode } from './tree';

provideVSCodeDesignSystem().register(vsCodeButton());

/** What differs from the image, as a tree. It is read when it is shown, and when it is asked for. */
export class ChangesView {
  readonly element: HTMLElement;
  readonly #strings: DetailsStrings;
  readonly #ask: () => Promise<DetailsChanges>;
  readonly #notice = el('p', { class: 'notice', role: 'status' });
  readonly #count = el('span', { class: 'quiet' });
  readonly #tree: FoldTree;
  #first = true;
  #asking = false;

  constructor(strings: DetailsStrings, ask: () => Promise<DetailsChanges>) {
    this.#strings = strings;
    this.#ask = ask;
    this.#tree = new FoldTree(strings.changes, strings.more);
    const refresh = el('vscode-button', { appearance: 'secondary' }, strings.refresh);
    refresh.addEventListener('click', () => this.read());
    this.element = el(
      'div',
      {},
      el('div', { class: 'bar' }, refresh, this.#count),
      this.#notice,
      this.#tree.element,
    );
  }

  read(): void {
    if (this.#asking) return;
    this.#asking = true;
    if (this.#first) setText(this.#notice, this.#strings.reading);
    this.#ask()
      .then((answer) => this.#show(answer))
      .catch((error: unknown) => setText(this.#notice, shown((error as Error).message)))
      .finally(() => (this.#asking = false));
  }

  #show({ changes, more }: DetailsChanges): void {
    const kinds = [
      ['A', 'added'],
      ['C', 'changed'],
      ['D', 'deleted'],
    ] as const;
    const counts = kinds.map(
      ([kind, word]) => `${changes.filter((change) => change.kind === kind).length} ${this.#strings[word]}`,
    );
    setText(this.#count, changes.length === 0 ? '' : counts.join(', '));
    const cut = more > 0 ? fill(this.#strings.more, more) : '';
    setText(this.#notice, changes.length === 0 ? this.#strings.noChanges : cut);
    const roots = changesTree(changes);
    if (this.#first) for (const { path } of roots) this.#tree.unfold(path);
    this.#first = false;
    this.#tree.show(roots.map((file) => this.#node(file)));
  }

  #node(file: ChangedFile): TreeNode {
    const { name, path, kind, inside } = file;
    const word = kind && { A: this.#strings.added, C: this.#strings.changed, D: this.#strings.deleted }[kind];
    const label = el('span', { class: `theirs${kind ? ` kind-${kind}` : ''}` }, shown(name, 500));
    const mark = kind && word ? [el('span', { class: `kind kind-${kind}`, title: word }, kind)] : [];
    return {
      id: path,
      row: () => [label, ...mark],
      ...(inside.length > 0 ? { children: () => inside.map((child) => this.#node(child)) } : {}),
    };
  }
}
