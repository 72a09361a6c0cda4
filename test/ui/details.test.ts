import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../scripts/rig/processes.mjs';
import { ask, baseImage, behindProxy, docker, removeLabelled } from '../rig/engine';
import { screenshot, webview } from './support/screen';
import { openQuayside, view } from './support/views';
import { themesOf } from './support/themes';
import { openWorkbench, type Workbench } from './support/workbench';

const LABEL = 'details-ui';
const HOSTILE = '<img src=x onerror="document.title=1">\u001b[31m\u202egnp';
/** The same, with what would act made visible. */
const HARMLESS = '<img src=x onerror="document.title=1">␛[31m⟨U+202E⟩gnp';
const TABS = ['Overview', 'Stats', 'Processes', 'Files Changed', 'Inspect'] as const;

let image: string;

beforeAll(async () => {
  await removeLabelled(LABEL);
  image = await baseImage();
});

afterAll(() => removeLabelled(LABEL));

/** A container whose maker put markup, colours and marks into everything that takes a text. */
async function hostile(name: string): Promise<{ id: string; port: number }> {
  const port = await freePort();
  const script = `mkdir '/tmp/${HOSTILE.replaceAll('/', '')}'; echo x > /tmp/made; rm /bin/vi; sleep 1000`;
  const args = [
    ...['--label', `dev.quayside.test=${LABEL}`, '--label', `evil=${HOSTILE}`, '--name', name],
    ...['--label', '<b>\u202ename=value', '-e', `GREETING=${HOSTILE}`, '-e', 'API_TOKEN=very-secret'],
    ...['-p', `127.0.0.1:${port}:80`, '--memory', '64m', '--cpus', '0.5'],
    ...['--health-cmd', `echo '${HOSTILE}'`, '--health-interval', '1s'],
  ];
  const id = await docker('run', '-d', ...args, image, 'sh', '-c', script);
  return { id: id.trim(), port };
}

const frame = ({ page }: Workbench) => webview(page);
const tab = (workbench: Workbench, name: string) => frame(workbench).getByRole('tab', { name, exact: true });
const card = (workbench: Workbench, id: string) => frame(workbench).locator(`.card[data-id=${id}]`);
const notice = (workbench: Workbench) => frame(workbench).locator('body > .notice');
const clipboard = ({ page }: Workbench) => page.evaluate(() => navigator.clipboard.readText());

/** Nothing of what a container says has become an element or has run. */
async function nothingRan(workbench: Workbench): Promise<void> {
  expect(await frame(workbench).locator('img').count()).toBe(0);
  const title = await frame(workbench)
    .locator('body')
    .evaluate(() => document.title);
  expect(title).not.toBe('1');
  expect(workbench.console.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
}

test.for(themesOf('light'))('every tab of a hostile container, in %s', async (theme) => {
  const { id, port } = await hostile(`qs-details-${theme}`);
  await using workbench = await openWorkbench({ theme });
  const { page } = workbench;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const shot = (name: string) => screenshot(page, `details/${theme}/${name}`);
  await openQuayside(page);
  await view(page, 'Containers').choose(`qs-details-${theme}`, 'Show Details');
  const panel = frame(workbench);
  await expect.poll(() => panel.locator('h1').innerText()).toBe(`qs-details-${theme}`);

  // Overview: what the engine says, harmless; a secret only when it is asked for.
  const env = card(workbench, 'env');
  await expect.poll(() => env.innerText()).toContain(`GREETING\n${HARMLESS}`);
  expect(await card(workbench, 'labels').innerText()).toContain('<b>⟨U+202E⟩name\nvalue');
  expect(await card(workbench, 'limits').innerText()).toMatch(/Memory\s+64MiB[^]*CPUs\s+0.5/);
  const link = card(workbench, 'ports').locator('a');
  expect(await link.getAttribute('href')).toBe(`http://localhost:${port}`);
  await expect.poll(() => card(workbench, 'health').innerText()).toContain(`exit code 0\n${HARMLESS}`);
  expect(await panel.locator('html').innerHTML()).not.toContain('very-secret');
  await shot('overview');
  await env.getByRole('button', { name: 'Show: API_TOKEN' }).click();
  await expect.poll(() => env.innerText()).toContain('API_TOKEN\nvery-secret');
  await env.getByRole('button', { name: 'Hide: API_TOKEN' }).click();
  expect(await panel.locator('html').innerHTML()).not.toContain('very-secret');

  // The arrow keys go from tab to tab, and round.
  await tab(workbench, 'Overview').focus();
  for (const name of [...TABS.slice(1), TABS[0]]) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => tab(workbench, name).getAttribute('aria-selected')).toBe('true');
  }

  await tab(workbench, 'Stats').click();
  const cpu = panel.locator('.tile.cpu dd').first();
  await expect.poll(() => cpu.textContent()).toMatch(/%$/);
  await docker('restart', '-t', '0', id);
  await expect.poll(() => panel.locator('.events').innerText()).toMatch(/exit code 137/);
  const chart = panel.locator('.chart').first();
  await expect.poll(async () => Number(await chart.getAttribute('data-marks'))).toBeGreaterThan(0);
  await panel.getByRole('button', { name: 'Pause', exact: true }).click();
  await panel.getByRole('button', { name: 'Continue', exact: true }).waitFor();
  const held = await chart.getAttribute('data-to');
  await docker('exec', id, 'true');
  expect(await chart.getAttribute('data-to')).toBe(held);
  await panel.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect.poll(() => chart.getAttribute('data-to')).not.toBe(held);
  await panel.getByLabel('Shown').selectOption('15');
  await shot('stats');

  await tab(workbench, 'Processes').click();
  const rows = panel.locator('vscode-data-grid-row:not([row-type=sticky-header])');
  await expect.poll(() => rows.allInnerTexts()).toContainEqual(expect.stringContaining('sleep 1000'));
  const heading = panel.locator('vscode-data-grid-cell[cell-type=columnheader]', { hasText: /^\s*RSS\s*$/ });
  await heading.click();
  expect(await heading.getAttribute('aria-sort')).toBe('descending');
  await docker('exec', '-d', id, 'sleep', '4321');
  await expect.poll(() => rows.allInnerTexts()).toContainEqual(expect.stringContaining('sleep 4321'));
  await shot('processes');

  await tab(workbench, 'Files Changed').click();
  const item = (name: string) =>
    panel
      .locator('#panel-changes [role=treeitem]')
      .filter({ has: panel.locator(':scope > .row', { hasText: name }) });
  await item('made').last().waitFor();
  await expect.poll(() => panel.locator('#panel-changes').innerText()).toContain(HARMLESS);
  await shot('changes');
  await item('tmp').first().locator('> .row').click();
  await expect.poll(() => item('made').count()).toBe(0);

  await tab(workbench, 'Inspect').click();
  await panel.getByPlaceholder('Search names and values').fill('API_TOKEN');
  const current = panel.locator('#panel-inspect .current > .row');
  await expect.poll(() => current.innerText()).toContain('"API_TOKEN=***"');
  await current.getByRole('button', { name: 'Copy Path' }).click();
  await expect.poll(() => clipboard(workbench)).toMatch(/^Config\.Env\[\d+\]$/);
  await current.getByRole('button', { name: 'Copy Value' }).click();
  await expect.poll(() => clipboard(workbench)).toBe('API_TOKEN=very-secret');
  await current.getByRole('button', { name: 'Show' }).click();
  await expect.poll(() => current.innerText()).toContain('API_TOKEN=very-secret');
  await panel.getByPlaceholder('Search names and values').fill('gnp');
  await expect.poll(() => current.innerText()).toContain('\\u001b[31m⟨U+202E⟩gnp');
  await shot('inspect');
  await nothingRan(workbench);
  await panel.getByRole('button', { name: 'Open as JSON Document' }).click();
  await expect.poll(() => page.locator('.tab.active').innerText()).toContain('.json');
});

