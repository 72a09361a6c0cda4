import type { RunField, RunProblem, RunStrings } from '../../src/protocol/run';
import { el, setText } from '../shared/dom';
import { fill } from '../shared/l10n';

export type Value = string | boolean | readonly string[];

/** One field of the form: its label, what is typed into, and what is wrong with that. */
export interface FieldControl {
  readonly element: HTMLElement;
  readonly field: RunField;
  value(): Value;
  set(value: Value | undefined): void;
  tell(problem: RunProblem | undefined): void;
}

/** By its name, an entry of a list of values is secret: it is typed as a password is. */
const SECRET = /^[^=]*(?:pass|secret|token|key|credential)[^=]*=/i;

/** Makes it; `changed` is called at every key. */
export function fieldControl(field: RunField, strings: RunStrings, changed: () => void): FieldControl {
  const id = `field-${field.name}`;
  const problem = el('p', { class: 'problem', id: `${id}-problem`, role: 'status' });
  const make = { switch: switchInput, text: textInput, list: listInput }[field.kind];
  const { elements, focusable, value, set } = make(field, id, strings, changed);
  const flag = el('code', { class: 'flag quiet' }, field.flag);
  flag.hidden = field.flag === '';
  const element =
    field.kind === 'switch'
      ? el(
          'div',
          { class: 'field switch' },
          ...elements,
          el('label', { for: id }, field.label),
          flag,
          problem,
        )
      : el('div', { class: 'field' }, el('label', { for: id }, field.label), flag, ...elements, problem);
  return {
    element,
    field,
    value,
    set,
    tell: (wrong) => {
      setText(problem, wrong?.said ?? '');
      let item = -1;
      for (const input of focusable()) {
        // An empty row of a list is no value.
        const counts = field.kind !== 'list' || input.value.trim() !== '';
        if (counts) item++;
        if (wrong === undefined || !counts || item !== (wrong.item ?? item)) {
          input.removeAttribute('aria-invalid');
          input.removeAttribute('aria-describedby');
        } else {
          input.setAttribute('aria-invalid', 'true');
          input.setAttribute('aria-describedby', `${id}-problem`);
        }
      }
    },
  };
}

interface Inputs {
  readonly elements: readonly HTMLElement[];
  readonly focusable: () => readonly (HTMLInputElement | HTMLTextAreaElement)[];
  readonly value: () => Value;
  readonly set: (value: Value | undefined) => void;
}

function switchInput(_field: RunField, id: string, _strings: RunStrings, changed: () => void): Inputs {
  const box = el('input', { type: 'checkbox', id });
  box.addEventListener('change', changed);
  return {
    elements: [box],
    focusable: () => [box],
    value: () => box.checked,
    set: (value) => (box.checked = value === true),
  };
}

function textInput(field: RunField, id: string, _strings: RunStrings, changed: () => void): Inputs {
  const input = el('input', {
    type: 'text',
    id,
    placeholder: field.example,
    spellcheck: 'false',
    autocomplete: 'off',
  });
  input.addEventListener('input', changed);
  const choices = field.choices.length > 0 ? [choicesOf(id, field.choices)] : [];
  if (choices.length > 0) input.setAttribute('list', `${id}-choices`);
  return {
    elements: [input, ...choices],
    focusable: () => [input],
    value: () => input.value,
    set: (value) => (input.value = typeof value === 'string' ? value : ''),
  };
}

function choicesOf(id: string, choices: readonly string[]): HTMLElement {
  return el('datalist', { id: `${id}-choices` }, ...choices.map((value) => el('option', { value })));
}

/** An input for each value, and always an empty one more. */
function listInput(field: RunField, id: string, strings: RunStrings, changed: () => void): Inputs {
  const rows = el('div', { class: 'rows', id, role: 'group', 'aria-label': field.label });
  const inputs = (): HTMLTextAreaElement[] => [...rows.querySelectorAll('textarea')];
  const add = (value = ''): HTMLTextAreaElement => {
    const input = el('textarea', {
      rows: '1',
      placeholder: field.example,
      spellcheck: 'false',
      'aria-label': field.label,
    });
    input.value = value;
    const secret = (): void => void input.classList.toggle('secret', SECRET.test(input.value));
    secret();
    const remove = el(
      'button',
      {
        class: 'icon',
        title: fill(strings.remove, field.label),
        'aria-label': fill(strings.remove, field.label),
      },
      '×',
    );
    const row = el('div', { class: 'row' }, input, remove);
    input.addEventListener('input', () => {
      secret();
      if (input.value !== '' && inputs().at(-1) === input) add();
      changed();
    });
    remove.addEventListener('click', () => {
      if (inputs().length > 1) row.remove();
      else input.value = '';
      if (inputs().at(-1)?.value !== '') add();
      inputs().at(-1)?.focus();
      changed();
    });
    rows.append(row);
    return input;
  };
  return {
    elements: [rows],
    focusable: inputs,
    value: () =>
      inputs()
        .map((input) => input.value)
        .filter((value) => value.trim() !== ''),
    set: (value) => {
      rows.replaceChildren();
      for (const item of Array.isArray(value) ? (value as readonly string[]) : []) add(item);
      add();
    },
  };
}
