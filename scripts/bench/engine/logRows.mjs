import { api } from '../../rig/engineApi.mjs';
import { say } from '../../rig/say.mjs';
import { compared, inTurn, timed } from '../measure.mjs';
import { bareLogs } from './bareLogs.mjs';

const bytes = 200_000_000;

/** @type {import('../engineRows.mjs').Rows} */
export async function* logRows(bed) {
  say('  writing 200 MB of log');
  const writer = await bed.create(['sh', '-c', `yes ${'x'.repeat(99)} | head -c ${bytes}`], true);
  await api(bed.host, 'POST', `/containers/${writer}/wait`, { timeout: 600_000 });
  const [all = [], cliAll = []] = await inTurn(
    bed.rounds,
    async () => bytes / 1000 / (await bed.ours('logs', writer)).ms,
    async () => bytes / 1000 / (await bed.docker('logs', writer)),
  );
  yield compared('logs of 200 MB, to a counting sink', all, cliAll, { unit: 'MB/s', atLeast: 1.2 });

  const engine = await bed.connected();
  const [tail = [], cliTail = [], bareTail = []] = await inTurn(
    bed.rounds,
    () => timed(() => engine.logs.collect(writer, { tail: 1000 })),
    () => bed.docker('logs', '--tail', '1000', writer),
    () => timed(() => bareLogs(bed.host, writer, 1000)),
  );
  yield compared('the last 1,000 lines of them', tail, cliTail, { unit: 'ms', atMost: 0.15 });
  yield compared('the same, a bare socket that reads into nothing', bareTail, cliTail, { unit: 'ms' });
  engine.dispose();
}