test('restarted, renamed, stopped, the engine away, removed: said at the top, and it goes on', async () => {
  const { id } = await hostile('qs-details-life');
  await using proxy = await behindProxy();
  await using workbench = await openWorkbench({ env: { DOCKER_HOST: proxy.host } });
  const { companion, page } = workbench;
  expect(await companion.run('quayside.containers.details', [{ id: 'qs-details-life' }], {})).toEqual([
    { id },
  ]);
  const state = card(workbench, 'state');
  await expect.poll(() => state.innerText()).toMatch(/State\s+Running/);
  expect(await notice(workbench).textContent()).toBe('');

  await docker('rename', id, 'qs-details-renamed');
  await expect.poll(() => frame(workbench).locator('h1').innerText()).toBe('qs-details-renamed');
  await expect.poll(() => page.locator('.tab.active').innerText()).toContain('qs-details-renamed');
  await docker('stop', '-t', '0', id);
  await expect.poll(() => notice(workbench).textContent()).toMatch(/^Not running since .*137\./);
  await expect.poll(() => state.innerText()).toMatch(/Exit code\s+137/);
  await tab(workbench, 'Processes').click();
  await expect.poll(() => frame(workbench).locator('#panel-processes').innerText()).toMatch(/not running/);
  await docker('start', id);
  await expect.poll(() => notice(workbench).textContent()).toBe('');
  await expect.poll(() => frame(workbench).locator('#panel-processes').innerText()).toContain('sleep 1000');

  await proxy.down();
  await expect.poll(() => notice(workbench).textContent()).toMatch(/when the engine is back\.$/);
  await screenshot(page, 'details/away');
  await tab(workbench, 'Overview').click();
  await proxy.up();
  await expect.poll(() => notice(workbench).textContent()).toBe('');
  await docker('update', '--memory', '128m', '--memory-swap', '256m', id);
  await expect.poll(() => card(workbench, 'limits').innerText()).toContain('128MiB');

  // Another panel in front: what was measured is still there when it comes back, on the same tab.
  await tab(workbench, 'Stats').click();
  await expect.poll(() => frame(workbench).locator('.events').innerText()).toContain('Started');
  const cpu = () => frame(workbench).locator('.tile.cpu dd').first().textContent();
  await expect.poll(cpu).toMatch(/%$/);
  await companion.run('workbench.action.closeAllEditors');
  await companion.run('quayside.containers.details', { id }, { tab: 'stats' });
  // What was measured before, and, set apart from it, what is now.
  const pieces = async () =>
    Number(await frame(workbench).locator('.chart').first().getAttribute('data-pieces'));
  await expect.poll(pieces).toBeGreaterThan(1);
  await expect.poll(() => frame(workbench).locator('.events').innerText()).toContain('exit code 137');
  await frame(workbench).getByRole('button', { name: 'Export as CSV' }).click();
  await expect
    .poll(() => page.locator('.editor-instance .view-lines').innerText())
    .toMatch(/time,cpuPercent/);
  await companion.run('workbench.action.revertAndCloseActiveEditor');
  await ask('DELETE', `/containers/${id}?force=1`);
  await expect.poll(() => notice(workbench).textContent()).toMatch(/was removed/);
  await screenshot(page, 'details/removed');
});
