// What a person does with containers, in a real VS Code on a real engine: the run form, many at once, terminals.
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
import { extensionHosts, ticks } from './hostCpu.mjs';
import { bounded, compared, timed } from './measure.mjs';
import { besideEmpty, emptyWebview, firstPaint, frameOf } from './webview.mjs';

const image = 'quayside-bench/base:latest';
const labels = { 'dev.quayside.test': 'bench' };
const bytes = 100_000_000;

/** @typedef {import('./measure.mjs').Row} Row */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ host: string, page: Page, pid: number, hand: import('../rig/companion.mjs').Companion, rounds: number }} Bed */

/** @param {{ root: string, host: string, folder: string, rounds: number }} options @returns {Promise<Row[]>} */
export async function actionRows({ root, host, folder, rounds }) {
  const at = (/** @type {string} */ name) => path.join(folder, name);
  mkdirSync(at('home'), { recursive: true });
  await build({ outdir: at('dist'), guarded: false });
  cpSync(path.join(root, 'test/fixtures/example'), at('example'), { recursive: true });
  await loadImage(host, image, await busyboxImage());
  const socket = at('companion.sock');
  const editor = await startEditor({
    folder: at('editor'),
    workspace: at('example'),
    extensions: [
      stageExtension(root, at('dist'), at('quayside')),
      await buildCompanion(root, at('companion')),
    ],
    env: { HOME: at('home'), DOCKER_HOST: host, DOCKER_CONTEXT: undefined, QUAYSIDE_COMPANION: socket },
  });
  const browser = await startBrowser();
  const hand = companion(socket);
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(editor.url);
    await hand.ready();
    await page.locator('.activitybar a.action-label[aria-label^="Quayside"]').click();
    const bed = { host, page, hand, rounds, pid: editor.process.pid };
    const rows = [];
    for (const measure of [formRows, detailsRow, statsRow, bulkRows, outputRow]) {
      for (const row of await measure(bed)) {
        rows.push(row);
        say(`  ${row.what}: ${row.ours} beside ${row.theirs || row.goal}  ${row.ratio}`);
      }
    }
    return rows;
  } finally {
    await browser.close();
    await editor.process.stop();
  }
}

/** @param {Bed} bed @returns {Promise<Row[]>} */
async function formRows({ page, hand, rounds }) {
  const painted = [];
  const empty = [];
  const checked = [];
  for (let round = 0; round <= Math.min(rounds, 5); round++) {
    const began = Date.now();
    await hand.run('quayside.images.runForm', { id: image });
    const frame = frameOf(page);
    await frame.locator('#field-name').waitFor();
    const whole = (await firstPaint(page)) - began;
    if (round > 0) painted.push(whole);
    for (let key = 0; key < 5; key++) {
      const ms = await frame.locator('#field-name').evaluate(
        (input, text) =>
          new Promise((/** @type {(ms: number) => void} */ resolve) => {
            const line = /** @type {HTMLTextAreaElement} */ (document.querySelector('#line'));
            const field = /** @type {HTMLInputElement} */ (input);
            field.value = text;
            const began = performance.now();
            const look = () =>
              line.value.includes(`--name ${text} `) ? resolve(performance.now() - began) : setTimeout(look);
            field.dispatchEvent(new window.Event('input', { bubbles: true }));
            look();
          }),
        `name-${round}-${key}`,
      );
      if (round > 0) checked.push(ms);
    }
    await hand.run('workbench.action.closeAllEditors');
    const other = await emptyWebview(page, hand);
    if (round > 0) empty.push(other);
  }
  return [
    besideEmpty('run form: command -> it is painted', painted, empty, 250),
    bounded('run form: a key -> every field checked, the line in step', checked, { unit: 'ms', atMost: 16 }),
  ];
}

/** @param {Bed} bed @returns {Promise<Row[]>} */
async function detailsRow({ host, page, hand, rounds }) {
  const env = Array.from({ length: 50 }, (_, index) => `VARIABLE_${index}=value ${index}`);
  const json = { Image: image, Cmd: ['sleep', '600'], Labels: labels, Env: env, StopSignal: 'SIGKILL' };
  const { Id } = await api(host, 'POST', '/containers/create', { json });
  await api(host, 'POST', `/containers/${Id}/start`);
  const opened = [];
  const empty = [];
  for (let round = 0; round <= Math.min(rounds, 5); round++) {
    const began = Date.now();
    await hand.run('quayside.containers.details', { id: Id });
    const frame = frameOf(page);
    await frame.locator('.card[data-id=env]').waitFor();
    const whole = (await firstPaint(page)) - began;
    await hand.run('workbench.action.closeAllEditors');
    const other = await emptyWebview(page, hand);
    if (round === 0) continue;
    opened.push(whole);
    empty.push(other);
  }
  await api(host, 'DELETE', `/containers/${Id}?force=1`);
  return [besideEmpty('details panel: command -> it is painted', opened, empty, 250)];
}

