import type { ConfigDifference, LensStrings, LensSummary } from '../../src/protocol/lens';
import { el } from '../shared/dom';
import { fill } from '../shared/l10n';
import { diskSize } from '../shared/units';
import { shown } from '../shared/visible';

/** What two images have in common, and what their configurations say differently. */
export function configView(
  before: LensSummary,
  after: LensSummary,
  config: readonly ConfigDifference[],
  common: { readonly layers: number; readonly bytes: number },
  strings: LensStrings,
): HTMLElement {
  const facts = ({ name, size, layers, platform }: LensSummary): HTMLElement =>
    el(
      'p',
      {},
      el('strong', { class: 'theirs' }, shown(name, 300)),
      el('span', { class: 'quiet' }, ` ${fill(strings.facts, diskSize(size), layers, platform)}`),
    );
  const inCommon =
    common.layers === 0 ? strings.noCommon : fill(strings.common, common.layers, diskSize(common.bytes));
  return el(
    'section',
    { class: 'left config' },
    facts(before),
    facts(after),
    el('p', { class: 'common' }, inCommon),
    el('h2', {}, strings.config),
    config.length === 0
      ? el('p', { class: 'quiet' }, strings.sameConfig)
      : table(before.name, after.name, config, strings),
  );
}

function table(
  before: string,
  after: string,
  config: readonly ConfigDifference[],
  { field, nothing, config: title }: LensStrings,
): HTMLElement {
  const heading = (text: string): HTMLElement =>
    el('th', { scope: 'col', class: 'theirs' }, shown(text, 100));
  const value = (text: string): HTMLElement =>
    text === '' ? el('td', { class: 'quiet' }, nothing) : el('td', { class: 'theirs' }, shown(text, 1000));
  return el(
    'table',
    { 'aria-label': title },
    el('thead', {}, el('tr', {}, heading(field), heading(before), heading(after))),
    el(
      'tbody',
      {},
      ...config.map(({ field: name, name: which, before: was, after: is }) =>
        el(
          'tr',
          {},
          el('th', { scope: 'row', class: 'theirs' }, which === '' ? name : `${name} ${shown(which, 200)}`),
          value(was),
          value(is),
        ),
      ),
    ),
  );
}
