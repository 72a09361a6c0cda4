// The bench, as a process of its own: scripts/bench.mjs starts it in a private machine.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopAll } from '../rig/processes.mjs';
import { explain, say } from '../rig/say.mjs';
import { startServices } from '../rig/services.mjs';
import { actionRows } from './actionRows.mjs';
import { dockerfileRows } from './dockerfileRows.mjs';
import { engineRows } from './engineRows.mjs';
import { editorRows } from './editorRows.mjs';
import { listRows } from './listRows.mjs';
import { logRows } from './logRows.mjs';
import { table } from './measure.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const words = process.argv.slice(2);
const rounds = Number(words.find((word) => /^\d+$/.test(word)) ?? 10);
const wants = (/** @type {string} */ part) => !words.some((word) => /^\D/.test(word)) || words.includes(part);

const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-bench-'));
try {
  const { engine } = await startServices(path.join(folder, 'services'));
  if (engine.shared)
    throw new Error(
      'The bench needs an engine of its own, because it removes every container: run it as root on Linux.',
    );
  const rows = [];
  if (wants('editor'))
    rows.push(
      ...(await editorRows({ root, host: engine.host, folder: path.join(folder, 'editor'), rounds })),
    );
  if (wants('lists'))
    rows.push(
      ...(await listRows({
        root,
        host: engine.host,
        folder: path.join(folder, 'lists'),
        rounds,
        only: words,
      })),
    );
  if (wants('logs-panel'))
    rows.push(...(await logRows({ root, host: engine.host, folder: path.join(folder, 'logs'), rounds })));
  if (wants('actions'))
    rows.push(
      ...(await actionRows({ root, host: engine.host, folder: path.join(folder, 'actions'), rounds })),
    );
  if (wants('dockerfile'))
    rows.push(...(await dockerfileRows({ root, folder: path.join(folder, 'dockerfile'), rounds })));
  if (wants('engine'))
    rows.push(
      ...(await engineRows({
        root,
        host: engine.host,
        folder: path.join(folder, 'engine'),
        rounds,
        only: words,
      })),
    );
  say(
    `\nMedian (lowest-highest) of ${rounds} in one run, ${os.cpus().length} processors, engine ${engine.version}, Node ${process.versions.node}.\n`,
  );
  say(table(rows));
  process.exitCode = rows.some(({ reached }) => reached === false) ? 1 : 0;
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
} finally {
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
}
