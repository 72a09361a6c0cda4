// The logs panel with a million lines in it, in a real VS Code on a real engine.
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from '../../esbuild.mjs';
import { startBrowser } from '../rig/browser.mjs';
import { buildCompanion, companion } from '../rig/companion.mjs';
import { stageExtension, startEditor } from '../rig/editor.mjs';
import { api } from '../rig/engineApi.mjs';
import { busyboxImage, loadImage } from '../rig/images.mjs';
import { run, until } from '../rig/processes.mjs';
import { say } from '../rig/say.mjs';
import { bounded } from './measure.mjs';
import { besideEmpty, emptyWebview } from './webview.mjs';

const image = 'quayside-bench/base:latest';
const LINES = 1_000_000;
/** 150 bytes a line, with what is looked for in one of a thousand. */
const MILLION = `awk 'BEGIN { pad = sprintf("%100s", ""); gsub(/ /, "x", pad); for (i = 0; i < ${LINES}; i++) printf "INFO request %07d %s %s\\n", i, pad, (i % 1000 ? "served quickly here" : "needle in the stack") }'; exec sleep 3600`;
/** 20,000 lines/s, in bursts of a tenth of a second. */
const FAST = `awk 'BEGIN { for (;;) { for (i = 0; i < 2000; i++) printf "fast %d of them, as long as lines are\\n", n++; fflush(); system("sleep 0.1") } }'`;

/**
 * @param {object} options
 * @param {string} options.root the checkout
 * @param {string} options.host the engine's, which is ours alone
 * @param {string} options.folder for files
 * @param {number} options.rounds
 * @returns {Promise<import('./measure.mjs').Row[]>}
 */
export async function logRows({ root, host, folder, rounds }) {
  const at = (/** @type {string} */ name) => path.join(folder, name);
  mkdirSync(at('home'), { recursive: true });
  await build({ outdir: at('dist'), guarded: false });
  const quayside = stageExtension(root, at('dist'), at('quayside'));
  const hand = await buildCompanion(root, at('companion'));
  cpSync(path.join(root, 'test/fixtures/example'), at('example'), { recursive: true });
  await loadImage(host, image, await busyboxImage());
  const env = { ...process.env, DOCKER_HOST: host };
  const start = async (/** @type {string} */ script) =>
    (
      await run(
        'docker',
        ['run', '-d', '--init', '--label', 'dev.quayside.test=bench', image, 'sh', '-c', script],
        { env },
      )
    ).trim();
  const id = await start(MILLION);
  await until(
    'a million lines',
    async () =>
      (await run('docker', ['logs', '--tail', '1', id], { env })).includes(
        `request ${String(LINES - 1).padStart(7, '0')}`,
      ),
    { timeout: 300_000, every: 1000 },
  );
  const socket = at('companion.sock');
  const editor = await startEditor({
    folder: at('editor'),
    workspace: at('example'),
    extensions: [quayside, hand],
    env: {
      HOME: at('home'),
      DOCKER_CONFIG: at('home/.docker'),
      DOCKER_HOST: host,
      DOCKER_CONTEXT: undefined,
      QUAYSIDE_COMPANION: socket,
    },
  });
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  /** @type {import('./measure.mjs').Row[]} */
  const rows = [];
  const add = (/** @type {import('./measure.mjs').Row} */ row) => {
    rows.push(row);
    say(`  ${row.what}: ${row.ours} (${row.goal})`);
  };
  try {
    await page.goto(editor.url);
    await page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: 60_000 });
    const remote = companion(socket);
    await remote.ready();
    const show = (/** @type {object} */ options, /** @type {string} */ one = id) =>
      remote.run('quayside.containers.logs', { id: one }, options);
    const frame = () =>
      page.locator('iframe.webview.ready').last().contentFrame().frameLocator('iframe#active-frame');
    const main = () => frame().locator('main');
    const fact = async (/** @type {string} */ name) => Number(await main().getAttribute(`data-${name}`));
    const closeAll = () => remote.run('workbench.action.closeAllEditors');

    const opened = [];
    const empty = [];
    for (let round = 0; round <= Math.min(rounds, 5); round++) {
      // What the editor has to clean up of the one before is over.
      await wait(2000);
      const began = Date.now();
      await show({});
      await frame()
        .locator('.row', { hasText: `request ${String(LINES - 1).padStart(7, '0')}` })
        .waitFor();
      if (round > 0) opened.push((await fact('painted')) - began);
      await closeAll();
      const other = await emptyWebview(page, remote);
      if (round > 0) empty.push(other);
    }
    add(
      besideEmpty(
        'logs of 1,000,000 lines (150 MB): command -> the last screen is there',
        opened,
        empty,
        300,
      ),
    );

    const began = performance.now();
    await show({ tail: 'all' });
    await until(
      'all lines',
      async () =>
        (await fact('lines')) >= LINES * 0.98 &&
        (await frame()
          .locator('.top')
          .innerText()
          .catch(() => '')) !== 'Reading older lines…',
      { timeout: 240_000, every: 500 },
    );
    say(`  all of them were there after ${Math.round(performance.now() - began)} ms`);

    const filtered = [];
    for (const word of ['needle', 'NEEDLE in', 'stack', 'needle in the', 'le in'].slice(
      0,
      Math.max(1, Math.min(rounds, 5)),
    )) {
      filtered.push(await main().evaluate(filterTime, word));
      await main().evaluate(filterTime, '');
    }
    add(
      bounded('key -> only the 1,000 of them with a text are shown', filtered, { unit: 'ms', atMost: 500 }),
    );

    const frames = await main().evaluate(scrollFrames);
    add({
      ...bounded('frames/s while all of it is scrolled through', [Math.round(frames)], {
        unit: '',
        atMost: 0,
      }),
      goal: '>= 50',
      reached: frames >= 50,
    });

    const [lines, heaped] = [await fact('weight'), await main().evaluate(heap)];
    say(`  lines ${Math.round(lines / 1e6)} MB, heap ${Math.round(heaped / 1e6)} MB`);
    const memory = [Math.round(heaped / 1e6)];
    add(bounded('memory of the page with its lines', memory, { unit: 'MB', atMost: 250 }));
    await closeAll();

    const fast = await start(FAST);
    await show({}, fast);
    await wait(10_000);
    const behind = [];
    for (let round = 0; round < 3; round++) {
      const before = await lastNumber(frame());
      const at0 = performance.now();
      await wait(2000);
      const rate = ((await lastNumber(frame())) - before) / ((performance.now() - at0) / 1000);
      say(`  followed at ${Math.round(rate)} lines/s`);
      const shown = await lastNumber(frame());
      const written = Number(
        /fast (\d+)/.exec(await run('docker', ['logs', '--tail', '1', fast], { env }))?.[1],
      );
      behind.push(Math.max(0, written - shown));
    }
    add(
      bounded('20,000 lines/s: lines that are written and not shown yet', behind, {
        unit: 'lines',
        atMost: 10_000,
      }),
    );
    await closeAll();
    return rows;
  } finally {
    await browser.close();
    await editor.process.stop();
    for (const { Id } of /** @type {{ Id: string }[]} */ (await api(host, 'GET', '/containers/json?all=1')))
      await api(host, 'DELETE', `/containers/${Id}?force=1`);
  }
}

