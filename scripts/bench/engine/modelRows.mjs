import { setTimeout as wait } from 'node:timers/promises';
import { api } from '../../rig/engineApi.mjs';
import { bounded, compared, inTurn, timed } from '../measure.mjs';

/** Both sides are as their users have them: a CLI that starts each time, an extension host that runs already. @type {import('../engineRows.mjs').Rows} */
export async function* modelRows(bed) {
  const [first = ''] = await Promise.all(Array.from({ length: 300 }, () => bed.create(['true'])));
  const [list = [], cliList = []] = await inTurn(
    bed.rounds,
    () => listTime(bed),
    () => bed.docker('ps', '-a', '--no-trunc', '--format', '{{json .}}'),
  );
  yield compared('list 300 containers, connected -> parsed model', list, cliList, {
    unit: 'ms',
    atMost: 0.4,
  });

  const engine = await bed.connected();
  const [inspect = [], cliInspect = []] = await inTurn(
    bed.rounds,
    () => timed(() => engine.containers.inspect(first)),
    () => bed.docker('inspect', first),
  );
  yield compared('inspect one container', inspect, cliInspect, { unit: 'ms', atMost: 0.08 });

  const running = await bed.create(['sleep', '3600'], true);
  const times = await eventTimes(engine, bed.host, running, bed.rounds);
  yield bounded('one event -> the patched model, among 301 containers', times, { unit: 'ms', atMost: 5 });
  engine.dispose();
}

/** @param {import('./bed.mjs').Bed} bed */
async function listTime(bed) {
  const engine = await bed.connected();
  const ms = await timed(async () => {
    const listed = new Promise((resolve) => engine.model.containers.onDidChange(() => resolve(undefined)));
    engine.model.watch('containers');
    await listed;
  });
  if (engine.model.containers.items.size < 300) throw new Error('The list is not whole.');
  engine.dispose();
  return ms;
}

/** From the arrival of an event to the model that shows it. @param {import('../../../src/engine/engine').Engine} engine @param {string} host @param {string} id @param {number} rounds */
async function eventTimes(engine, host, id, rounds) {
  const watch = engine.model.watch('containers');
  await new Promise((resolve) =>
    engine.model.onDidChangeState(({ kind }) => kind === 'connected' && resolve(undefined)),
  );
  const times = [];
  for (let round = 0; round < rounds * 2; round++) {
    // A pause between, or the model takes it for a burst and waits on purpose.
    await wait(1100);
    const took = new Promise((/** @type {(ms: number) => void} */ resolve) => {
      const event = engine.model.onEvent(() => {
        const began = performance.now();
        event.dispose();
        const change = engine.model.containers.onDidChange(() => {
          change.dispose();
          resolve(performance.now() - began);
        });
      });
    });
    await api(host, 'POST', `/containers/${id}/${round % 2 ? 'unpause' : 'pause'}`);
    times.push(await took);
  }
  watch.dispose();
  return times;
}
