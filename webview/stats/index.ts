import '../shared/theme.css';
import './stats.css';
import type { StatsContract, StatsStrings } from '../../src/protocol/stats';
import { Channel } from '../shared/channel';
import { el, setText } from '../shared/dom';
import type { SortableGrid } from '../shared/grid';
import { readStrings } from '../shared/l10n';
import { sorted, type Sort } from '../shared/sort';
import { Comparison, COMPARED } from './compare';
import { StatsDetails } from './details';
import { isRunning, StatsModel, type StatsRow } from './model';
import { statsColumns, statsTable } from './table';

/** What outlives the page: the editor throws a hidden panel away and loads it anew. */
interface Kept {
  readonly opened?: string;
  /** Those that are compared, in the order in which they were chosen; absent while one is looked at. */
  readonly compared?: readonly string[];
  readonly sort?: Sort;
}

const api = acquireVsCodeApi<Kept>();
const strings = readStrings() as StatsStrings;
const model = new StatsModel();
const details = new StatsDetails(strings);
const failure = el('p', { class: 'notice problem', role: 'status' });
const tableBox = el('div', { class: 'table' });
const compare = el('vscode-button', { appearance: 'secondary', 'aria-pressed': 'false' }, strings.compare);
const bar = el('div', { class: 'bar' }, compare);
const comparison = new Comparison(strings);
let table: SortableGrid<StatsRow> | undefined;
let compared: readonly string[] | undefined;
bar.hidden = true;
comparison.element.hidden = true;
details.element.hidden = true;
document.body.append(tableBox, bar, failure, details.element, comparison.element);
compare.addEventListener('click', () => (compared ? open(compared[0] ?? '') : choose(firstCompared())));

const channel = new Channel<StatsContract>(api, window, (message) => {
  model.apply(message, Date.now());
  if (message.type === 'containers') settle();
  render();
  // Only what was really drawn counts: a page that cannot keep up is sent less.
  if (message.type === 'points') requestAnimationFrame(() => channel.post({ type: 'seen' }));
});

function keep(change: Kept): void {
  api.setState({ ...api.getState(), ...change });
}

/** The first list of containers decides what the panel is: one container, or a table with one opened below it. */
function settle(): void {
  const { containers } = model;
  if (containers.length === 0 || model.opened) return;
  const { sort = { column: 'name', descending: false }, opened, compared: kept } = api.getState() ?? {};
  if (containers.length > 1) {
    table = statsTable(strings, {
      severalEngines: new Set(containers.map(({ engine }) => engine)).size > 1,
      sort,
      onSort: (chosen) => keep({ sort: chosen }),
      onSelect: select,
    });
    tableBox.append(table.element);
    bar.hidden = false;
  }
  const rows = containers.map((container) => ({ container, point: undefined }));
  const [first] = sorted(rows, statsColumns(strings), sort);
  const known = new Set(containers.map(({ key }) => key));
  const again = kept?.filter((key) => known.has(key)) ?? [];
  if (again.length > 0) choose(again);
  else {
    const shown = containers.find(({ key }) => key === opened) ?? first?.container;
    if (shown) open(shown.key);
  }
}

/** A row was chosen: another one to look at, or one more, or less, to compare. */
function select(key: string): void {
  if (!compared) open(key);
  else if (!compared.includes(key)) choose([...compared, key]);
  else if (compared.length > 1) choose(compared.filter((other) => other !== key));
}

/** To compare one with nothing would be of no use: begin with all, and the one that was looked at first. */
function firstCompared(): readonly string[] {
  const keys = model.containers.filter(isRunning).map(({ key }) => key);
  const opened = model.opened?.container.key;
  return [...new Set([...(opened === undefined ? [] : [opened]), ...keys])].slice(0, COMPARED);
}

function open(key: string): void {
  compared = undefined;
  keep({ opened: key, compared: undefined });
  look([key]);
}

function choose(keys: readonly string[]): void {
  compared = keys;
  keep({ compared: keys });
  look(keys.slice(0, COMPARED));
}

function look(keys: readonly string[]): void {
  for (const key of model.look(keys)) askHistory(key);
  render();
}

function askHistory(key: string): void {
  channel
    .request('history', { key })
    .then((points) => {
      model.addHistory(key, points);
      setText(failure, '');
    })
    .catch((error: unknown) => setText(failure, `${strings.historyFailed} ${(error as Error).message}`))
    .finally(render);
}

function render(): void {
  const now = Date.now();
  const opened = model.opened;
  table?.update(
    model.containers.map((container) => model.row(container, now)),
    compared ?? (opened ? [opened.container.key] : []),
  );
  compare.setAttribute('aria-pressed', String(compared !== undefined));
  compare.setAttribute('appearance', compared ? 'primary' : 'secondary');
  details.element.hidden = opened === undefined || compared !== undefined;
  comparison.element.hidden = compared === undefined;
  if (compared) comparison.update(model.looked, compared.length - model.looked.length);
  else if (opened) details.update(model.row(opened.container, now), opened.points, now);
}

channel.ready();
// A sample that does not come has no message that would tell so.
setInterval(render, 1000);
