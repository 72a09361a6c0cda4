import '../shared/theme.css';
import './run.css';
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import type {
  RunChecked,
  RunContract,
  RunForm,
  RunImage,
  RunStrings,
  RunValues,
} from '../../src/protocol/run';
import { Channel } from '../shared/channel';
import { el, setText } from '../shared/dom';
import { fill, readStrings } from '../shared/l10n';
import { FormFields } from './form';
import { withMarks, withoutMarks } from './directions';

provideVSCodeDesignSystem().register(vsCodeButton());

/** ms without a key before an image is asked about. */
const SETTLED = 250;

const api = acquireVsCodeApi<{ readonly values?: RunValues }>();
const strings = readStrings() as RunStrings;
const title = el('h1', { class: 'theirs' });
const notes = el('div');
const facts = el('section', { class: 'facts', 'aria-label': strings.imageFacts });
const changes = el('section', { class: 'changes', 'aria-label': strings.changes, 'aria-live': 'polite' });
const line = el('textarea', {
  id: 'line',
  rows: '2',
  spellcheck: 'false',
  'aria-describedby': 'line-hint line-problem',
});
const lineProblem = el('p', { class: 'problem', id: 'line-problem', role: 'status' });
const status = el('p', { class: 'notice', role: 'status' });
const runButton = button(strings.run, 'primary', () => void run());
const copyButton = button(strings.copy, 'secondary', copy);
const saveButton = button(strings.save, 'secondary', () => void ask('save'));
let fields: FormFields | undefined;
let turn = 0;
let imageTimer: ReturnType<typeof setTimeout> | undefined;
let checked: RunChecked | undefined;
let replaces = false;

const channel = new Channel<RunContract>(api, window, ({ form }) => show(form));

function show(form: RunForm): void {
  const kept = api.getState()?.values;
  const filled = kept ? { ...form, values: { ...form.values, ...kept } } : form;
  setText(title, form.title);
  document.title = form.title;
  notes.replaceChildren(...form.notes.map((note) => el('p', { class: 'notice theirs' }, note)));
  fields = new FormFields(withImages(filled), strings, changed);
  runButton.textContent = form.mode === 'recreate' ? strings.recreate : strings.run;
  changes.hidden = !form.compared;
  replaces = form.mode === 'recreate';
  const bar = el(
    'div',
    { class: 'bar' },
    runButton,
    copyButton,
    ...(form.mode === 'run' ? [saveButton] : []),
  );
  document.body.replaceChildren(
    title,
    notes,
    changes,
    el('form', {}, fields.element),
    facts,
    el(
      'footer',
      {},
      el('label', { for: 'line', class: 'line-label' }, strings.line),
      ' ',
      el('span', { class: 'quiet', id: 'line-hint' }, strings.lineHint),
      line,
      lineProblem,
      bar,
      status,
    ),
  );
  fields.focus(form.values['image'] === '' ? 'image' : 'name');
  void check();
  void askImage();
  requestAnimationFrame(() => channel.post({ type: 'painted' }));
}

/** The engine's images are what the image's field offers. */
function withImages(form: RunForm): RunForm {
  const sections = form.sections.map((section) => ({
    ...section,
    fields: section.fields.map((field) =>
      field.name === 'image' ? { ...field, choices: form.images } : field,
    ),
  }));
  return { ...form, sections };
}

function changed(field: string): void {
  keep();
  void check();
  if (field !== 'image') return;
  clearTimeout(imageTimer);
  imageTimer = setTimeout(() => void askImage(), SETTLED);
}

function keep(): void {
  if (fields) api.setState({ values: fields.values });
}

/** The answer to the last question counts; the line is left alone while it is being written. */
async function check({ writeLine = true } = {}): Promise<void> {
  if (!fields) return;
  const mine = ++turn;
  const answer = await channel.request('check', { values: fields.values });
  if (mine !== turn) return;
  checked = answer;
  fields.tell(answer.problems);
  const wrong = Object.keys(answer.problems).length;
  setText(status, wrong > 0 ? fill(strings.problems, wrong) : '');
  status.classList.toggle('problem', wrong > 0);
  runButton.toggleAttribute('disabled', wrong > 0);
  copyButton.toggleAttribute('disabled', wrong > 0);
  saveButton.toggleAttribute('disabled', wrong > 0);
  if (writeLine) {
    line.value = withMarks(answer.line);
    line.removeAttribute('aria-invalid');
    setText(lineProblem, '');
  }
  showChanges(answer);
}

