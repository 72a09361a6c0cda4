// What a person waits for, in a real VS Code on a real engine.
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from '../../esbuild.mjs';
import { startBrowser } from '../rig/browser.mjs';
import { stageExtension, startEditor } from '../rig/editor.mjs';
import { api } from '../rig/engineApi.mjs';
import { busyboxImage, loadImage } from '../rig/images.mjs';
import { run, until } from '../rig/processes.mjs';
import { startProxy } from '../rig/proxy.mjs';
import { say } from '../rig/say.mjs';
import { firstPaint, rowsOf } from './firstPaint.mjs';
import { extensionHosts, ticks } from './hostCpu.mjs';
import { bounded, compared } from './measure.mjs';

/** @typedef {import('playwright-core').Page} Page */

const image = 'quayside-bench/base:latest';
const labels = { 'dev.quayside.test': 'bench' };
const refreshButton = '.pane-header[aria-label^="Containers" i] .action-label[aria-label^="Refresh"]';
const rowOf = rowsOf('Containers');

/**
 * @param {object} options
 * @param {string} options.root the checkout
 * @param {string} options.host the engine's, which is ours alone
 * @param {string} options.folder for files
 * @param {number} options.rounds
 * @returns {Promise<import('./measure.mjs').Row[]>}
 */
export async function editorRows({ root, host, folder, rounds }) {
  const at = (/** @type {string} */ name) => path.join(folder, name);
  mkdirSync(at('home'), { recursive: true });
  await build({ outdir: at('dist'), guarded: false });
  const quayside = stageExtension(root, at('dist'), at('quayside'));
  cpSync(path.join(root, 'test/fixtures/example'), at('example'), { recursive: true });
  await loadImage(host, image, await busyboxImage());
  // Counts what passes between extension and engine.
  const proxy = await startProxy({ path: host.slice('unix://'.length) }, at('docker.sock'));
  // An extension host outlives its window by minutes, so what begins anew gets an editor of its own.
  const start = (/** @type {string} */ name) =>
    startEditor({
      folder: at(name),
      workspace: at('example'),
      extensions: [quayside],
      env: {
        HOME: at('home'),
        DOCKER_CONFIG: at('home/.docker'),
        DOCKER_HOST: `unix://${at('docker.sock')}`,
        DOCKER_CONTEXT: undefined,
      },
    });
  const editor = await start('editor');
  const bare = await startEditor({
    folder: at('bare'),
    workspace: at('example'),
    extensions: [],
    env: { HOME: at('home') },
  });
  const browser = await startBrowser();
  const barePage = await browser.newPage();
  await barePage.goto(bare.url);
  /** @type {import('./measure.mjs').Row[]} */
  const rows = [];
  const add = (/** @type {import('./measure.mjs').Row} */ row) => {
    rows.push(row);
    say(`  ${row.what}: ${row.ours} (${row.goal})`);
  };
  const open = async (/** @type {string} */ url) => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(url);
    await page.locator('.activitybar a.action-label[aria-label^="Quayside"]').waitFor();
    return page;
  };
  try {
    await removeAll(host);
    const page = await open(editor.url);
    await page.locator('.activitybar a.action-label[aria-label^="Quayside"]').click();
    await page.locator('.pane-header[aria-label^="Containers" i]').waitFor();
    add(
      bounded(
        'external docker run -d returned -> its row is painted as running',
        await runTimes(page, host, rounds * 2),
        { unit: 'ms', atMost: 150 },
      ),
    );
    const burst = await burstRepaints(page, host);
    add(bounded('repaints for a burst of 200 events', [burst], { unit: '', atMost: 5 }));
    const children = () =>
      [editor, bare].map(({ process }) => (extensionHosts(process.pid).map(ticks)[0]?.children ?? 0) * 10);
    const before = children();
    // The button shows when the mouse is on the view's header.
    await page.locator('.pane-header[aria-label^="Containers" i]').hover();
    for (let refresh = 0; refresh < 20; refresh++) await page.locator(refreshButton).click();
    const idle = await idleCost(editor.process.pid, bare.process.pid, proxy);
    add(
      compared(
        'CPU of the extension host in 20 s of idling, view open; beside one without Quayside',
        [idle.ours],
        [idle.bare],
        {
          unit: 'ms',
        },
      ),
    );
    add(bounded('bytes exchanged with the engine in the same time', [idle.bytes], { unit: '', atMost: 0 }));
    // VS Code's own extensions start processes now and then, so again beside an editor without Quayside.
    const [ours = 0, others = 0] = children().map((now, index) => now - (before[index] ?? 0));
    add(
      compared(
        'CPU of processes that the extension host started meanwhile, 20 refreshes included',
        [ours],
        [others],
        {
          unit: 'ms',
        },
      ),
    );
    await page.close();
    await editor.process.stop();

    /** @type {number[]} */
    const activations = [];
    for (const [count, limit, what] of /** @type {const} */ ([
      [300, 300, 'click on the view -> 300 rows are there'],
      [1000, 500, 'click on the view -> the first rows of 1,000 are painted'],
    ])) {
      await fill(host, count);
      const times = [];
      for (let round = 0; round < Math.min(rounds, 5); round++) {
        const fresh = await start(`fresh-${count}-${round}`);
        const window = await open(fresh.url);
        // Its start is over, and the view has not been shown yet.
        await window.locator('.statusbar-item', { hasText: `/${count}` }).waitFor();
        times.push(await firstPaint(window, count));
        activations.push(await activation(window));
        await window.close();
        await fresh.process.stop();
      }
      add(bounded(what, times, { unit: 'ms', atMost: limit }));
    }
    add(
      bounded('activation (loading the entry and `activate()`), as VS Code tells it', activations, {
        unit: 'ms',
        atMost: 50,
      }),
    );
    return rows;
  } finally {
    await browser.close();
    await editor.process.stop();
    await bare.process.stop();
    await proxy.down();
  }
}