/** @param {import('playwright-core').FrameLocator} frame @returns {Promise<number>} */
async function lastNumber(frame) {
  return Number(/fast (\d+)/.exec(await frame.locator('.row > .text').last().innerText())?.[1]);
}

/** ms from the key to a count of rows that is another. @param {SVGElement | HTMLElement} main @param {string} word */
function filterTime(main, word) {
  const input = /** @type {HTMLInputElement} */ (main.querySelector('.box[aria-label="Filter"] input'));
  return new Promise((/** @type {(time: number) => void} */ resolve) => {
    const began = performance.now();
    const wanted =
      word === ''
        ? (/** @type {number} */ rows) => rows > 900_000
        : (/** @type {number} */ rows) => rows > 0 && rows < 1100;
    const space = /** @type {HTMLElement} */ (main.querySelector('.space'));
    const look = () => {
      if (
        wanted(
          Math.round(
            space.offsetHeight / Number(/** @type {HTMLElement} */ (main.querySelector('.row')).offsetHeight),
          ),
        )
      )
        resolve(performance.now() - began);
      else requestAnimationFrame(look);
    };
    input.value = word;
    input.dispatchEvent(new /** @type {any} */ (window).Event('input'));
    look();
  });
}

/** Frames per second over 3 s in which a new part comes with every frame. @param {SVGElement | HTMLElement} main */
function scrollFrames(main) {
  const list = /** @type {HTMLElement} */ (main.querySelector('.list'));
  return new Promise((/** @type {(frames: number) => void} */ resolve) => {
    const began = performance.now();
    let frames = 0;
    const step = () => {
      const passed = performance.now() - began;
      if (passed > 3000) return resolve((frames / passed) * 1000);
      frames++;
      list.scrollTop = list.scrollHeight * (1 - passed / 3000);
      requestAnimationFrame(step);
    };
    step();
  });
}

/** Bytes. */
function heap() {
  return /** @type {any} */ (performance).memory.usedJSHeapSize;
}
