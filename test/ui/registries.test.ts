import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { busyboxImage } from '../../scripts/rig/images.mjs';
import { which } from '../../scripts/rig/processes.mjs';
import { pushImage, startRegistry, type RigRegistry } from '../../scripts/rig/registry.mjs';
import { ask } from '../rig/engine';
import { answerDialog, menuItems, notification } from './support/menus';
import { quickInput, runFromPalette } from './support/quickInput';
import { screenshot } from './support/screen';
import { themesOf } from './support/themes';
import { openQuayside, view } from './support/views';
import { openWorkbench } from './support/workbench';

const me = { username: 'me', password: 's3cret' };
const missing =
  (await which('docker-registry')) && (await which('htpasswd')) ? undefined : 'docker-registry or htpasswd';
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-registry-ui-'));
let registry: RigRegistry;
let stop: (() => Promise<void>) | undefined;

beforeAll(async () => {
  if (missing !== undefined) return;
  ({ registry, stop } = await startRegistry(folder, { login: me, deletable: true }));
  const image = await busyboxImage();
  for (const tag of ['1.9', '1.10', 'latest']) await pushImage(registry, 'team/app', image, tag);
  await pushImage(registry, 'team/web', { ...image, config: { Cmd: ['date'] } }, '2.0');
});

afterAll(async () => {
  await stop?.();
  rmSync(folder, { recursive: true, force: true });
});

const has = (reference: string): Promise<boolean> =>
  ask('GET', `/images/${reference}/json`).then(
    () => true,
    () => false,
  );

test.each(themesOf('dark'))(
  'a registry: added, logged in to, looked into, pulled from (%s)',
  async (theme) => {
    if (missing !== undefined) return;
    const { address } = registry;
    const [one, other] = [`${address}/team/app:1.10`, `${address}/team/web:2.0`];
    for (const reference of [one, other])
      await ask('DELETE', `/images/${reference}?force=1`).catch(() => undefined);
    await using workbench = await openWorkbench({ theme });
    const { page, companion } = workbench;
    const clear = (): Promise<unknown> => companion.run('notifications.clearAll');
    await openQuayside(page);
    for (const shown of ['Containers', 'Images']) await view(page, shown).header.click();
    const tree = view(page, 'Registries');
    await tree.expand();
    await tree.row('Docker Hub').waitFor();

    const box = quickInput(page);
    const logIn = async (): Promise<void> => {
      await expect.poll(() => box.title()).toContain('User name');
      await box.type(me.username);
      await box.accept();
      await expect.poll(() => box.title()).toContain('Password');
      await box.type(me.password);
      await box.accept();
    };
    await tree.pressTitle('Add Registry…');
    await box.type('no registry');
    await page.locator('.quick-input-message', { hasText: 'is not the address of a registry' }).waitFor();
    await box.type(address);
    await box.accept();
    await tree.row(address).waitFor();

    // Nobody is logged in: the row says so, and offers it.
    await tree.open(address);
    await tree.row(`${address} asks for a login. Log in, then try again.`).waitFor();
    await screenshot(page, `registries/login-${theme}`);
    await tree.row('Log In…').click();
    await logIn();
    await notification(page, `Logged in to ${address} as me`).said();
    await tree.row('team/app').waitFor();
    await clear();

    await tree.open('team/app');
    await expect
      .poll(async () => (await tree.rows()).filter(({ level }) => level === 3))
      .toEqual(
        ['latest', '1.10', '1.9'].map((label) => ({
          label,
          level: 3,
          expanded: undefined,
          description: expect.stringMatching(/^[\d.]+[kM]B · .* ago · linux\/\w+ · [0-9a-f]{12}$/) as string,
        })),
      );
    expect(await tree.hover('1.10', 'Digest')).toMatch(/team\/app:1\.10[\s\S]*Digest: sha256:[0-9a-f]{64}/);
    await page.mouse.move(0, 0);
    await screenshot(page, `registries/tags-${theme}`);

    await tree.press('1.10', 'Pull');
    expect(await notification(page, `Pulled ${one}`).said()).toMatch(/\(sha256:[0-9a-f]{12}\)/);
    expect(await has(one)).toBe(true);
    await screenshot(page, `registries/pulled-${theme}`);
    await clear();

    // By name, with the tags of the registry offered.
    await runFromPalette(page, 'Quayside Images: Pull…');
    await box.type(`${address}/team/web:`);
    await box.row(other).waitFor();
    await screenshot(page, `registries/offered-${theme}`);
    await box.pick(other);
    await notification(page, `Pulled ${other}`).said();
    expect(await has(other)).toBe(true);
    await clear();

    // Without a login nothing is pulled, and logging in is a button away; then several at once.
    await tree.choose(address, 'Log Out');
    await notification(page, `Logged out of ${address}`).said();
    await ask('DELETE', `/images/${other}?force=1`);
    await runFromPalette(page, 'Quayside Images: Pull…');
    await box.type(other);
    await box.row('pull this').waitFor();
    await box.accept();
    await notification(page, 'The registry asks for a login').press('Log In and Retry');
    await logIn();
    await notification(page, `Pulled ${other}`).said();
    await clear();
    await runFromPalette(page, 'Quayside Images: Pull…');
    await box.type(`${one} ${other}`);
    await box.row('pull this').waitFor();
    await box.accept();
    // Of many at once the editor shows only some for a moment; the list has all.
    await companion.run('notifications.showList');
    const told = page.locator('.notifications-center .notification-list-item-message');
    for (const reference of [one, other])
      await told.filter({ hasText: `${reference} is up to date` }).waitFor();
    await clear();

    await tree.open('team/web');
    await tree.row('2.0').click({ button: 'right' });
    expect(await menuItems(page)).toEqual(
      expect.arrayContaining(['Pull', 'Copy Reference…', 'Delete from Registry…']),
    );
    await page.keyboard.press('Escape');
    await tree.choose('2.0', 'Delete from Registry…');
    expect(await answerDialog(page, 'Delete')).toContain(`Delete ${other} from ${address}?`);
    await notification(page, `Deleted ${other}`).said();
    expect(await has(other)).toBe(true);
    await clear();

    // One that is away is a row that says so, and no message.
    await stop?.();
    await tree.press(address, 'Refresh');
    const away = `No registry answers at ${address}. Start it, or check its address, then retry.`;
    await expect
      .poll(async () => (await tree.rows()).filter(({ level }) => level > 1).map(({ label }) => label))
      .toEqual([away, 'Try Again', 'Open Repository by Name…']);
    await screenshot(page, `registries/away-${theme}`);
    expect(await page.locator('.notification-toast').count()).toBe(0);
    for (const reference of [one, other]) await ask('DELETE', `/images/${reference}?force=1`);
  },
);
