// How soon a view of very many things is there, in a real VS Code on a real engine.
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from '../../esbuild.mjs';
import { startBrowser } from '../rig/browser.mjs';
import { stageExtension, startEditor } from '../rig/editor.mjs';
import { api } from '../rig/engineApi.mjs';
import { busyboxImage, loadImage } from '../rig/images.mjs';
import { say } from '../rig/say.mjs';
import { firstPaint } from './firstPaint.mjs';
import { bounded } from './measure.mjs';

const image = 'quayside-bench/base:latest';
const labels = { 'dev.quayside.test': 'bench' };

/** `existing`: rows that are there besides, such as the networks the engine brings; `folded`: until its header is clicked. */
const lists = /** @type {const} */ ([
  { view: 'Volumes', count: 2000, existing: 0, folded: true, make: volume },
  { view: 'Images', count: 4999, existing: 1, folded: false, make: tag },
  // More than the engine has addresses for by itself; each is a bridge of the kernel's.
  { view: 'Networks', count: 97, existing: 3, folded: true, make: network },
]);

/**
 * @param {object} options
 * @param {string} options.root the checkout
 * @param {string} options.host the engine's, which is ours alone
 * @param {string} options.folder for files
 * @param {number} options.rounds
 * @param {readonly string[]} options.only words, of which the views' names choose; none for all
 * @returns {Promise<import('./measure.mjs').Row[]>}
 */
export async function listRows({ root, host, folder, rounds, only }) {
  const at = (/** @type {string} */ name) => path.join(folder, name);
  mkdirSync(at('home'), { recursive: true });
  await build({ outdir: at('dist'), guarded: false });
  const quayside = stageExtension(root, at('dist'), at('quayside'));
  cpSync(path.join(root, 'test/fixtures/example'), at('example'), { recursive: true });
  await loadImage(host, image, await busyboxImage());
  const env = {
    HOME: at('home'),
    DOCKER_CONFIG: at('home/.docker'),
    DOCKER_HOST: host,
    DOCKER_CONTEXT: undefined,
  };
  const browser = await startBrowser();
  /** @type {import('./measure.mjs').Row[]} */
  const rows = [];
  try {
    const named = lists.filter(({ view }) => only.includes(view.toLowerCase()));
    for (const { view, count, existing, folded, make } of named.length > 0 ? named : lists) {
      for (let index = 0; index < count; index++) await make(host, index);
      const times = [];
      for (let round = 0; round < Math.min(rounds, 5); round++) {
        // An extension host outlives its window by minutes, so what begins anew gets an editor of its own.
        const editor = await startEditor({
          folder: at(`${view}-${round}`),
          workspace: at('example'),
          extensions: [quayside],
          env,
        });
        const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
        await page.goto(editor.url);
        const entry = page.locator('.activitybar a.action-label[aria-label^="Quayside"]');
        await entry.waitFor();
        if (folded) {
          await entry.click();
          await page.locator(`.pane-header[aria-label^="${view}" i]`).waitFor();
        }
        // It is connected.
        await page.locator('.statusbar-item', { hasText: '/0' }).waitFor();
        times.push(await firstPaint(page, count + existing, view, folded));
        await page.close();
        await editor.process.stop();
      }
      const what = `click on the view${folded ? ` ${view}` : ''} -> the first of ${(count + existing).toLocaleString('en')} ${view.toLowerCase()} are painted`;
      rows.push(bounded(what, times, { unit: 'ms', atMost: 500 }));
      say(`  ${what}: ${rows.at(-1)?.ours}`);
    }
    return rows;
  } finally {
    await browser.close();
  }
}

/** @param {string} host @param {number} index */
async function volume(host, index) {
  await api(host, 'POST', '/volumes/create', { json: { Name: `quayside-bench-${index}`, Labels: labels } });
}

/** One image under another name is a row of its own. @param {string} host @param {number} index */
async function tag(host, index) {
  await api(
    host,
    'POST',
    `/images/${encodeURIComponent(image)}/tag?repo=quayside-bench/app-${index}&tag=latest`,
  );
}

/** @param {string} host @param {number} index */
async function network(host, index) {
  const Subnet = `10.213.${index >> 4}.${(index & 15) << 4}/28`;
  await api(host, 'POST', '/networks/create', {
    json: { Name: `quayside-bench-${index}`, Labels: labels, IPAM: { Config: [{ Subnet }] } },
  });
}
