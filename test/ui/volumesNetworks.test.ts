import { afterEach, expect, test } from 'vitest';
import { ask, baseImage, docker, removeLabelled } from '../rig/engine';
import { answerDialog, chooseFromMenu, menuItems, notification } from './support/menus';
import { screenshot } from './support/screen';
import { openQuayside, view } from './support/views';
import { themesOf } from './support/themes';
import { openWorkbench } from './support/workbench';

const LABEL = 'volumes-ui';
const mine = ['--label', `dev.quayside.test=${LABEL}`];

afterEach(async () => {
  await removeLabelled(LABEL);
  // What is made by the questions has no label.
  await ask('DELETE', '/networks/ui-net').catch(() => undefined);
});

async function start(name: string, ...options: string[]): Promise<void> {
  await docker('run', '-d', '--name', name, ...mine, ...options, await baseImage(), 'sleep', '600');
}

const there = (where: string): Promise<boolean> =>
  ask('GET', where).then(
    () => true,
    () => false,
  );

test.each(themesOf('dark'))('volumes, as live as containers (%s)', async (theme) => {
  await docker('volume', 'create', ...mine, '--label', 'com.docker.compose.project=shop', 'shop_db');
  await docker('volume', 'create', ...mine, 'ui-data');
  await start('ui-web', '-v', 'ui-data:/srv:ro', '-v', 'shop_db:/var/lib/db');
  await using workbench = await openWorkbench({ theme });
  const { page } = workbench;
  await openQuayside(page);
  for (const other of ['Containers', 'Images']) await view(page, other).header.click();
  const tree = view(page, 'Volumes');
  await tree.expand();
  await tree.row('ui-data').waitFor();
  const shown = await tree.rows();
  expect(shown.map(({ label, level }) => [label, level])).toEqual([
    ['shop', 1],
    ['shop_db', 2],
    ['Individual Volumes', 1],
    ['ui-data', 2],
  ]);
  await tree.open('ui-data');
  await expect
    .poll(async () => (await tree.rows()).find(({ level }) => level === 3))
    .toMatchObject({ label: 'ui-web', description: '/srv · read-only' });

  await tree.pressTitle('Create');
  const input = page.locator('.quick-input-box input');
  const answer = async (text: string, title: string): Promise<void> => {
    await page.locator('.quick-input-title', { hasText: title }).waitFor();
    await input.fill(text);
    await page.keyboard.press('Enter');
  };
  await answer('ui-made', 'Name of the new volume');
  await answer('type=tmpfs device=tmpfs o=size=1m', 'Driver options');
  await tree.row('ui-made').waitFor();
  expect(await ask('GET', '/volumes/ui-made')).toMatchObject({ Options: { type: 'tmpfs', o: 'size=1m' } });
  await ask('DELETE', '/volumes/ui-made');
  await tree.row('ui-made').waitFor({ state: 'detached' });

  // What is made and removed elsewhere is seen here.
  await docker('volume', 'create', ...mine, 'ui-late');
  await tree.row('ui-late').waitFor();
  await docker('volume', 'rm', 'ui-late');
  await tree.row('ui-late').waitFor({ state: 'detached' });
  await docker('rm', '-f', 'ui-web');
  await expect
    .poll(async () => (await tree.rows()).find(({ label }) => label === 'ui-data'))
    .toMatchObject({ expanded: undefined, description: expect.not.stringContaining('used') as string });

  await start('ui-writer', '-v', 'ui-data:/srv');
  await docker('exec', 'ui-writer', 'sh', '-c', 'dd if=/dev/zero of=/srv/x bs=1000 count=77 2>/dev/null');
  await tree.row('ui-writer').waitFor();
  await tree.choose('ui-data', 'Show Sizes');
  await expect
    .poll(async () => (await tree.rows()).find(({ label }) => label === 'ui-data')?.description)
    .toMatch(/^77kB · .*used by ui-writer$/);
  expect(await tree.hover('ui-data')).toMatch(/Driver: local[\s\S]*ui-writer/);
  await screenshot(page, `volumes-${theme}`);

  await tree.row('ui-data').click({ button: 'right' });
  expect(await menuItems(page)).toEqual(
    expect.arrayContaining(['Browse…', 'Back Up to Tar…', 'Clone…', 'Empty…', 'Remove…']),
  );
  await screenshot(page, `volumes-menu-${theme}`);
  await chooseFromMenu(page, 'Clone…');
  await page.locator('.quick-input-box input').fill('ui-data-copy');
  await page.keyboard.press('Enter');
  await tree.row('ui-data-copy').waitFor();
  expect(await notification(page, 'ui-data-copy').said()).toContain('77kB');

  await tree.row('ui-data-copy').click();
  await page.locator('.monaco-list:focus-within .monaco-list-row.selected').waitFor();
  await page.keyboard.press('Delete');
  expect(await answerDialog(page, 'Remove')).toContain('ui-data-copy');
  await tree.row('ui-data-copy').waitFor({ state: 'detached' });
  expect(await there('/volumes/ui-data-copy')).toBe(false);
});

