import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compared, inTurn } from '../measure.mjs';

const FOLDERS = 200;
const FILES = 100;
const BYTES = 15_000;

/** @type {import('../engineRows.mjs').Rows} */
export async function* buildRows(bed) {
  const context = path.join(bed.folder, 'context');
  for (let folder = 0; folder < FOLDERS; folder++) {
    const at = path.join(context, `folder-${folder}`);
    mkdirSync(at, { recursive: true });
    for (let file = 0; file < FILES; file++)
      writeFileSync(path.join(at, `file-${file}`), Buffer.alloc(BYTES, folder + file));
  }
  // What is left out costs too: it has to be found and judged.
  writeFileSync(path.join(context, '.dockerignore'), '.git\n**/node_modules\n*.log\n!keep.log\n');
  // The builder has nothing to do but to take the context.
  writeFileSync(path.join(context, 'Dockerfile'), 'FROM scratch\nLABEL dev.quayside.test=bench\n');
  const megabytes = (FOLDERS * FILES * BYTES) / 1e6;
  const tag = 'quayside-bench/context:latest';
  const [ours = [], theirs = []] = await inTurn(
    bed.rounds,
    async () => megabytes / ((await bed.ours('build', context, tag)).ms / 1000),
    async () => megabytes / ((await bed.docker('build', '--quiet', '--tag', tag, context)) / 1000),
  );
  yield compared('build context of 20,000 files, 300 MB', ours, theirs, { unit: 'MB/s', atLeast: 1 });
}
