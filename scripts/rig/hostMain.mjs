// The host part of the tests, as a process of its own: scripts/test.mjs starts it in a private machine.
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runHostTests } from './hostTests.mjs';
import { forget } from './machine.mjs';
import { stopAll } from './processes.mjs';
import { explain } from './say.mjs';
import { startServices } from './services.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-host-'));
try {
  const { engine, registry } = await startServices(path.join(folder, 'services'));
  const { console: said, ...results } = await runHostTests({
    root,
    folder,
    filters: process.argv.slice(2),
    env: {
      DOCKER_HOST: engine.host,
      QUAYSIDE_TEST_REGISTRY: registry?.address,
      QUAYSIDE_TEST_SHARED_ENGINE: engine.shared ? '1' : undefined,
    },
  });
  console.log(said.join('\n'));
  for (const title of results.passed) console.log(`passed  ${title}`);
  for (const title of results.skipped) console.log(`skipped ${title}`);
  for (const { title, error } of results.failed) console.log(`FAILED  ${title}\n${error}`);
  writeFileSync(process.env['QUAYSIDE_RESULTS'] ?? 'results.json', JSON.stringify(results));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  await stopAll();
  forget(folder);
}
