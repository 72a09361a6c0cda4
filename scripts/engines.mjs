// npm run test:engines [debian|trixie|sid|podman …]: the engine tests against every engine that can be had here.
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { say } from './rig/say.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Podman 4 cannot start containers on every machine, so there it is what needs none that runs. @type {Record<string, string[]>} */
const matrix = { debian: ['engine'], trixie: ['engine'], sid: ['engine'], podman: ['engine', 'everyEngine'] };
const words = process.argv.slice(2);
const kinds = words.length > 0 ? words : Object.keys(matrix);

/** @param {string} kind @returns {Promise<{ code: number, line: string }>} */
function runTests(kind) {
  const args = [path.join(root, 'scripts/test.mjs'), ...(matrix[kind] ?? ['engine'])];
  const env = { ...process.env, QUAYSIDE_TEST_ENGINE: kind };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      said += chunk.toString();
      process.stdout.write(chunk);
    });
    child.once('close', (code) =>
      resolve({ code: code ?? 1, line: said.trimEnd().split('\n').at(-1) ?? '' }),
    );
  });
}

const results = [];
for (const kind of kinds) {
  say(`\n${kind}`);
  results.push({ kind, ...(await runTests(kind)) });
}
say('');
for (const { kind, line } of results) say(`${kind.padEnd(8)} ${line}`);
process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0;
