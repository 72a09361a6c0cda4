import { expect, test } from 'vitest';
import { complete } from '../../../../src/dockerfile/completion/complete';
import { questionOf } from '../../../../src/engine/registry/question';
import { parseModel } from '../../../../src/dockerfile/model/model';
import type { BaseConfig } from '../../../../src/dockerfile/rules/finding';
import { places } from './places';

const base: BaseConfig = {
  env: { PYTHON_VERSION: '3.13.1' },
  shell: undefined,
  user: '',
  platform: 'linux/amd64',
  digest: undefined,
};

const bare = (label: string): string => label.replace(/=$/, '');

test.each(places)(
  '$what: $text',
  ({ text: marked, offers = [], never = [], asks = [], registry, nothing }) => {
    const offset = marked.indexOf('|');
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    const { items, wants } = complete(parseModel(text), offset, () => base);
    const labels = items.map(({ label }) => bare(label));
    expect(labels).toEqual(expect.arrayContaining(offers.map(bare)));
    for (const label of never) expect(labels).not.toContain(bare(label));
    const kinds = wants.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining([...asks]));
    if (nothing) expect([...labels, ...kinds]).toEqual([]);
    if (registry === undefined) return;
    const asked = wants.flatMap((want) => (want.kind === 'images' ? (questionOf(want.text) ?? []) : []));
    expect(asked.map((one) => `${one.host} ${one.path}`)).toEqual(registry === 'none' ? [] : [registry]);
  },
);

test('at least sixty places', () => {
  expect(places.length).toBeGreaterThanOrEqual(60);
});
