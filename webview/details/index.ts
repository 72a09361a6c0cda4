import '../shared/theme.css';
import '../stats/stats.css';
import './details.css';
import type {
  Details,
  DetailsContract,
  DetailsPath,
  DetailsStrings,
  DetailsTab,
  DetailsToWebview,
} from '../../src/protocol/details';
import { Channel } from '../shared/channel';
import { el, setText } from '../shared/dom';
import { readStrings } from '../shared/l10n';
import { shown } from '../shared/visible';
import { ChangesView } from './changesView';
import { headline } from './headline';
import { InspectView } from './inspectView';
import { record, text } from './json';
import { overview } from './overview';
import { OverviewView } from './overviewView';
import { ProcessesView } from './processesView';
import { StatsView } from './statsView';
import { Tabs } from './tabs';

const api = acquireVsCodeApi();
const strings = readStrings() as DetailsStrings;
const name = el('h1', { class: 'theirs' });
const state = el('span', { class: 'badge' });
const image = el('span', { class: 'theirs quiet' });
const notice = el('p', { class: 'notice', role: 'status' });

const ask = async (path: DetailsPath): Promise<string> => channel.request('value', { path });
const overviewView = new OverviewView(strings, ask);
const statsView = new StatsView(strings, () => channel.post({ type: 'openCsv' }));
const processesView = new ProcessesView(strings);
const changesView = new ChangesView(strings, () => channel.request('changes', undefined));
const inspectView = new InspectView(strings, { post: (message) => channel.post(message), ask });

const tabs = new Tabs(
  strings.details,
  [
    { id: 'overview', title: strings.overview, element: overviewView.element },
    { id: 'stats', title: strings.stats, element: statsView.element },
    { id: 'processes', title: strings.processes, element: processesView.element },
    { id: 'changes', title: strings.changes, element: changesView.element },
    { id: 'inspect', title: strings.inspect, element: inspectView.element },
  ],
  turned,
);
let details: Details | undefined;

const channel: Channel<DetailsContract> = new Channel<DetailsContract>(api, window, receive);

function receive(message: DetailsToWebview): void {
  switch (message.type) {
    case 'details': {
      const first = details === undefined;
      details = message.details;
      if (first) begin(message.details);
      else drawDetails();
      break;
    }
    case 'containers':
    case 'points':
      stats(message);
      break;
    case 'marks':
      statsView.mark(message.marks);
      break;
    case 'processes':
      processesView.update(message);
      break;
    case 'tab':
      if (details) tabs.choose(message.tab);
      break;
  }
}

/** The first that is known of it: from now on there is something to look at. */
function begin({ inspected, tab }: Details): void {
  const { Name, Config } = record(inspected);
  setText(name, shown(text(Name).replace(/^\//, '')));
  setText(image, shown(text(record(Config)['Image'])));
  document.body.append(el('header', {}, name, state, image), notice, tabs.list, ...tabs.panels);
  tabs.choose(tab);
}

function turned(tab: DetailsTab): void {
  channel.post({ type: 'tab', tab });
  drawDetails();
  if (tab === 'changes') changesView.read();
  statsView.render();
}

/** Only what is looked at is drawn. */
function drawDetails(): void {
  if (!details) return;
  if (tabs.chosen === 'overview') overviewView.update(overview(details, strings, Date.now()));
  if (tabs.chosen === 'inspect') inspectView.update(details);
}

function stats(message: Extract<DetailsToWebview, { type: 'containers' | 'points' }>): void {
  const key = statsView.apply(message);
  if (key !== undefined) {
    channel
      .request('history', { key })
      .then((points) => statsView.model.addHistory(key, points))
      .catch(() => undefined)
      .finally(render);
  }
  if (message.type === 'points') requestAnimationFrame(() => channel.post({ type: 'seen' }));
  render();
}

function render(): void {
  const [container] = statsView.model.containers;
  if (container) {
    setText(name, shown(container.name));
    setText(state, strings[`state.${container.state}`]);
    setText(notice, shown(headline(container, strings, Date.now())));
    notice.classList.toggle('problem', container.problem !== undefined);
  }
  if (tabs.chosen === 'stats') statsView.render();
}

channel.ready();
// A sample that does not come has no message that would tell so.
setInterval(render, 1000);
