// npm run package: the extension as one file, quayside-<version>.vsix, to be installed or published.
import { readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureNodeModules } from './rig/packages.mjs';
import { run } from './rig/processes.mjs';
import { explain, say, Sorry, step } from './rig/say.mjs';

/** What the file may weigh, in bytes. */
const limit = 700 * 1024;

const require = createRequire(import.meta.url);
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

process.exitCode = await main().then(
  () => 0,
  (error) => {
    say(`\n${explain(error)}`);
    return 1;
  },
);

async function main() {
  await ensureNodeModules(root);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const name = `quayside-${version}.vsix`;
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  await step('Building the extension', () => run(process.execPath, ['esbuild.mjs'], { cwd: root }));
  const vsce = path.join(path.dirname(require.resolve('@vscode/vsce/package.json')), 'vsce');
  const said = await step('Packing it', () =>
    run(
      process.execPath,
      [
        vsce,
        'package',
        '--no-dependencies',
        '--allow-missing-repository',
        '--no-rewrite-relative-links',
        '--out',
        name,
      ],
      { cwd: root },
    ),
  );
  say(said.trim().replace(/^/gm, '    '));
  const { size } = statSync(path.join(root, name));
  say(`${name}: ${(size / 1024).toFixed(1)} KB of ${limit / 1024} KB`);
  if (size > limit) throw new Sorry(`${name} is too heavy; see above what is in it.`);
}
