import '../shared/theme.css';
import './lens.css';
import type { LensContract, LensStrings, LensSummary, LensToWebview, Mark } from '../../src/protocol/lens';
import { Channel } from '../shared/channel';
import { el, setText } from '../shared/dom';
import { fill, readStrings } from '../shared/l10n';
import { diskSize } from '../shared/units';
import { shown } from '../shared/visible';
import { configView } from './configTable';
import { FilesView } from './filesView';
import { LayerList } from './layerList';
import { wastedView } from './wasted';

const strings = readStrings() as LensStrings;
const heading = el('h1', { class: 'theirs' });
const facts = el('p', { class: 'quiet' });
const notice = el('p', { class: 'notice', role: 'status' });
const again = el('button', { type: 'button', class: 'secondary' }, strings.readAgain);
const score = el('div');
const main = el('main');
const layers = new LayerList({
  strings,
  onSelect: () => void showTree(),
  onGoTo: (row) => void ask(channel.request('goTo', { row })),
});
let files: FilesView | undefined;
/** Of a comparison: the layers of both. */
let compared: readonly [before: number, after: number] | undefined;
let read = false;

again.hidden = true;
again.addEventListener('click', () => channel.post({ type: 'read' }));
document.body.append(
  el('header', {}, el('div', {}, heading, facts), score),
  el('p', { class: 'bar-line' }, notice, again),
  main,
);

const channel = new Channel<LensContract>(acquireVsCodeApi(), window, take);
tell(strings.looking);
channel.ready();

function take(message: LensToWebview): void {
  switch (message.type) {
    case 'image':
      begin(message.image, undefined);
      layers.setRows(message.rows, true);
      main.replaceChildren(layers.element, view(true).element);
      break;
    case 'images': {
      const { before, after, config, common } = message;
      begin(after, before);
      compared = [before.layers, after.layers];
      main.replaceChildren(configView(before, after, config, common, strings), view(false).element);
      break;
    }
    case 'reading':
      tell(
        message.bytes === 0
          ? strings.waiting
          : fill(strings.reading, diskSize(message.bytes), diskSize(Math.max(message.bytes, message.total))),
      );
      break;
    case 'files':
      read = true;
      layers.setRows(message.rows, false);
      layers.setLayers(message.layers);
      score.replaceChildren(
        wastedView(message.efficiency, strings, (path, layer) => void reveal(path, layer)),
      );
      tell('');
      void showTree();
      break;
    case 'compared':
      read = true;
      tell(message.unreadable.join(' '), true);
      void showTree();
      break;
    case 'shared':
      layers.setSharers(message.sharers);
      break;
    case 'lines':
      layers.setLines(message.lines);
      break;
    case 'failed':
      tell(message.reason, true);
      again.hidden = false;
      files?.clear('');
      break;
  }
}

function begin({ name, size, layers: count, platform }: LensSummary, before: LensSummary | undefined): void {
  read = false;
  again.hidden = true;
  tell('');
  setText(heading, before ? `${shown(before.name, 200)} ↔ ${shown(name, 200)}` : shown(name, 300));
  setText(facts, before ? '' : fill(strings.facts, diskSize(size), count, platform));
  score.replaceChildren();
}

function view(modes: boolean): FilesView {
  files = new FilesView({
    strings,
    modes,
    onMode: () => void showTree(),
    onOpen: (path, mark) => void open(path, mark),
  });
  return files;
}

/** Layers in quick succession: only the answer to the last counts. */
let asked = 0;

async function showTree(): Promise<void> {
  const turn = ++asked;
  const layer = compared ? 0 : layers.layer;
  if (!files || !read) return;
  if (layer === undefined || (!compared && files.alone && !layers.hasLayer)) {
    files.clear(strings.empty);
    return;
  }
  if (layers.problem !== '') {
    files.clear(layers.problem);
    return;
  }
  try {
    const tree = await channel.request('tree', { layer, changes: files.alone });
    if (turn === asked) files.show(tree);
  } catch (error) {
    tell((error as Error).message, true);
  }
}

/** Go to a path in the last layer that has to do with it, among all the files there. */
async function reveal(path: string, layer: number): Promise<void> {
  files?.showAll();
  layers.selectLayer(layer);
  await showTree();
  files?.reveal(path);
}

async function open(path: string, mark: Mark): Promise<void> {
  const side = mark === 'removed' && compared ? 'before' : 'after';
  const layer = compared ? Math.max(0, compared[side === 'before' ? 0 : 1] - 1) : layers.layer;
  if (layer === undefined) return;
  tell(fill(strings.opening, shown(path, 200)));
  await ask(channel.request('open', { layer, path, side }));
}

async function ask(work: Promise<unknown>): Promise<void> {
  try {
    await work;
    tell('');
  } catch (error) {
    tell((error as Error).message, true);
  }
}

function tell(text: string, problem = false): void {
  setText(notice, text);
  notice.classList.toggle('problem', problem && text !== '');
}
