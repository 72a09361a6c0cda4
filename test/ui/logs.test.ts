import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../scripts/rig/processes.mjs';
import { baseImage, behindProxy, docker, removeLabelled } from '../rig/engine';
import { quickInput } from './support/quickInput';
import { screenshot, webview } from './support/screen';
import { openWorkbench, type Workbench } from './support/workbench';

const LABEL = 'logs-ui';

let proxy: Awaited<ReturnType<typeof behindProxy>>;
let workbench: Workbench;
let image: string;

beforeAll(async () => {
  await removeLabelled(LABEL);
  image = await baseImage();
  proxy = await behindProxy();
  workbench = await openWorkbench({
    env: { DOCKER_HOST: proxy.host },
    settings: { 'files.simpleDialog.enable': true },
  });
});

afterAll(async () => {
  await workbench[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  await removeLabelled(LABEL);
});

async function run(name: string, command: string, ...options: string[]): Promise<string> {
  const args = ['--label', `dev.quayside.test=${LABEL}`, '--name', name, ...options, image];
  return (await docker('run', '-d', ...args, 'sh', '-c', command)).trim();
}

/** Writes to what a container's first process writes to. */
const says = (id: string, words: string, stream: 1 | 2 = 1) =>
  docker('exec', id, 'sh', '-c', `printf '%b\\n' "$1" > /proc/1/fd/${stream}`, 'sh', words);

function show(options: object, ...ids: string[]): Promise<unknown> {
  return workbench.companion.run(
    'quayside.containers.logs',
    ids.map((id) => ({ id })),
    options,
  );
}

const frame = () => webview(workbench.page);
const list = () => frame().getByRole('log');
const rows = () => frame().locator('.row');
/** The texts on screen, without what stands in front of them. */
const texts = () => frame().locator('.row > .text').allInnerTexts();
const fact = async (name: string) => Number(await frame().locator('main').getAttribute(`data-${name}`));
const status = () => frame().locator('footer');
const box = (label: string) => frame().getByRole('textbox', { name: label, exact: true });
const closeAll = () => workbench.companion.run('workbench.action.closeAllEditors');

test('one container is followed, over its restart, the loss of the engine, and its removal', async () => {
  const id = await run('qs-log-one', 'echo one; echo two >&2; trap "exit 3" TERM; while :; do sleep 0.1; done');
  await show({}, id);
  await expect.poll(texts).toEqual(['one', 'two']);
  expect(await rows().nth(1).getAttribute('class')).toContain('stderr');
  expect(await workbench.page.locator('.tab.active').innerText()).toBe('Logs: qs-log-one');
  await says(id, 'three');
  await expect.poll(texts).toEqual(['one', 'two', 'three']);

  await docker('stop', id);
  await expect.poll(async () => (await texts()).at(-1)).toMatch(/Stopped with exit code 3$/);
  expect(await frame().locator('.notices').innerText()).toBe('Not running');
  await docker('start', id);
  await expect.poll(async () => (await texts()).slice(-3)).toEqual([expect.stringMatching(/Started again$/), 'one', 'two']);
  expect(await frame().locator('.notices').innerText()).toBe('');

  await proxy.down();
  await expect.poll(() => frame().locator('.notices').innerText()).toMatch(/\S+/);
  await screenshot(workbench.page, 'logs-away');
  await says(id, 'meanwhile');
  await proxy.up();
  await expect.poll(async () => (await texts()).at(-1), { timeout: 20_000 }).toBe('meanwhile');
  expect((await texts()).filter((text) => text === 'one')).toHaveLength(2);

  // Cleared stays cleared, also when the engine comes again.
  await frame().getByRole('button', { name: 'Clear' }).click();
  await expect.poll(texts).toEqual([]);
  await says(id, 'after');
  await expect.poll(texts).toEqual(['after']);
  await proxy.down();
  await expect.poll(() => frame().locator('.notices').innerText()).toMatch(/\S+/);
  await proxy.up();
  await expect.poll(() => frame().locator('.notices').innerText(), { timeout: 20_000 }).toBe('');
  await says(id, 'again');
  await expect.poll(texts, { timeout: 20_000 }).toEqual(['after', 'again']);
  await frame().getByRole('button', { name: 'Show again' }).click();
  await expect.poll(async () => (await texts()).slice(0, 2)).toEqual(['one', 'two']);

  await docker('rm', '-f', id);
  await expect.poll(async () => (await texts()).at(-1)).toMatch(/was removed\.$/);
  expect(await frame().locator('.notices').innerText()).toBe('Removed');
  expect(workbench.console.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
  await closeAll();
});
