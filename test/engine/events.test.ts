import { afterAll, expect, test } from 'vitest';
import type { AnyEvent } from '../../src/engine/wire/event';
import { ask, docker } from '../rig/engine';
import { removeLabelled, started } from './support/box';
import { connect } from './support/connect';

const LABEL = 'events';
const engine = connect();
const mine = { label: [`dev.quayside.test=${LABEL}`] };

afterAll(() => removeLabelled(LABEL));

const briefly = ({ type, action, id }: AnyEvent): string => `${type} ${action} ${id}`;

/** What `docker events` tells in the same words. */
async function cliEvents(since: string, until: string): Promise<string[]> {
  const format = '{{.Type}} {{.Action}} {{.Actor.ID}}';
  const filter = `label=${mine.label[0]}`;
  const told = await docker(
    'events',
    '--since',
    since,
    '--until',
    until,
    '--filter',
    filter,
    '--format',
    format,
  );
  return told.trim().split('\n');
}

test('the past is told as docker events tells it', async () => {
  const since = (Date.now() / 1000 - 1).toFixed(3);
  const id = await started(LABEL, { script: 'sleep 600' });
  await ask('POST', `/containers/${id}/pause`);
  await ask('POST', `/containers/${id}/unpause`);
  await ask('DELETE', `/containers/${id}?force=1`);
  const until = (Date.now() / 1000 + 0.5).toFixed(3);
  const told: string[] = [];
  for await (const event of engine.system.events({ since, until, filters: mine })) told.push(briefly(event));
  expect(told).toEqual(await cliEvents(since, until));
  expect(told.map((line) => line.split(' ')[1])).toEqual(
    expect.arrayContaining(['create', 'start', 'pause', 'unpause', 'die', 'destroy']),
  );
});

test('what comes is told as it comes, until the signal', async () => {
  const stop = new AbortController();
  const seen: AnyEvent[] = [];
  const feed = (async () => {
    for await (const event of engine.system.events({ filters: mine }, stop.signal)) seen.push(event);
  })();
  // It may be subscribed later than a container is made, so they are made until one is told.
  await expect
    .poll(async () => {
      await started(LABEL, { script: 'true' });
      return seen.some(({ action, attributes }) => action === 'start' && attributes['name'] !== undefined);
    })
    .toBe(true);
  stop.abort();
  await expect(feed).rejects.toMatchObject({ kind: 'cancelled' });
});

test('a time that is none is refused', async () => {
  const feed = engine.system.events({ since: 'yesterday-ish' });
  await expect(feed.next()).rejects.toMatchObject({ kind: 'invalid' });
});
