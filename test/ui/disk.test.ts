import { afterAll, expect, test } from 'vitest';
import { ask, baseImage, docker, removeLabelled } from '../rig/engine';
import { answerDialog } from './support/menus';
import { runFromPalette } from './support/quickInput';
import { screenshot, webview } from './support/screen';
import { themesOf } from './support/themes';
import { openWorkbench } from './support/workbench';

const LABEL = 'disk-ui';
const mine = ['--label', `dev.quayside.test=${LABEL}`];

afterAll(() => removeLabelled(LABEL));

test.each(themesOf('dark'))('what is ticked is weighed, removed and accounted for (%s)', async (theme) => {
  const image = await baseImage();
  await docker('volume', 'create', ...mine, `disk-${theme}`);
  const script =
    'dd if=/dev/zero of=/v/x bs=1000 count=300 2>/dev/null; dd if=/dev/zero of=/own bs=1000 count=20 2>/dev/null';
  const name = `disk-${theme}-ended`;
  await docker('run', '--name', name, ...mine, '-v', `disk-${theme}:/v`, image, 'sh', '-c', script);
  await docker('run', '-d', '--name', `disk-${theme}-busy`, ...mine, image, 'sleep', '600');
  await using workbench = await openWorkbench({ theme });
  const { page } = workbench;
  await runFromPalette(page, 'Quayside: Plan a Cleanup of the Disk…');
  const frame = webview(page);
  const row = (text: string) => frame.locator('section[data-kind=containers] tr', { hasText: text });
  const box = (text: string) => row(text).locator('input');
  const total = frame.locator('footer output');
  await row(name).waitFor();

  // As cautious as can be: the ended container goes, what has a name stays, what runs cannot be ticked.
  expect(await box(name).isChecked()).toBe(true);
  expect(await box(`disk-${theme}-busy`).isDisabled()).toBe(true);
  const volume = frame.locator('section[data-kind=volumes] tr', { hasText: `disk-${theme}` });
  expect(await volume.locator('input').isChecked()).toBe(false);
  expect(await volume.innerText()).toMatch(/300kB[\s\S]*used by|kept for its name|in use/);
  await frame.getByRole('button', { name: 'Tick Nothing' }).click();
  await expect.poll(() => total.innerText()).toBe('Nothing chosen.');
  expect(await frame.getByRole('button', { name: 'Remove…' }).isDisabled()).toBe(true);

  // Not before the container that uses it.
  await volume.locator('input').check({ force: true });
  await expect.poll(() => volume.locator('input').isChecked()).toBe(false);
  expect(await volume.innerText()).toContain(`used by ${name}`);
  await box(name).check();
  await expect.poll(() => total.innerText()).toBe('1 chosen, 20kB will be free.');
  await volume.locator('input').check();
  await expect.poll(() => total.innerText()).toBe('2 chosen, 320kB will be free.');
  await screenshot(page, `disk-${theme}`);

  await frame.getByRole('button', { name: 'Remove…' }).click();
  expect(await answerDialog(page, 'Remove')).toMatch(
    new RegExp(`320kB[\\s\\S]*${name}[\\s\\S]*disk-${theme}`),
  );
  await frame.locator('.receipt p', { hasText: '320kB freed.' }).waitFor();
  await row(name).waitFor({ state: 'detached' });
  await frame.locator('.receipt summary', { hasText: 'Removed (2)' }).click();
  await screenshot(page, `disk-receipt-${theme}`);
  await expect(ask('GET', `/volumes/disk-${theme}`)).rejects.toThrow();
  expect(workbench.console.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
});