/** @param {string} host */
async function removeAll(host) {
  const all = /** @type {{ Id: string }[]} */ (await api(host, 'GET', '/containers/json?all=1'));
  for (const { Id } of all) await api(host, 'DELETE', `/containers/${Id}?force=1`);
}

/** As many containers as that, none running. @param {string} host @param {number} count */
async function fill(host, count) {
  const there = /** @type {unknown[]} */ (await api(host, 'GET', '/containers/json?all=1')).length;
  for (let i = there; i < count; i++)
    await api(host, 'POST', `/containers/create?name=quayside-bench-${i}`, {
      json: { Image: image, Cmd: ['true'], Labels: labels },
    });
}

/** Time at which a row with all of these texts is painted, by the clock that page and bench share. @param {Page} page @param {string[]} texts @returns {Promise<number>} */
function painted(page, ...texts) {
  return page.evaluate(
    ([rows, wanted]) =>
      new Promise((/** @type {(time: number) => void} */ resolve) => {
        const look = () => {
          const found = [...document.querySelectorAll(rows)].some((row) =>
            wanted.every((text) => row.textContent.includes(text)),
          );
          if (found) resolve(Date.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    /** @type {[string, string[]]} */ ([rowOf, texts]),
  );
}

/** @param {Page} page @param {string} host @param {number} times */
async function runTimes(page, host, times) {
  const env = { ...process.env, DOCKER_HOST: host };
  const values = [];
  for (let round = -1; round < times; round++) {
    const name = `quayside-run-${round + 1}`;
    const seen = painted(page, name, 'Up ');
    await run('docker', ['run', '-d', '--init', '--name', name, image, 'sleep', '600'], { env });
    const returned = Date.now();
    const late = Math.max(0, (await seen) - returned);
    if (round >= 0) values.push(late);
    await run('docker', ['rm', '-f', name], { env });
    await until('the row to go', async () => (await page.locator(rowOf, { hasText: name }).count()) === 0);
    // The next is no part of this burst.
    await wait(1100);
  }
  return values;
}

/** From "Show Running Extensions"; ms. @param {Page} page */
async function activation(page) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill('>Developer: Show Running Extensions');
  await page.locator('.quick-input-list .monaco-list-row').first().click();
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Quayside' });
  const text = await row.locator('.activation-time').innerText();
  await page.keyboard.press('Control+F4');
  return Number(/(\d+)ms/.exec(text)?.[1]);
}

/** How often the rows change on screen while 8 containers, as many as fit on it, are paused and unpaused 25 times in all. @param {Page} page @param {string} host */
async function burstRepaints(page, host) {
  const env = { ...process.env, DOCKER_HOST: host };
  const names = Array.from({ length: 8 }, (_, index) => `quayside-burst-${index}`);
  for (const name of names)
    await run('docker', ['run', '-d', '--init', '--name', name, image, 'sleep', '600'], { env });
  await Promise.all(names.map((name) => painted(page, name)));
  // An age under a minute is repainted every second, which is no answer to an event.
  await wait(65_000);
  await page.evaluate((rows) => {
    const list = document.querySelector(rows)?.parentElement;
    const state = { repaints: 0, last: 0 };
    Object.assign(window, { quaysideBurst: state });
    if (!list) throw new Error('There is no list.');
    // Mutations of one repaint come within a frame or two.
    new MutationObserver(() => {
      const now = performance.now();
      if (now - state.last > 60) state.repaints++;
      state.last = now;
    }).observe(list, { subtree: true, childList: true, characterData: true });
  }, rowOf);
  const filter = encodeURIComponent(JSON.stringify({ name: ['quayside-burst-'] }));
  const all = /** @type {{ Id: string }[]} */ (await api(host, 'GET', `/containers/json?filters=${filter}`));
  for (let round = 0; round < 25; round++)
    await Promise.all(
      all.map(({ Id }) => api(host, 'POST', `/containers/${Id}/${round % 2 ? 'unpause' : 'pause'}`)),
    );
  await wait(3000);
  const { repaints } = await page.evaluate(() => /** @type {any} */ (window).quaysideBurst);
  await removeAll(host);
  return repaints;
}

/**
 * What two editors cost that nobody touches, at the same time.
 * @param {number} pid of the editor
 * @param {number} barePid of one without Quayside
 * @param {import('../rig/proxy.mjs').RigProxy} proxy
 */
async function idleCost(pid, barePid, proxy) {
  const hosts = [pid, barePid].map((one) => extensionHosts(one)[0] ?? 0);
  await wait(8000);
  const before = hosts.map(ticks);
  const bytes = proxy.bytes();
  await wait(20_000);
  const [ours = 0, bare = 0] = hosts.map((host, index) => (ticks(host).own - (before[index]?.own ?? 0)) * 10);
  return { ours, bare, bytes: proxy.bytes() - bytes };
}
