import '../shared/theme.css';
import './disk.css';
import type {
  CleanupKind,
  DiskContract,
  DiskReceipt,
  DiskStrings,
  DiskToWebview,
  DiskVerdict,
} from '../../src/protocol/disk';
import { Channel } from '../shared/channel';
import { el, setText } from '../shared/dom';
import { fill, readStrings } from '../shared/l10n';
import { diskSize } from '../shared/units';
import { RulesForm } from './rulesForm';
import { Section } from './section';

const KINDS: readonly CleanupKind[] = ['images', 'containers', 'volumes', 'buildCache'];

const strings = readStrings() as DiskStrings;
const heading = el('h1');
const notice = el('p', { class: 'notice', role: 'status' });
const receipt = el('div', { class: 'receipt', role: 'status' });
const rules = new RulesForm(strings);
const parts = el('main');
const total = el('output', { 'aria-live': 'polite' });
const remove = button(strings.remove, () => void removeTicked(), 'primary');
const look = button(strings.look, () => channel.post({ type: 'look' }));
const controls = [
  look,
  remove,
  button(strings.apply, () => void propose()),
  button(strings.none, () => void weigh([])),
];
let sections: readonly Section[] = [];
let rulesKnown = false;
/** Why the rules keep what they keep, since they were last applied. */
let kept: DiskVerdict['kept'] = {};

document.body.append(
  el('header', {}, heading, look),
  notice,
  receipt,
  rules.element,
  el('p', { class: 'actions' }, ...controls.slice(2)),
  parts,
  el('footer', {}, total, remove),
);

const channel = new Channel<DiskContract>(acquireVsCodeApi(), window, take);

function button(text: string, act: () => void, kind = 'secondary'): HTMLButtonElement {
  const element = el('button', { type: 'button', class: kind }, text);
  element.addEventListener('click', act);
  return element;
}

function busy(text: string): void {
  tell(text);
  for (const control of controls) control.disabled = text !== '';
}

function tell(text: string, problem = false): void {
  setText(notice, text);
  notice.classList.toggle('problem', problem);
}

function take(message: DiskToWebview): void {
  switch (message.type) {
    case 'looking':
      busy(strings.looking);
      break;
    case 'failed':
      busy('');
      tell(message.reason, true);
      break;
    case 'disk':
      setText(heading, fill(strings.heading, message.engine));
      // What was chosen stays, when the engine is looked at again.
      if (!rulesKnown) rules.show(message.rules);
      sections = KINDS.map(
        (kind) =>
          new Section(
            kind,
            message.items.filter((item) => item.kind === kind),
            message.sums[kind],
            strings,
            () => void weigh(),
          ),
      );
      parts.replaceChildren(...sections.map(({ element }) => element));
      busy('');
      kept = message.verdict.kept;
      show(message.verdict);
      if (rulesKnown) void propose();
      rulesKnown = true;
      break;
  }
}

function show(verdict: DiskVerdict): void {
  for (const section of sections) section.show({ ...verdict, kept });
  const count = verdict.ticked.length;
  setText(total, count === 0 ? strings.nothingChosen : fill(strings.chosen, count, diskSize(verdict.bytes)));
  total.dataset['bytes'] = String(verdict.bytes);
  remove.disabled = count === 0;
}

/** Ticks in quick succession: only the answer to the last counts. */
let asked = 0;

async function ask(question: () => Promise<DiskVerdict>): Promise<void> {
  const turn = ++asked;
  try {
    const verdict = await question();
    if (turn === asked) show(verdict);
  } catch (error) {
    tell((error as Error).message, true);
  }
}

function propose(): Promise<void> {
  return ask(async () => {
    const verdict = await channel.request('propose', { rules: rules.rules });
    ({ kept } = verdict);
    return verdict;
  });
}

function weigh(ticked = sections.flatMap((section) => section.ticked)): Promise<void> {
  return ask(() => channel.request('weigh', { ticked }));
}

async function removeTicked(): Promise<void> {
  busy(strings.working);
  try {
    const done = await channel.request('remove', { ticked: sections.flatMap((section) => section.ticked) });
    if (done.cancelled) busy('');
    else showReceipt(done);
  } catch (error) {
    busy('');
    tell((error as Error).message, true);
  }
}

function showReceipt({ removed, refused, freed }: DiskReceipt): void {
  const list = (title: string, lines: readonly string[], open: boolean): HTMLElement =>
    el(
      'details',
      open ? { open: '' } : {},
      el('summary', {}, fill(title, lines.length)),
      el('ul', {}, ...lines.map((line) => el('li', { class: 'theirs' }, line))),
    );
  receipt.replaceChildren(
    el('p', {}, removed.length === 0 ? strings.nothingRemoved : fill(strings.freed, diskSize(freed))),
    ...(removed.length > 0 ? [list(strings.removed, removed, false)] : []),
    ...(refused.length > 0
      ? [
          list(
            strings.refused,
            refused.map(({ name, reason }) => `${name}: ${reason}`),
            true,
          ),
        ]
      : []),
  );
}

channel.ready();
