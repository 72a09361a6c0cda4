import type { RunForm, RunProblem, RunSection, RunStrings, RunValues } from '../../src/protocol/run';
import { el } from '../shared/dom';
import { fieldControl, type FieldControl, type Value } from './field';

/** The fields, by section. A folded section is made when it is opened: most are never. */
export class FormFields {
  readonly element = el('div', { class: 'sections' });
  readonly #strings: RunStrings;
  readonly #changed: (field: string) => void;
  readonly #controls = new Map<string, FieldControl>();
  readonly #makers = new Map<string, () => void>();
  #values: Record<string, Value> = {};
  #problems: Readonly<Record<string, RunProblem>> = {};

  constructor(form: RunForm, strings: RunStrings, changed: (field: string) => void) {
    this.#strings = strings;
    this.#changed = changed;
    this.#values = { ...form.values };
    this.element.append(...form.sections.map((section) => this.#section(section)));
  }

  get values(): RunValues {
    return this.#values;
  }

  set(values: RunValues): void {
    this.#values = { ...values };
    // What a line sets must be seen, too.
    for (const [name, make] of this.#makers) if (!this.#controls.has(name) && isSet(values[name])) make();
    for (const [name, control] of this.#controls) {
      // What is being typed stays as it is typed.
      if (!control.element.contains(document.activeElement)) control.set(values[name]);
    }
  }

  /** One field, whoever has the focus. */
  setOne(name: string, value: Value): void {
    this.#values[name] = value;
    this.#controls.get(name)?.set(value);
  }

  tell(problems: Readonly<Record<string, RunProblem>>): void {
    this.#problems = problems;
    // What is wrong must be seen.
    for (const name of Object.keys(problems)) this.#makers.get(name)?.();
    for (const [name, control] of this.#controls) control.tell(problems[name]);
  }

  focus(name: string): void {
    this.#controls.get(name)?.element.querySelector<HTMLElement>('input, textarea')?.focus();
  }

  #section({ title, folded, fields }: RunSection): HTMLElement {
    const body = el('div', { class: 'fields' });
    const details = el('details', {}, el('summary', {}, title), body);
    const make = (): void => {
      if (body.childElementCount > 0) return;
      for (const field of fields) {
        const control = fieldControl(field, this.#strings, () => {
          this.#values[field.name] = control.value();
          this.#changed(field.name);
        });
        control.set(this.#values[field.name]);
        control.tell(this.#problems[field.name]);
        this.#controls.set(field.name, control);
        body.append(control.element);
      }
    };
    const used = fields.some(({ name }) => isSet(this.#values[name]));
    if (!folded || used) {
      make();
      details.open = true;
    }
    details.addEventListener('toggle', () => details.open && make());
    for (const { name } of fields) {
      this.#makers.set(name, () => {
        make();
        details.open = true;
      });
    }
    return details;
  }
}

function isSet(value: Value | undefined): boolean {
  return typeof value === 'object'
    ? value.length > 0
    : value !== undefined && value !== '' && value !== false;
}
