import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../rig/processes.mjs';
import { compared, inTurn } from '../measure.mjs';

/** @type {import('../engineRows.mjs').Rows} */
export async function* copyRows(bed) {
  const running = await bed.create(['sleep', '3600'], true);
  const files = path.join(bed.folder, 'files');
  mkdirSync(path.join(files, 'small'), { recursive: true });
  writeFileSync(path.join(files, 'big'), Buffer.alloc(500_000_000, 'quayside'));
  for (let i = 0; i < 10_000; i++)
    writeFileSync(path.join(files, 'small', `file-${i}`), Buffer.alloc(1000, i % 256));
  // Into memory where there is such a folder: to make the same 10,000 files, a file system on a disk takes its kernel 0.5 s
  // one time and 4.5 s another, whoever asks.
  const memory = '/dev/shm';
  const target = mkdtempSync(path.join(existsSync(memory) ? memory : bed.folder, 'quayside-out-'));
  // What the copy before has written must not be on its way to the disk during the next.
  const settled = () => run('sync', []);
  const fresh = async () => {
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    await settled();
  };
  for (const [what, name, kilobytes] of /** @type {const} */ ([
    ['one 500 MB file', 'big', 500_000],
    ['10,000 files of 1 KB', 'small', 10_000],
  ])) {
    const source = path.join(files, name);
    const [into = [], cliInto = []] = await inTurn(
      bed.rounds,
      async () => {
        await settled();
        return kilobytes / (await bed.ours('copyTo', running, source, '/tmp')).ms;
      },
      async () => {
        await settled();
        return kilobytes / (await bed.docker('cp', source, `${running}:/tmp`));
      },
    );
    yield compared(`copy in: ${what}`, into, cliInto, { unit: 'MB/s', atLeast: 1 });
    const [out = [], cliOut = []] = await inTurn(
      bed.rounds,
      async () => {
        await fresh();
        return kilobytes / (await bed.ours('copyFrom', running, `/tmp/${name}`, target)).ms;
      },
      async () => {
        await fresh();
        return kilobytes / (await bed.docker('cp', `${running}:/tmp/${name}`, target));
      },
    );
    yield compared(`copy out: ${what}`, out, cliOut, { unit: 'MB/s', atLeast: 1 });
  }
  rmSync(target, { recursive: true, force: true });
}
