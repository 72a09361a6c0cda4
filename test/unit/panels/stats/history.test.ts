import { expect, test } from 'vitest';
import { KEPT, StatsHistory } from '../../../../src/panels/stats/history';
import { sample } from './sample';

test('the first point, and each after an interruption, continues nothing', () => {
  const history = new StatsHistory();
  history.add(sample(1));
  history.add(sample(2));
  history.interrupt();
  history.add(sample(9));
  history.add(sample(10));
  expect(history.points.map(({ first }) => first)).toEqual([true, undefined, true, undefined]);
});

test('rates are the engine layer’s; without them a point has none', () => {
  const history = new StatsHistory();
  history.add(sample(1));
  history.add(sample(2, { perSecond: { netRx: 5, netTx: undefined, blockRead: 6, blockWrite: 7 } }));
  const [before, point] = history.points;
  expect(before?.netRxRate).toBeUndefined();
  expect(point).toMatchObject({ netRxRate: 5, netTxRate: undefined, blockReadRate: 6, blockWriteRate: 7 });
});

test('the newest points are kept, and asked for by how many there ever were', () => {
  const history = new StatsHistory();
  for (let time = 0; time < KEPT + 10; time++) history.add(sample(time));
  expect(history.points).toHaveLength(KEPT);
  expect(history.points[0]?.time).toBe(10);
  expect(history.count).toBe(KEPT + 10);
  expect(history.after(KEPT + 8).map(({ time }) => time)).toEqual([KEPT + 8, KEPT + 9]);
  expect(history.after(0)).toHaveLength(KEPT);
  expect(history.after(history.count)).toEqual([]);
});
