import '../shared/theme.css';
import './stats.css';
import type { StatsContract, StatsStrings } from '../../src/protocol/stats';
import { Channel } from '../shared/channel';
import { el, setText } from '../shared/dom';
import type { SortableGrid } from '../shared/grid';
import { readStrings } from '../shared/l10n';
import { sorted, type Sort } from '../shared/sort';
import { StatsDetails } from './details';
import { StatsModel, type StatsRow } from './model';
import { statsColumns, statsTable } from './table';

/** What outlives the page: the editor throws a hidden panel away and loads it anew. */
interface Kept {
  readonly opened?: string;
  readonly sort?: Sort;
}

const api = acquireVsCodeApi<Kept>();
const strings = readStrings() as StatsStrings;
const model = new StatsModel();
const details = new StatsDetails(strings);
const failure = el('p', { class: 'notice problem', role: 'status' });
const tableBox = el('div', { class: 'table' });
let table: SortableGrid<StatsRow> | undefined;
details.element.hidden = true;
document.body.append(tableBox, failure, details.element);

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
  const { sort = { column: 'name', descending: false }, opened } = api.getState() ?? {};
  if (containers.length > 1) {
    table = statsTable(strings, {
      severalEngines: new Set(containers.map(({ engine }) => engine)).size > 1,
      sort,
      onSort: (chosen) => keep({ sort: chosen }),
      onSelect: open,
    });
    tableBox.append(table.element);
  }
  const rows = containers.map((container) => ({ container, point: undefined }));
  const [first] = sorted(rows, statsColumns(strings), sort);
  const kept = containers.find(({ key }) => key === opened) ?? first?.container;
  if (kept) open(kept.key);
}

function open(key: string): void {
  model.open(key);
  keep({ opened: key });
  render();
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
    opened?.container.key,
  );
  details.element.hidden = opened === undefined;
  if (opened) details.update(model.row(opened.container, now), opened.points, now);
}

channel.ready();
// A sample that does not come has no message that would tell so.
setInterval(render, 1000);
