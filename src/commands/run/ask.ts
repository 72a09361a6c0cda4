import os from 'node:os';
import process from 'node:process';
import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { cancelled } from '../../engine/errors';
import { runLine } from '../../engine/run/commandLine/print';
import { parseImage } from '../../engine/run/reference';
import type { RunSpec } from '../../engine/run/spec';
import { humanSize } from '../../engine/run/units';
import { problemOf } from '../ask';
import { workspaceFolder } from '../containers/copying';
import type { Context } from '../deps';
import { listImages } from '../listing';
import { readOptions, type Place } from './expand';

/** In the workspace's state: the last line of options of each image. */
const LAST = 'quayside.run.options';

/** How many images are remembered. */
const REMEMBERED = 50;

interface Item extends vscode.QuickPickItem {
  /** Of the engine; a name that was typed has none, for the box knows it better. */
  readonly image?: string;
}

/** The image to run: one the engine has, or any name. */
export async function askImage(engine: Engine, title = vscode.l10n.t('Run which image?')): Promise<string> {
  const images = (await listImages(engine))
    .filter(({ tags }) => tags.length > 0)
    .sort((a, b) => b.created - a.created)
    .flatMap(({ tags, size, created }) =>
      tags.map((tag) => ({ label: tag, description: `${humanSize(size)} · ${dateOf(created)}`, image: tag })),
    );
  const box = vscode.window.createQuickPick<Item>();
  box.title = title;
  box.placeholder = vscode.l10n.t('Choose one, or type any name: what is not here is pulled');
  box.items = images;
  box.onDidChangeValue((value) => {
    const typed = value.trim();
    const known = images.some(({ image }) => image === typed || image === `${typed}:latest`);
    const own = typed === '' || known ? [] : [ownName(typed)];
    box.items = [...own, ...images];
  });
  return new Promise((resolve, reject) => {
    box.onDidAccept(() => {
      // Who types fast accepts before the list has followed.
      const image = box.selectedItems[0]?.image ?? box.value.trim();
      if (problemOf(parseImage)(image) !== undefined) return;
      resolve(image);
      box.hide();
    });
    box.onDidHide(() => {
      box.dispose();
      reject(cancelled());
    });
    box.show();
  });
}

/** A name that was typed: that the label is what was typed puts it above what only resembles it. */
function ownName(typed: string): Item {
  const problem = problemOf(parseImage)(typed);
  return { label: typed, description: problem ?? vscode.l10n.t('Use "{0}"', typed), alwaysShow: true };
}

/** A line of options of this image; the last one is offered again. */
export async function askOptions(context: Context, image: string, proposal = ''): Promise<RunSpec> {
  const last = context.state.get<Record<string, string>>(LAST, {});
  const { line, spec } = await askLine(image, proposal || (last[image] ?? ''));
  if (!holdsSecrets(spec)) {
    const others = Object.entries(last).filter(([name]) => name !== image);
    const kept = others.slice(-(REMEMBERED - 1));
    await context.state.update(LAST, { ...Object.fromEntries(kept), [image]: line });
  }
  return spec;
}

/** One line in the grammar of `docker run`, checked while it is typed. */
async function askLine(image: string, value: string): Promise<{ line: string; spec: RunSpec }> {
  const place = placeHere();
  const line = await vscode.window.showInputBox({
    title: vscode.l10n.t('docker run … {0}', image),
    value,
    valueSelection: [value.length, value.length],
    placeHolder: vscode.l10n.t('-d -p 8080:80 --name web    or    -it --rm -v .:/work -- sh'),
    prompt: vscode.l10n.t('Options of docker run, then the command if it is another than the image’s.'),
    ignoreFocusOut: true,
    validateInput: problemOf((text) => readOptions(text, image, place)),
  });
  if (line === undefined) throw cancelled();
  return { line, spec: { ...readOptions(line, image, place), image } };
}

/** What is kept on the disk must not hold a password. */
function holdsSecrets(spec: RunSpec): boolean {
  return runLine(spec) !== runLine(spec, { maskSecrets: true });
}

/** This machine, as the shell of a line. */
export function placeHere(): Place {
  const home = os.homedir();
  return {
    shell: process.platform === 'win32' ? 'powershell' : 'sh',
    folder: workspaceFolder() ?? home,
    home,
    env: process.env,
  };
}

function dateOf(ms: number): string {
  return new Date(ms).toLocaleDateString();
}
