import * as vscode from 'vscode';
import type { BaseImages } from './baseImages';
import { complete } from './completion/complete';
import { localItems, questionOf, remoteItems } from './completion/images';
import type { Item, ItemKind, Want } from './completion/item';
import { entryItems, folderOf } from './completion/paths';
import { ignoreBeside } from './context';
import { isDockerfile } from './documents';
import { entriesOf } from './entries';
import { Hub } from './hub';
import { LocalImages } from './localImages';
import { modelOf } from './model/model';
import type { DockerfileDeps } from './register';
import { say } from './say';

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

/** The registry is not waited for longer than this; what comes later is there with the next character. */
const patience = 300;

/** An item that the engine can tell more of. */
class Shown extends vscode.CompletionItem {
  image: string | undefined;
}

/** What fits at the cursor. */
export function registerCompletion(base: BaseImages, { engines }: DockerfileDeps): vscode.Disposable {
  const images = new LocalImages(engines);
  const hub = new Hub();

  async function wanted(
    document: vscode.TextDocument,
    want: Want,
  ): Promise<{ items: Item[]; late: boolean }> {
    if (want.kind === 'paths') return { items: await paths(document, want), late: false };
    const local = await images.list();
    const items = localItems(want, local);
    const allowed = vscode.workspace
      .getConfiguration('quayside.dockerfile', document)
      .get<boolean>('dockerHub', true);
    const question = allowed ? questionOf(want.text) : undefined;
    if (!question) return { items, late: false };
    const remote = await soon(hub.ask(question));
    if (typeof remote === 'object') items.push(...remoteItems(want, remote, local));
    return { items, late: remote === 'late' || question.kind === 'names' };
  }

  const provider: vscode.CompletionItemProvider<Shown> = {
    async provideCompletionItems(document, position, token) {
      if (!isDockerfile(document)) return undefined;
      const model = modelOf(document);
      const offset = document.offsetAt(position);
      const { items, wants } = complete(model, offset, (stage) => base.configOf(stage.resolved));
      const more = await Promise.all(wants.map((want) => wanted(document, want)));
      if (token.isCancellationRequested) return undefined;
      const all = [...items, ...more.flatMap((one) => one.items)];
      return new vscode.CompletionList(
        all.map((item, at) => shown(document, item, at)),
        more.some(({ late }) => late),
      );
    },
    async resolveCompletionItem(item) {
      const platform = item.image === undefined ? undefined : await images.platformOf(item.image);
      if (platform !== undefined) item.detail = `${item.detail ?? ''} · ${platform}`;
      return item;
    },
  };
  const triggers = ['$', '{', '/', '=', ':', ',', '-', ' ', '"', '#'];
  return vscode.Disposable.from(
    images,
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

async function soon<T>(answer: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), patience)));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** The context is the Dockerfile's folder or the workspace's: what is in the first comes first. */
async function paths(document: vscode.TextDocument, want: Extract<Want, { kind: 'paths' }>): Promise<Item[]> {
  const folder = folderOf(want.text);
  if (folder === undefined || document.uri.scheme === 'untitled') return [];
  const own = vscode.Uri.joinPath(document.uri, '..');
  const root = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  const [entries, above, ignore] = await Promise.all([
    entriesOf(own, folder),
    root && root.toString() !== own.toString() ? entriesOf(root, folder) : [],
    ignoreBeside(document.uri),
  ]);
  const names = new Set(entries.map(({ name }) => name));
  return [
    ...entryItems(want, entries, ignore),
    ...entryItems(
      { ...want, rank: want.rank + 1 },
      above.filter(({ name }) => !names.has(name)),
      ignore,
    ),
  ];
}