test.each(themesOf('light'))('networks: made, joined and left by mouse and keyboard (%s)', async (theme) => {
  await start('ui-web');
  await using workbench = await openWorkbench({ theme });
  const { page } = workbench;
  await openQuayside(page);
  for (const other of ['Containers', 'Images']) await view(page, other).header.click();
  const tree = view(page, 'Networks');
  await tree.expand();
  await tree.row('bridge').waitFor();
  const rows = await tree.rows();
  expect(rows.map(({ label }) => label)).toEqual(['bridge', 'host', 'none']);
  for (const { description } of rows) expect(description).toMatch(/ · system$/);
  await tree.row('bridge').click({ button: 'right' });
  expect(await menuItems(page)).not.toContain('Remove…');
  await page.keyboard.press('Escape');

  await tree.pressTitle('Create');
  const input = page.locator('.quick-input-box input');
  const answer = async (text: string, title: string): Promise<void> => {
    await page.locator('.quick-input-title', { hasText: title }).waitFor();
    await input.fill(text);
    await page.keyboard.press('Enter');
  };
  await answer('ui-net', 'Name of the new network');
  await answer('bridge', 'Driver');
  await answer('172.29.77.300/24', 'Address range');
  await page.locator('.quick-input-message', { hasText: 'no range of addresses' }).waitFor();
  await answer('172.29.77.0/24', 'Address range');
  await answer('172.29.77.9', 'Gateway');
  await page.locator('.quick-input-list-row', { hasText: 'Internal' }).click();
  await page.keyboard.press('Enter');
  await tree.row('ui-net').waitFor();
  const { description } = (await tree.rows()).find(({ label }) => label === 'ui-net') ?? {};
  expect(description).toBe('bridge · 172.29.77.0/24 · gateway 172.29.77.9 · internal');

  await tree.choose('ui-net', 'Connect Container…');
  await page.locator('.quick-input-list-row', { hasText: 'ui-web' }).click();
  await answer('db, cache', 'Further names');
  await answer('172.29.77.42', 'Its address');
  await expect
    .poll(async () => (await tree.rows()).find(({ label }) => label === 'ui-net')?.expanded)
    .toBe(false);
  await tree.open('ui-net');
  await expect
    .poll(async () => (await tree.rows()).find(({ label, level }) => label === 'ui-web' && level === 2))
    .toMatchObject({ description: '172.29.77.42 · db, cache' });
  expect(await tree.hover('ui-net')).toMatch(
    /172\.29\.77\.0\/24, gateway 172\.29\.77\.9[\s\S]*ui-web: 172\.29\.77\.42/,
  );
  await screenshot(page, `networks-${theme}`);

  // The card lies over the row.
  await page.mouse.move(900, 700);
  await page.locator('.monaco-hover:not(.hidden)').first().waitFor({ state: 'detached' });
  await tree.press('ui-web', 'Disconnect');
  await tree.row('ui-web').waitFor({ state: 'detached' });
  await docker('network', 'connect', 'ui-net', 'ui-web');
  await tree.open('ui-net');
  await tree.row('ui-web').waitFor();
  await docker('network', 'disconnect', 'ui-net', 'ui-web');
  await tree.row('ui-web').waitFor({ state: 'detached' });

  await tree.row('ui-net').click();
  await page.locator('.monaco-list:focus-within .monaco-list-row.selected').waitFor();
  await page.keyboard.press('Delete');
  expect(await answerDialog(page, 'Remove')).toContain('ui-net');
  await tree.row('ui-net').waitFor({ state: 'detached' });
});
