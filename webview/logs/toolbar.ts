import { el } from '../shared/dom';

/** A choice of one of several. */
export function select<T extends string>(
  label: string,
  options: readonly (readonly [value: T, text: string])[],
  value: T,
  changed: (value: T) => void,
): HTMLSelectElement {
  const element = el('select', { 'aria-label': label, title: label });
  for (const [name, text] of options) element.append(el('option', { value: name }, text));
  element.value = value;
  element.addEventListener('change', () => changed(element.value as T));
  return element;
}

/** A button that is on or off. */
export function toggle(
  text: string,
  label: string,
  on: boolean,
  changed: (on: boolean) => void,
): HTMLButtonElement {
  const element = el('button', { type: 'button', class: 'toggle', title: label, 'aria-label': label }, text);
  element.setAttribute('aria-pressed', String(on));
  element.addEventListener('click', () => {
    const now = element.getAttribute('aria-pressed') !== 'true';
    element.setAttribute('aria-pressed', String(now));
    changed(now);
  });
  return element;
}

export function button(text: string, label: string, act: () => void): HTMLButtonElement {
  const element = el('button', { type: 'button', class: 'action', title: label, 'aria-label': label }, text);
  element.addEventListener('click', act);
  return element;
}

export interface Looked {
  readonly text: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
  readonly inverse: boolean;
}

export interface QueryBox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  /** What is wrong with it; empty when nothing is. */
  problem(text: string): void;
}

/** A box for what is looked for, with how; tells of every change, a moment after the last key. */
export function queryBox(
  words: {
    readonly label: string;
    readonly hint: string;
    readonly regex: string;
    readonly matchCase: string;
    readonly inverse?: string;
  },
  changed: (looked: Looked) => void,
  ...more: Node[]
): QueryBox {
  const input = el('input', {
    ...{ type: 'text', 'aria-label': words.label, placeholder: words.hint, spellcheck: 'false' },
  });
  const problem = el('span', { class: 'box-problem', role: 'status' });
  let looked: Looked = { text: '', regex: false, matchCase: false, inverse: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const change = (part: Partial<Looked>, wait: number): void => {
    looked = { ...looked, ...part };
    clearTimeout(timer);
    timer = setTimeout(() => changed(looked), wait);
  };
  input.addEventListener('input', () => change({ text: input.value }, 50));
  const element = el('div', { class: 'box', role: 'group', 'aria-label': words.label }, input);
  element.append(
    toggle('Aa', words.matchCase, false, (matchCase) => change({ matchCase }, 0)),
    toggle('.*', words.regex, false, (regex) => change({ regex }, 0)),
  );
  if (words.inverse !== undefined)
    element.append(toggle('≠', words.inverse, false, (inverse) => change({ inverse }, 0)));
  element.append(...more, problem);
  return {
    element,
    input,
    problem: (text) => {
      problem.textContent = text;
      element.classList.toggle('wrong', text !== '');
      input.setAttribute('aria-invalid', String(text !== ''));
    },
  };
}

/** A box for a time that is told with Enter. */
export function timeBox(label: string, hint: string, told: (text: string) => void): HTMLInputElement {
  const input = el('input', {
    type: 'text',
    class: 'when',
    'aria-label': label,
    placeholder: hint,
    title: hint,
  });
  input.addEventListener('keydown', ({ key }) => key === 'Enter' && told(input.value.trim()));
  return input;
}