/** What the panel of fifty containers costs the extension host, and so every other extension in it. @param {Bed} bed @returns {Promise<Row[]>} */
async function statsRow({ host, page, hand, pid }) {
  const seconds = 20;
  const json = { Image: image, Cmd: ['sleep', '600'], Labels: labels, StopSignal: 'SIGKILL' };
  const ids = await atOnce(Array.from({ length: 50 }), async () => {
    const { Id } = await api(host, 'POST', '/containers/create', { json });
    await api(host, 'POST', `/containers/${Id}/start`);
    return Id;
  });
  await hand.run(
    'quayside.containers.stats',
    ids.map((id) => ({ id })),
    { show: true },
  );
  const measured = async () => {
    const rows = await frameOf(page).locator('vscode-data-grid-row').allTextContents();
    return rows.filter((text) => /%.*%/.test(text)).length;
  };
  await until('numbers of all fifty', async () => (await measured()) === 50, { timeout: 60_000 });
  const [process = 0] = extensionHosts(pid);
  const before = ticks(process).own;
  await wait(seconds * 1000);
  const percent = (ticks(process).own - before) / seconds;
  await hand.run('workbench.action.closeAllEditors');
  await atOnce(ids, (id) => api(host, 'DELETE', `/containers/${id}?force=1`));
  return [
    bounded(
      'stats panel of 50 containers: processor of the extension host, 20 s',
      [Math.round(percent * 10) / 10],
      { unit: '% of a core', atMost: 5 },
    ),
  ];
}

/** @param {Bed} bed @returns {Promise<Row[]>} */
async function bulkRows({ host, hand }) {
  /** @type {{ what: string, ours: number[], theirs: number[] }[]} */
  const verbs = ['start', 'stop', 'remove'].map((what) => ({ what, ours: [], theirs: [] }));
  for (let round = 0; round < 3; round++) {
    for (const side of /** @type {const} */ (['ours', 'theirs'])) {
      const ids = await atOnce(Array.from({ length: 100 }), async () => {
        const json = { Image: image, Cmd: ['sleep', '600'], Labels: labels, StopSignal: 'SIGKILL' };
        return (await api(host, 'POST', '/containers/create', { json })).Id;
      });
      for (const verb of verbs)
        verb[side].push(
          await timed(() =>
            side === 'ours'
              ? hand.run(
                  `quayside.containers.${verb.what}`,
                  ids.map((id) => ({ id })),
                  {},
                )
              : atOnce(ids, (id) =>
                  verb.what === 'remove'
                    ? api(host, 'DELETE', `/containers/${id}`)
                    : api(host, 'POST', `/containers/${id}/${verb.what}`),
                ),
          ),
        );
    }
  }
  return verbs.map(({ what, ours, theirs }) =>
    compared(`${what} 100 containers; beside the engine itself, 8 at a time`, ours, theirs, {
      unit: 'ms',
      atMost: 1.2,
    }),
  );
}

/** @template T, R @param {readonly T[]} items @param {(item: T) => Promise<R>} work @returns {Promise<R[]>} */
async function atOnce(items, work) {
  /** @type {R[]} */
  const results = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return results;
}

/** The same output through our terminal, and through `docker exec -it` in a terminal of the same editor. @param {Bed} bed @returns {Promise<Row[]>} */
async function outputRow({ host, hand, page }) {
  const { Id } = await api(host, 'POST', '/containers/create', {
    json: { Image: image, Cmd: ['sleep', '6000'], Labels: labels, HostConfig: { Init: true } },
  });
  await api(host, 'POST', `/containers/${Id}/start`);
  const script = `yes 0123456789abcdefghijklmnopqrstuvwxyz | head -c ${bytes}; echo; echo all-''shown`;
  const shown = page.locator('.terminal-wrapper.active .xterm-rows', { hasText: 'all-shown' });
  const rate = async (/** @type {() => Promise<unknown>} */ begin) => {
    const ms = await timed(async () => {
      await begin();
      await shown.waitFor({ timeout: 300_000 });
    });
    await hand.run('workbench.action.terminal.killAll');
    await shown.waitFor({ state: 'detached' });
    return bytes / 1000 / ms;
  };
  const ours = [];
  const theirs = [];
  for (let round = 0; round < 2; round++) {
    ours.push(
      await rate(() => hand.run('quayside.containers.exec', { id: Id }, { command: ['sh', '-c', script] })),
    );
    theirs.push(
      await rate(async () => {
        await hand.run('workbench.action.terminal.new');
        await page.locator('.terminal-wrapper.active .xterm-rows').waitFor();
        const text = `docker exec -it ${Id.slice(0, 12)} sh -c "${script.replaceAll('"', '\\"')}"\r`;
        await hand.run('workbench.action.terminal.sendSequence', { text });
      }),
    );
  }
  await run('docker', ['rm', '-f', Id], { env: { ...process.env, DOCKER_HOST: host } });
  return [
    compared('100 MB through a terminal; beside docker exec in the same editor', ours, theirs, {
      unit: 'MB/s',
      atLeast: 0.5,
    }),
  ];
}
