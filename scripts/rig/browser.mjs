// A browser to look at the editor with: one that is there, else Debian's Chromium, else Playwright's own.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { debianHas, installDebian } from './packages.mjs';
import { run, which } from './processes.mjs';
import { Sorry, step } from './say.mjs';

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const commands = ['chromium', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chromium-browser'];

/** Without letters for every script of the world, screenshots show boxes. */
const fonts = ['fonts-noto-core', 'fonts-noto-cjk'];

/** @returns {Promise<string | undefined>} the program */
async function findBrowser() {
  const chosen = process.env['QUAYSIDE_BROWSER'];
  if (chosen) return chosen;
  for (const command of commands) {
    const found = await which(command);
    // Ubuntu's packages of that name only point at a snap, which cannot be steered.
    if (found && !(await isSnap(found))) return found;
  }
  const { chromium } = await import('playwright-core');
  return [...places, chromium.executablePath()].find((file) => existsSync(file));
}

/** @param {string} program */
async function isSnap(program) {
  if (program.startsWith('/snap/')) return true;
  return (await run('head', ['-c', '300', program]).catch(() => '')).includes('/snap/');
}

/** The Debian packages that are missing for one; none where Debian's cannot be used. @returns {Promise<string[]>} */
export async function browserPackages() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || (await isUbuntu())) return [];
  const missing = fonts.filter((name) => !debianHas(name));
  return (await findBrowser()) ? missing : ['chromium', ...missing];
}

/** Its package of that name is a snap. */
async function isUbuntu() {
  return /^ID=ubuntu$/m.test(await run('cat', ['/etc/os-release']).catch(() => ''));
}

/** The program of a browser; installed when there is none. @returns {Promise<string>} */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  const packages = await browserPackages();
  if (packages.length > 0) await installDebian(packages);
  const installed = await findBrowser();
  if (installed) return installed;
  await step('Installing a browser', async () => {
    const cli = path.join(path.dirname(createRequire(import.meta.url).resolve('playwright-core')), 'cli.js');
    await run(process.execPath, [cli, 'install', '--with-deps', 'chromium']);
  });
  const own = await findBrowser();
  if (!own)
    throw new Sorry(
      'No browser could be installed. Install Chrome or Chromium, or set QUAYSIDE_BROWSER to one.',
    );
  return own;
}

/** @returns {Promise<import('playwright-core').Browser>} */
export async function startBrowser() {
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: await ensureBrowser(),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
