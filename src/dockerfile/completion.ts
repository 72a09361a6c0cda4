import * as vscode from 'vscode';
import type { BaseImages } from './baseImages';
import { complete } from './completion/complete';
import type { Item, ItemKind } from './completion/item';
import { isDockerfile } from './documents';
import { languageMode } from './mode';
import { modelOf } from './model/model';
import type { DockerfileDeps } from './register';
import { say } from './say';
import { Sources } from './sources';

const kinds: Readonly<Record<ItemKind, vscode.CompletionItemKind>> = {
  keyword: vscode.CompletionItemKind.Keyword,
  flag: vscode.CompletionItemKind.Field,
  value: vscode.CompletionItemKind.Value,
  stage: vscode.CompletionItemKind.Module,
  image: vscode.CompletionItemKind.Reference,
  variable: vscode.CompletionItemKind.Variable,
  file: vscode.CompletionItemKind.File,
  folder: vscode.CompletionItemKind.Folder,
  user: vscode.CompletionItemKind.User,
  property: vscode.CompletionItemKind.Property,
  rule: vscode.CompletionItemKind.EnumMember,
  snippet: vscode.CompletionItemKind.Snippet,
};

/** An item that the engine can tell more of. */
class Shown extends vscode.CompletionItem {
  image: string | undefined;
}

/** What fits at the cursor. */
export function registerCompletion(base: BaseImages, deps: DockerfileDeps): vscode.Disposable {
  const sources = new Sources(deps);
  const provider: vscode.CompletionItemProvider<Shown> = {
    async provideCompletionItems(document, position, token) {
      const { on, elsewhere } = languageMode(document);
      if (!isDockerfile(document) || !on) return undefined;
      const model = modelOf(document);
      const offset = document.offsetAt(position);
      const { items, wants } = complete(model, offset, (stage) => base.configOf(stage.resolved));
      const more = await Promise.all(wants.map((want) => sources.answer(document, want)));
      if (token.isCancellationRequested) return undefined;
      // What the file itself names counts before the same from elsewhere.
      const all = distinct([...items, ...more.flatMap((one) => one.items)], elsewhere);
      return new vscode.CompletionList(
        all.map((item, at) => shown(document, item, at)),
        more.some(({ late }) => late),
      );
    },
    async resolveCompletionItem(item) {
      const platform = item.image === undefined ? undefined : await sources.platformOf(item.image);
      if (platform !== undefined) item.detail = `${item.detail ?? ''} · ${platform}`;
      return item;
    },
  };
  const triggers = ['$', '{', '/', '=', ':', ',', '-', ' ', '"', '#'];
  return vscode.Disposable.from(
    sources,
    vscode.languages.registerCompletionItemProvider({ language: 'dockerfile' }, provider, ...triggers),
  );
}

function shown(document: vscode.TextDocument, item: Item, at: number): Shown {
  const { span, insert = item.label, rank = 5 } = item;
  const one = new Shown({ label: item.label, description: item.detail }, kinds[item.kind]);
  one.range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  one.insertText = item.snippet === true ? new vscode.SnippetString(insert) : insert;
  one.filterText = item.label;
  one.sortText = `${String(rank)}${String(at).padStart(4, '0')}`;
  if (item.kind === 'image') one.detail = item.detail;
  if (item.kind === 'image' && rank === 2) one.image = item.label;
  const documentation = new vscode.MarkdownString();
  if (item.doc !== undefined) documentation.appendText(say(item.doc));
  if (item.url !== undefined)
    documentation.appendMarkdown(
      `${item.doc === undefined ? '' : '\n\n'}[${vscode.l10n.t('Read more')}](${item.url})`,
    );
  if (item.kind === 'snippet')
    documentation.appendCodeblock(
      insert.replace(/\$\{\d:([^}]*)\}|\$0/g, '$1').replace(/\\([\\$])/g, '$1'),
      'dockerfile',
    );
  if (documentation.value !== '') one.documentation = documentation;
  if (item.more === true) one.command = { command: 'editor.action.triggerSuggest', title: '' };
  return one;
}

/** Each once; `elsewhere`: without what another extension's server offers beside these. */
const distinct = (items: readonly Item[], elsewhere: boolean): Item[] => {
  const seen = new Set<string>();
  return items.filter(({ label, span, kind, common }) => {
    if (common && elsewhere) return false;
    const key = `${String(span.start)} ${kind === 'folder' ? label.replace(/(?<=.)\/$/, '') : label}`;
    return !seen.has(key) && seen.add(key);
  });
};
