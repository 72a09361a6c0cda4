import { expect, test } from 'vitest';
import type { StatsContainer, StatsPoint } from '../../../../src/protocol/stats';
import { columns, SPAN, STALE, StatsModel } from '../../../../webview/stats/model';
import { point } from './point';

const web: StatsContainer = { key: 'e/1', engine: 'e', name: 'web', image: 'nginx', state: 'running' };
const times = (points: readonly StatsPoint[] | undefined) => points?.map(({ time }) => time);

function opened() {
  const model = new StatsModel();
  model.apply({ type: 'containers', containers: [web] }, 0);
  model.open(web.key);
  return model;
}

test('a sample is shown until it is out of date, by the clock of this side', () => {
  const model = opened();
  const now = 1_000_000;
  model.apply({ type: 'points', points: { [web.key]: [point(5)] } }, now);
  expect(model.row(web, now + STALE - 1).point?.time).toBe(5);
  expect(model.row(web, now + STALE).point).toBeUndefined();
});

test('numbers of a container that stopped, or of an engine that is away, are not shown as those of now', () => {
  const model = opened();
  model.apply({ type: 'points', points: { [web.key]: [point(5)] } }, 0);
  expect(model.row({ ...web, state: 'paused' }, 1).point).toBeDefined();
  expect(model.row({ ...web, state: 'exited' }, 1).point).toBeUndefined();
  expect(model.row({ ...web, problem: 'The engine is away.' }, 1).point).toBeUndefined();
});

test('samples that arrive before the history are joined to it, none twice', () => {
  const model = opened();
  model.apply({ type: 'points', points: { [web.key]: [point(3), point(4)] } }, 0);
  model.addHistory(web.key, [point(1), point(2), point(3)]);
  model.apply({ type: 'points', points: { [web.key]: [point(4), point(5)] } }, 0);
  expect(times(model.opened?.points)).toEqual([1, 2, 3, 4, 5]);
});

test('the history of a container that is no longer looked at is not shown for another', () => {
  const model = opened();
  const db = { ...web, key: 'e/2', name: 'db' };
  model.apply({ type: 'containers', containers: [web, db] }, 0);
  model.open(db.key);
  model.addHistory(web.key, [point(1)]);
  expect(model.opened).toEqual({ container: db, points: [] });
});

test('only what the charts can show is kept', () => {
  const model = opened();
  model.apply({ type: 'points', points: { [web.key]: [point(0), point(1000)] } }, 0);
  model.apply({ type: 'points', points: { [web.key]: [point(SPAN + 500)] } }, 0);
  expect(times(model.opened?.points)).toEqual([1000, SPAN + 500]);
});

test('an interruption is an empty row, said or seen; what is unknown is empty too', () => {
  const points = [point(1000), point(2000), point(3000, { first: true }), point(3000 + STALE + 1)];
  const cpu = columns(points, [(p) => p.cpuPercent, (p) => p.netRxRate]);
  expect(cpu[0]).toEqual([1000, 2000, 3000, 3000, 3001 + STALE, 3001 + STALE]);
  expect(cpu[1]).toEqual([1, 1, null, 1, null, 1]);
  expect(cpu[2]).toEqual([null, null, null, null, null, null]);
});
