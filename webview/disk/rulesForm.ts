import type { DiskStrings, KeepRules } from '../../src/protocol/disk';
import { el } from '../shared/dom';

/** The fields of the keep-rules. */
export class RulesForm {
  readonly element: HTMLElement;
  readonly #inUse = el('input', { type: 'checkbox' });
  readonly #tagged = el('input', { type: 'checkbox' });
  readonly #named = el('input', { type: 'checkbox' });
  readonly #newest = el('input', { type: 'number', min: '0', max: '999' });
  readonly #hours = el('input', { type: 'number', min: '0', max: '99999' });
  readonly #labels = el('input', { type: 'text', placeholder: 'keep=true', spellcheck: 'false' });

  constructor(strings: DiskStrings) {
    const field = (input: HTMLElement, text: string, after = true): HTMLElement =>
      el('label', {}, ...(after ? [input, ` ${text}`] : [`${text} `, input]));
    this.element = el(
      'fieldset',
      {},
      el('legend', {}, strings.keep),
      field(this.#inUse, strings.keepInUse),
      field(this.#tagged, strings.keepTagged),
      field(this.#named, strings.keepNamed),
      field(this.#newest, strings.keepNewest),
      field(this.#hours, strings.keepAge, false),
      field(this.#labels, strings.keepLabels, false),
    );
  }

  get rules(): KeepRules {
    const labels = this.#labels.value.split(',').map((label) => label.trim());
    return {
      labels: labels.filter(Boolean),
      newerThan: Math.max(0, Number(this.#hours.value)) * 3600,
      newestTags: Math.max(0, Math.trunc(Number(this.#newest.value))),
      inUse: this.#inUse.checked,
      tagged: this.#tagged.checked,
      named: this.#named.checked,
    };
  }

  show({ labels, newerThan, newestTags, inUse, tagged, named }: KeepRules): void {
    this.#labels.value = labels.join(', ');
    this.#hours.value = String(newerThan / 3600);
    this.#newest.value = String(newestTags);
    this.#inUse.checked = inUse;
    this.#tagged.checked = tagged;
    this.#named.checked = named;
  }
}
