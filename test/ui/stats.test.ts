import net from 'node:net';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../scripts/rig/processes.mjs';
import { baseImage, behindProxy, docker, removeLabelled } from '../rig/engine';
import { screenshot, webview } from './support/screen';
import { openWorkbench, type Workbench } from './support/workbench';

const LABEL = 'stats-ui';
/** Busy, within the limits it is given. */
const BUSY = 'while :; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; sleep 0.1; done';

let proxy: Awaited<ReturnType<typeof behindProxy>>;
let streams: Awaited<ReturnType<typeof countStreams>>;
let workbench: Workbench;
let image: string;

beforeAll(async () => {
  await removeLabelled(LABEL);
  image = await baseImage();
  proxy = await behindProxy();
  streams = await countStreams(proxy.host.replace('unix://', ''));
  workbench = await openWorkbench({ env: { DOCKER_HOST: streams.host } });
});

afterAll(async () => {
  await workbench[Symbol.asyncDispose]();
  streams.close();
  await proxy[Symbol.asyncDispose]();
  await removeLabelled(LABEL);
});

/** A way to the engine that knows how many streams of samples are open on it. */
async function countStreams(to: string) {
  const open = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect(to);
    client.on('data', (data) => {
      if (/^GET \S+\/stats\?\S*stream=(true|1)/.test(data.toString('latin1'))) open.add(client);
    });
    // A stream that the engine ends leaves its connection open, for the next request.
    upstream.on('data', (data) => {
      if (data.toString('latin1').endsWith('0\r\n\r\n')) open.delete(client);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => (open.delete(one), other.destroy()));
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return { host: `tcp://127.0.0.1:${port}`, open: () => open.size, close: () => server.close() };
}

async function run(name: string, command: string, ...options: string[]): Promise<string> {
  const args = ['--label', `dev.quayside.test=${LABEL}`, '--name', name, ...options, image];
  return (await docker('run', '-d', ...args, 'sh', '-c', command)).trim();
}

/** Opens the panel as the command does for other extensions; resolves with what it answers. */
function show(...ids: string[]): Promise<unknown> {
  const targets = ids.map((id) => ({ id }));
  return workbench.companion.run('quayside.containers.stats', targets, { show: true });
}

const frame = () => webview(workbench.page);
const tile = (id: string) => frame().locator(`.tile.${id} dd`);
const notice = () => frame().locator('section .notice');
const closeAll = () => workbench.companion.run('workbench.action.closeAllEditors');

/** How many pieces the line of processor use has; each interruption begins one. */
async function pieces(): Promise<number> {
  return Number(await frame().locator('.chart').first().getAttribute('data-pieces'));
}

/** Until the chart has this many pieces and numbers are shown. */
async function measured(count: number): Promise<void> {
  await until(`${count} pieces of a line`, async () => (await pieces()) === count);
  await expect.poll(() => tile('cpu').first().textContent()).toMatch(/%$/);
}

test('one container: its numbers agree with its limits and each other, and its page with its own policy', async () => {
  const id = await run('qs-busy', BUSY, '--cpus', '0.5', '--memory', '64m');
  const answer = await show(id);
  expect(await frame().locator('h1').innerText()).toBe('qs-busy');
  await measured(1);

  expect(answer).toMatchObject([{ id, memoryLimit: 64 * 1024 ** 2 }]);
  expect(await tile('memory').first().textContent()).toMatch(/^[\d.]+(KiB|MiB) \/ 64MiB$/);
  expect(await tile('pids').first().textContent()).toMatch(/^[12]$/);
  expect(await tile('network').first().textContent()).toMatch(/B\/s received\s[\d.]+k?B\/s sent$/);

  // Cores, percent of one core and percent of the limit, read at once, are the same measure.
  const [percent = '', note = ''] = await frame().locator('.tile.cpu dd').allTextContents();
  const [cores, ofLimit] = note.match(/[\d.]+/g) ?? [];
  expect(Number(cores)).toBeCloseTo(parseFloat(percent) / 100, 1);
  expect(Number(ofLimit)).toBeCloseTo(2 * parseFloat(percent), 1);
  expect(parseFloat(percent)).toBeGreaterThan(1);

  const spoken = await frame().locator('.chart .frame').first().getAttribute('aria-label');
  expect(spoken).toMatch(/^CPU.* [\d.]+% at the end, lowest [\d.]+%, highest [\d.]+%\.$/);
  expect(workbench.console.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
  await screenshot(workbench.page, 'stats-one');
  await closeAll();
});

test('stopped, started, removed: said in words, a gap and no zeros, the history stays', async () => {
  const id = await run('qs-life', BUSY);
  await show(id);
  await measured(1);
  await docker('stop', '-t', '0', id);
  await expect.poll(() => notice().textContent()).toMatch(/^Not running since .*137\./);
  expect(await tile('cpu').first().textContent()).toBe('–');
  expect(await pieces()).toBe(1);
  await docker('start', id);
  await measured(2);
  expect(await notice().textContent()).toBe('');
  await docker('rename', id, 'qs-renamed');
  await expect.poll(() => frame().locator('h1').innerText()).toBe('qs-renamed');
  expect(await workbench.page.locator('.tab.active').innerText()).toBe('Stats: qs-renamed');
  await docker('rm', '-f', id);
  await expect.poll(() => notice().textContent()).toMatch(/removed/);
  expect(await frame().locator('header .badge').innerText()).toBe('Removed');
  expect(await pieces()).toBe(2);
  await screenshot(workbench.page, 'stats-removed');
  await closeAll();
});

/** All in each chart, one less, and a part of the time that all charts show until it is double-clicked. */
async function compareAndZoom(row: Locator): Promise<void> {
  const compare = frame().getByRole('button', { name: 'Compare' });
  const charts = frame().locator('section[aria-label="Compare"] .chart');
  await compare.click();
  const names = () => charts.first().locator('.key').allTextContents();
  await expect.poll(async () => (await names()).join()).toMatch(/^qs-c-host [^,]*%.*qs-a-idle.*%/);
  expect(await names()).toHaveLength(3);
  await row.click();
  await expect.poll(async () => (await names()).length).toBe(2);

  const span = async (index: number) => {
    const { from = '', to = '' } = await charts
      .nth(index)
      .evaluate((chart) => Object.fromEntries(Object.entries((chart as HTMLElement).dataset)));
    return Number(to) - Number(from);
  };
  const before = await span(0);
  const over = (await charts.first().locator('.u-over').boundingBox()) ?? expect.fail('no chart');
  const { mouse } = workbench.page;
  await mouse.move(over.x + over.width * 0.6, over.y + 40);
  await mouse.down();
  await mouse.move(over.x + over.width * 0.8, over.y + 40, { steps: 4 });
  await screenshot(workbench.page, 'stats-zooming');
  await mouse.up();
  await expect.poll(() => span(0)).toBeLessThan(before * 0.3);
  expect(await span(3)).toBe(await span(0));
  await screenshot(workbench.page, 'stats-compare');
  await mouse.dblclick(over.x + over.width / 2, over.y + 40);
  await expect.poll(() => span(0)).toBeGreaterThanOrEqual(before);
  await compare.click();
}

test('several containers: a table that sorts and selects by mouse and keyboard, and remembers it', async () => {
  const busy = await run('qs-b-busy', BUSY);
  const host = await run('qs-c-host', 'sleep 1000', '--network', 'host');
  const idle = await run('qs-a-idle', 'sleep 1000');
  await show(busy, host, idle);
  const rows = frame().locator('vscode-data-grid-row:not([row-type=sticky-header])');
  const names = () => rows.locator('vscode-data-grid-cell:first-child').allTextContents();
  await expect.poll(names).toEqual(['qs-a-idle', 'qs-b-busy', 'qs-c-host']);
  expect(await frame().locator('h1').innerText()).toBe('qs-a-idle');
  await expect.poll(() => rows.nth(1).innerText()).toMatch(/Running[^–]*%[^–]*$/);

  const cells = () => rows.first().locator('vscode-data-grid-cell').allTextContents();
  const format = '{{.MemUsage}};{{.MemPerc}};{{.NetIO}};{{.BlockIO}};{{.PIDs}}';
  const cli = async () => (await docker('stats', '--no-stream', '--format', format, idle)).trim();
  // Other traffic of the network may come between the two.
  await until('the row to be what docker stats says', async () => {
    const said = await cli();
    return said === (await cells()).slice(3).join(';');
  });

  const heading = frame().locator('vscode-data-grid-cell[cell-type=columnheader]', {
    hasText: /^\s*CPU\s*$/,
  });
  await heading.click();
  expect(await heading.getAttribute('aria-sort')).toBe('descending');
  await expect.poll(async () => (await names())[0]).toBe('qs-b-busy');

  await heading.press('ArrowDown');
  await workbench.page.keyboard.press('Enter');
  await expect.poll(() => frame().locator('h1').innerText()).toBe('qs-b-busy');
  await rows.filter({ hasText: 'qs-c-host' }).click();
  await expect.poll(() => tile('network').first().textContent()).toBe('n/a');
  await screenshot(workbench.page, 'stats-table');

  await compareAndZoom(rows.filter({ hasText: 'qs-c-host' }));
  await rows.filter({ hasText: 'qs-c-host' }).click();

  // A hidden panel is thrown away by the editor; only what is needed runs, and what was chosen comes back.
  await expect.poll(streams.open).toBe(3);
  await workbench.companion.run('workbench.action.files.newUntitledFile');
  const hidden = performance.now();
  await until('no stream to be open', () => streams.open() === 0, { every: 10 });
  expect(performance.now() - hidden).toBeLessThan(1000);
  await workbench.companion.run('workbench.action.previousEditor');
  await expect.poll(() => frame().locator('h1').innerText()).toBe('qs-c-host');
  expect(await heading.getAttribute('aria-sort')).toBe('descending');
  await measured(2);

  await show(idle, busy, host);
  expect(await workbench.page.locator('.tab', { hasText: 'Stats' }).count()).toBe(1);
  await closeAll();
  await until('no stream to be open', () => streams.open() === 0, { timeout: 1000 });
});

test('the engine goes away and comes back: said, nothing shown as of now, and it goes on', async () => {
  const id = await run('qs-away', BUSY);
  await show(id);
  await measured(1);
  await proxy.down();
  await expect.poll(() => notice().textContent()).toMatch(/engine is back\.$/);
  expect(await tile('cpu').first().textContent()).toBe('–');
  await screenshot(workbench.page, 'stats-away');
  await proxy.up();
  await measured(2);
  expect(await notice().textContent()).toBe('');
  await closeAll();
});
