import { describe, expect, test } from 'vitest';
import type { Container } from '../../../src/engine/model/types';
import { containerTree } from '../../../src/views/containerTree';
import { nodeId } from '../../../src/views/nodes';
import { Outline, type Repaint } from '../../../src/views/outline';
import type { Branch } from '../../../src/views/rows';
import { CONNECTED, container, MINUTE, NOW } from './samples';

const inShop = { labels: { 'com.docker.compose.project': 'shop' } };
const [a, b, c] = [
  container({ name: 'a', ...inShop }),
  container({ name: 'b', ...inShop }),
  container({ name: 'c' }),
];

function show(outline: Outline, containers: readonly Container[], now = NOW): Repaint {
  const source = { engine: 'default', state: CONNECTED, containers };
  return outline.update(containerTree([source], { groupBy: 'compose', filter: [], now }).branches);
}

function painted({ nodes }: Repaint): string[] {
  return nodes.map(nodeId);
}

describe('Outline', () => {
  test('the same again paints nothing', () => {
    const outline = new Outline();
    expect(show(outline, [a, b, c]).all).toBe(true);
    expect(show(outline, [{ ...a }, { ...b }, { ...c }])).toEqual({ all: false, nodes: [] });
  });

  test('what changes in one row paints that row', () => {
    const outline = new Outline();
    show(outline, [a, b, c]);
    const repaint = show(outline, [a, b, { ...c, health: 'unhealthy' }]);
    expect(repaint.all).toBe(false);
    expect(painted(repaint)).toEqual([`container/default/${c.id}`]);
  });

  test('one that stops is painted with the count of its group', () => {
    const outline = new Outline();
    show(outline, [a, b, c]);
    const repaint = show(outline, [{ ...a, state: 'exited', exitCode: 0 }, b, c]);
    expect(repaint.all).toBe(false);
    expect(painted(repaint).sort()).toEqual([`container/default/${a.id}`, 'group/default/compose/shop']);
  });

  test('a row keeps its node, whatever becomes of it and around it', () => {
    const outline = new Outline();
    show(outline, [a, b, c]);
    const [group, others] = outline.roots;
    const before = [group, others, ...(group ? outline.children(group) : [])];
    show(outline, [{ ...a, state: 'paused' }, b, c, container(), container(inShop)]);
    const after = [outline.roots[0], outline.roots[1], ...(group ? outline.children(group) : []).slice(0, 2)];
    expect(after).toHaveLength(4);
    after.forEach((node, index) => expect(node).toBe(before[index]));
  });

  test.each([
    ['comes', [a, b, c, container(inShop)], []],
    ['goes', [a, c], []],
    ['moves', [{ ...a, name: 'z' }, b, c], [`container/default/${a.id}`]],
  ])('a row that %s paints what it is under', (_, containers, changed) => {
    const outline = new Outline();
    show(outline, [a, b, c]);
    const repaint = show(outline, containers);
    expect(repaint.all).toBe(false);
    expect(painted(repaint)).toEqual([...changed, 'group/default/compose/shop']);
  });

  test.each([
    ['comes at the top', [a, b, c, container({ labels: { 'com.docker.compose.project': 'other' } })]],
    ['goes at the top', [a, b]],
    ['goes from one row to another', [a, { ...b, labels: {} }, c]],
  ])('a row that %s paints everything, once', (_, containers) => {
    const outline = new Outline();
    show(outline, [a, b, c]);
    expect(show(outline, containers)).toEqual({ all: true, nodes: [] });
  });

  test('a row that can be unfolded for the first time paints everything', () => {
    const outline = new Outline();
    const group = (...ids: string[]): Branch[] => [
      {
        node: { kind: 'containerGroup', engine: 'default', by: 'compose', name: 'shop' },
        row: { kind: 'containerGroup', by: 'compose', name: 'shop' },
        children: ids.map((id) => ({
          node: { kind: 'files', engine: 'default', id },
          row: { kind: 'files' },
        })),
      },
    ];
    outline.update(group());
    expect(outline.update(group('a')).all).toBe(true);
    expect(outline.update(group('a', 'b')).all).toBe(false);
    expect(outline.update(group()).all).toBe(true);
  });

  test('as time goes by only the rows that read otherwise are painted', () => {
    const outline = new Outline();
    const [young, old] = [container({ since: NOW - 5_000 }), container({ since: NOW - 30 * MINUTE })];
    show(outline, [young, old]);
    expect(painted(show(outline, [young, old], NOW + 1000))).toEqual([`container/default/${young.id}`]);
  });

  test('knows who is above whom, and forgets what has gone', () => {
    const outline = new Outline();
    show(outline, [a, b, c]);
    const [group] = outline.roots;
    const [row] = group ? outline.children(group) : [];
    expect(row && outline.parent(row)).toBe(group);
    show(outline, [b, c]);
    expect(row && outline.row(row)).toBeUndefined();
  });
});