function showChanges({ changes: all }: RunChecked): void {
  // Each value by itself, or the direction of one would turn the next.
  const text = (value: string): HTMLElement =>
    value === ''
      ? el('span', { class: 'quiet' }, strings.nothing)
      : el('ul', { class: 'values' }, ...value.split('\n').map((one) => el('li', { class: 'theirs' }, one)));
  changes.replaceChildren(
    el('h2', {}, strings.changes),
    all.length === 0
      ? el('p', { class: 'quiet' }, strings.noChanges)
      : el(
          'ul',
          {},
          ...all.map(({ name, before, after, live }) =>
            el(
              'li',
              {},
              el('code', {}, name),
              ' ',
              text(before),
              ' → ',
              text(after),
              ' ',
              ...(replaces
                ? [el('span', { class: 'quiet' }, `(${live ? strings.live : strings.anew})`)]
                : []),
            ),
          ),
        ),
  );
}

async function askImage(): Promise<void> {
  const image = fields?.values['image'];
  if (typeof image !== 'string' || image.trim() === '') {
    facts.replaceChildren();
    return;
  }
  try {
    const answer = await channel.request('image', { image: image.trim() });
    if (fields?.values['image'] === image) showImage(answer);
  } catch {
    // An image that is only half typed is nothing to speak of.
    facts.replaceChildren();
  }
}

function showImage({ facts: all, here, ports }: RunImage): void {
  const publish = ports.map((port) =>
    button(fill(strings.publishAll, port), 'secondary', () => {
      const before = fields?.values['ports'];
      const list = Array.isArray(before) ? (before as readonly string[]) : [];
      if (list.includes(port)) return;
      fields?.setOne('ports', [...list, port]);
      changed('ports');
    }),
  );
  if (here && all.length === 0) {
    facts.replaceChildren();
    return;
  }
  facts.replaceChildren(
    el('h2', {}, strings.imageFacts),
    ...(here
      ? [
          el(
            'dl',
            {},
            ...all.flatMap(({ name, value }) => [el('dt', {}, name), el('dd', { class: 'theirs' }, value)]),
          ),
          el('div', { class: 'bar' }, ...publish),
        ]
      : [el('p', { class: 'quiet' }, strings.notHere)]),
  );
}

line.addEventListener('input', () => void readLine());

async function readLine(): Promise<void> {
  if (!fields) return;
  const text = line.value;
  const answer = await channel.request('read', { line: withoutMarks(text), values: fields.values });
  if (line.value !== text) return;
  if ('problem' in answer) {
    setText(lineProblem, fill(strings.lineProblem, answer.problem));
    line.setAttribute('aria-invalid', 'true');
    lineProblem.dataset['position'] = String(answer.position);
    return;
  }
  line.removeAttribute('aria-invalid');
  setText(lineProblem, '');
  const image = fields.values['image'];
  fields.set(answer.values);
  keep();
  await check({ writeLine: false });
  if (fields.values['image'] !== image) await askImage();
}

function copy(): void {
  if (!fields) return;
  channel.post({ type: 'copy', values: fields.values });
  setText(status, strings.copied);
}

async function run(): Promise<void> {
  if (Object.keys(checked?.problems ?? {}).length === 0) await ask('run');
}

async function ask(what: 'run' | 'save'): Promise<void> {
  if (!fields) return;
  setText(status, strings.working);
  status.classList.remove('problem');
  runButton.toggleAttribute('disabled', true);
  try {
    setText(status, (await channel.request(what, { values: fields.values })).said);
  } catch (error) {
    status.classList.add('problem');
    setText(status, (error as Error).message);
  } finally {
    runButton.toggleAttribute('disabled', false);
  }
}

function button(text: string, appearance: 'primary' | 'secondary', press: () => void): HTMLElement {
  const element = el('vscode-button', { appearance }, text);
  element.addEventListener('click', press);
  return element;
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void run();
});
document.addEventListener('submit', (event) => event.preventDefault());
channel.ready();
