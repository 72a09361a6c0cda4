import { afterEach, expect, test } from 'vitest';
import { ask, baseImage, docker, removeLabelled } from '../rig/engine';
import { answerDialog, notification } from './support/menus';
import { runFromPalette } from './support/quickInput';
import { screenshot } from './support/screen';
import { terminal } from './support/terminals';
import { openQuayside, view } from './support/views';
import { openWorkbench } from './support/workbench';

const LABEL = 'containers-ui';

afterEach(() => removeLabelled(LABEL));

const start = async (name: string, command = 'sleep 600', ...options: string[]): Promise<string> => {
  const labels = ['--label', `dev.quayside.test=${LABEL}`, ...options];
  return (
    await docker('run', '-d', '--name', name, ...labels, await baseImage(), 'sh', '-c', command)
  ).trim();
};

async function state(id: string): Promise<string | undefined> {
  const found = (await ask('GET', `/containers/${id}/json`).catch(() => undefined)) as
    { State: { Status: string } } | undefined;
  return found?.State.Status;
}

test('several at once, by mouse and keyboard', async () => {
  const project = ['--label', 'com.docker.compose.project=shop', '--stop-signal', 'SIGKILL'];
  const ids = [
    await start('shop-one', 'sleep 600', ...project),
    await start('shop-two', 'sleep 600', ...project),
  ];
  const other = await start('quayside-other');
  await using workbench = await openWorkbench({ theme: 'light' });
  const { page } = workbench;
  await openQuayside(page);
  const tree = view(page, 'Containers');
  await tree.row('shop-one').click();
  await tree.row('shop-two').click({ modifiers: ['Shift'] });
  await tree.choose('shop-two', 'Stop');
  await expect.poll(() => Promise.all(ids.map(state))).toEqual(['exited', 'exited']);
  expect(await state(other)).toBe('running');

  // The keys of the tree mean what is selected.
  await tree.row('shop-one').click();
  await page
    .locator('.monaco-list:focus-within .monaco-list-row.selected', { hasText: 'shop-one' })
    .waitFor();
  await page.keyboard.press('Delete');
  expect(await answerDialog(page, 'Remove')).toContain('shop-one');
  await tree.row('shop-one').waitFor({ state: 'detached' });
  expect(await state(ids[0] ?? '')).toBeUndefined();

  await tree.choose('shop', 'Down…');
  const said = await answerDialog(page, 'Down');
  expect(said).toContain('Take the project "shop" down?');
  expect(said).toContain('shop-two');
  await tree.row('shop-two').waitFor({ state: 'detached' });

  await runFromPalette(page, 'Quayside Containers: Stop All Containers…');
  expect(await answerDialog(page, 'Stop All')).toContain('quayside-other');
  await expect.poll(() => state(other)).toBe('exited');

  await tree.row('quayside-other').click();
  await page.keyboard.press('F2');
  await page.locator('.quick-input-box input').fill('quayside-renamed');
  await page.keyboard.press('Enter');
  await tree.row('quayside-renamed').waitFor();
  await screenshot(page, 'containers/renamed');
  await notification(page, 'is now called quayside-renamed').press('Undo');
  await tree.row('quayside-other').waitFor();
});

test('a click is not lost when rows come elsewhere meanwhile', async () => {
  const inProject = (name: string): string[] => ['--label', `com.docker.compose.project=${name}`];
  await start('above-one', 'sleep 600', ...inProject('above'));
  await start('below-one', 'sleep 600', ...inProject('below'));
  await using workbench = await openWorkbench({ theme: 'dark' });
  const { page } = workbench;
  await openQuayside(page);
  const tree = view(page, 'Containers');
  const pressed = tree.row('above-one');
  await pressed.hover();
  await page.mouse.down();
  await start('below-two', 'sleep 600', ...inProject('below'));
  await tree.row('below-two').waitFor();
  expect(await pressed.getAttribute('aria-selected')).toBe('false');
  await page.mouse.up();
  await expect.poll(() => pressed.getAttribute('aria-selected')).toBe('true');
});

test('a double click is a shell, and one that ended is offered again', async () => {
  const id = await start('quayside-shell');
  await using workbench = await openWorkbench({ theme: 'dark' });
  const { page } = workbench;
  await openQuayside(page);
  await view(page, 'Containers').row('quayside-shell').dblclick();
  const shell = terminal(page);
  await shell.shows('#');
  await shell.type('echo in-$((40+2))\n');
  await shell.shows('in-42');
  await docker('kill', id);
  await shell.shows('The container has stopped');
  await docker('start', id);
  await shell.shows('The container runs again');
  await screenshot(page, 'containers/again');
});

test('why a container died is told once, with what is known of it', async () => {
  await using workbench = await openWorkbench({ theme: 'contrast' });
  const { page } = workbench;
  await openQuayside(page);
  const alive = await start('quayside-asked');
  await view(page, 'Containers').row('quayside-asked').waitFor();
  await docker('kill', alive);
  await start('quayside-crash', 'echo the last words; exit 42');
  const notice = notification(page, 'quayside-crash has ended unexpectedly.');
  await notice.toast.waitFor();
  expect(await notice.said()).toContain('exit code 42');
  expect(await page.locator('.notification-toast', { hasText: 'quayside-asked' }).count()).toBe(0);
  await screenshot(page, 'containers/died');
  await notice.press('Show Why');
  const text = page.locator('.monaco-editor .view-lines').first();
  await expect.poll(() => text.innerText()).toMatch(/the.last.words/);
  await screenshot(page, 'containers/why');
});
