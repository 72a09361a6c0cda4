import * as vscode from 'vscode';
import { registryTitle } from '../engine/registry/address';
import { questionOf } from '../engine/registry/question';
import { imageFileItems, imageUserItems } from './completion/container';
import { localItems, remoteItems } from './completion/images';
import type { Item, Want } from './completion/item';
import { entryItems, folderOf } from './completion/paths';
import { ignoreBeside } from './context';
import { entriesOf } from './entries';
import { ImageFiles } from './imageFiles';
import { LocalImages } from './localImages';
import type { DockerfileDeps } from './register';
import { RemoteImages } from './remoteImages';

/** ms: who types does not wait longer for a registry or for the files of an image; what comes later is there with the next character. */
const patience = 300;

type Of<Kind extends Want['kind']> = Extract<Want, { kind: Kind }>;
/** `late`: the next character is worth another question. */
interface Answer {
  readonly items: readonly Item[];
  readonly late: boolean;
}

/** Where that comes from which a Dockerfile itself does not tell: engine, registries, images, build context. */
export class Sources implements vscode.Disposable {
  private readonly images: LocalImages;
  private readonly files: ImageFiles;
  private readonly remote: RemoteImages;

  constructor({ engines, registries }: DockerfileDeps) {
    this.images = new LocalImages(engines);
    this.files = new ImageFiles(engines);
    this.remote = new RemoteImages(registries);
  }

  dispose(): void {
    this.images.dispose();
    this.files.dispose();
  }

  platformOf(reference: string): Promise<string | undefined> {
    return this.images.platformOf(reference);
  }

  async answer(document: vscode.TextDocument, want: Want): Promise<Answer> {
    switch (want.kind) {
      case 'paths':
        return { items: await paths(document, want), late: false };
      case 'images':
        return this.imagesFor(document, want);
      case 'files': {
        const folder = want.text.slice(0, want.text.lastIndexOf('/') + 1);
        return answered(await soon(this.files.folder(want.image, folder)), (entries) =>
          imageFileItems(want, entries),
        );
      }
      case 'accounts':
        return answered(await soon(this.files.accounts(want.image)), (accounts) =>
          imageUserItems(want, want.groups ? accounts.groups : accounts.users),
        );
    }
  }

  private async imagesFor(document: vscode.TextDocument, want: Of<'images'>): Promise<Answer> {
    const local = await this.images.list();
    const items = localItems(want, local);
    const question = questionOf(want.text);
    const settings = vscode.workspace.getConfiguration('quayside.dockerfile', document);
    if (!question || !settings.get<boolean>('dockerHub', true)) return { items, late: false };
    const remote = await soon(this.remote.ask(question));
    if (typeof remote === 'object') {
      items.push(...remoteItems(want, remote, local, registryTitle(question.host)));
    }
    return { items, late: remote === 'late' || question.kind === 'names' };
  }
}

const answered = <T>(answer: T | 'late', items: (answer: T) => readonly Item[]): Answer =>
  answer === 'late' ? { items: [], late: true } : { items: items(answer), late: false };

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
