import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { ask, baseImage, behindProxy, docker, removeLabelled } from '../rig/engine';
import { inRegistry, noRegistry, push } from '../rig/registry';
import { startProxy } from '../../scripts/rig/proxy.mjs';
import { busyboxImage } from '../../scripts/rig/images.mjs';
import { notification } from './support/menus';
import { quickInput, runFromPalette } from './support/quickInput';
import { screenshot, statusBarItem } from './support/screen';
import { openQuayside, view } from './support/views';
import { openWorkbench } from './support/workbench';

const LABEL = 'troubles';
const labelled = `--label dev.quayside.test=${LABEL}`;

afterEach(() => removeLabelled(LABEL));

/** Ids of the containers this test made, as the engine lists them. */
async function mine(): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`dev.quayside.test=${LABEL}`] }));
  return ((await ask('GET', `/containers/json?all=1&filters=${filters}`)) as { Id: string }[]).map(
    ({ Id }) => Id,
  );
}

const start = (...args: string[]) =>
  docker(
    'run',
    '-d',
    '--init',
    '--label',
    `dev.quayside.test=${LABEL}`,
    ...args,
    'quayside-test/base:latest',
    'sleep',
    '600',
  );

test('an engine that is away is a state with a remedy, and is found again by itself', async () => {
  await baseImage();
  await using proxy = await behindProxy();
  await proxy.down();
  await using workbench = await openWorkbench({ theme: 'light', env: { DOCKER_HOST: proxy.host } });
  const { page } = workbench;
  await openQuayside(page);
  const tree = view(page, 'Containers');
  await tree.welcome.getByText('Docker is not running').waitFor();
  await tree.welcome.getByText('Start the Docker Service').waitFor();
  await screenshot(page, 'troubles/away');

  await start('--name', 'troubles-one');
  await proxy.up();
  // It is the socket that is waited for, not the back-off.
  await tree.row('troubles-one').waitFor({ timeout: 5000 });
  await proxy.down();
  await statusBarItem(page, /default/).waitFor();
  await start('--name', 'troubles-two');
  await docker('rm', '-f', 'troubles-one');
  await proxy.up();
  await tree.row('troubles-two').waitFor({ timeout: 5000 });
  await expect.poll(async () => (await tree.rows()).map(({ label }) => label)).not.toContain('troubles-one');
  await screenshot(page, 'troubles/back');
  expect(workbench.console.filter((line) => /unhandled|rejected promise/i.test(line))).toEqual([]);
});

test('what cannot be done is one sentence with a next step, and leaves nothing half made', async (context) => {
  if (noRegistry !== undefined) return context.skip(noRegistry);
  const base = await baseImage();
  await using workbench = await openWorkbench();
  const { page } = workbench;
  await openQuayside(page);
  const box = quickInput(page);
  const runImage = async (image: string, options: string): Promise<void> => {
    await runFromPalette(page, 'Quayside Containers: Run…');
    await box.type(image);
    await box.row(image).waitFor();
    await box.accept();
    await expect.poll(() => box.title()).toContain('docker run');
    await box.type(options);
    await box.accept();
  };
  const says = async (text: string, name: string): Promise<void> => {
    const { toast } = notification(page, text);
    await toast.waitFor();
    await screenshot(page, `troubles/${name}`);
    await runFromPalette(page, 'Notifications: Clear All Notifications');
    await toast.waitFor({ state: 'detached' });
  };
  await view(page, 'Images').row(base).waitFor();

  await start('--name', 'troubles-taken', '-p', '127.0.0.1::80');
  const port = (await docker('port', 'troubles-taken', '80/tcp')).trim().split(':').at(-1) ?? '';
  const before = await mine();

  await runImage(base, `-d --name troubles-taken ${labelled}`);
  await says('The name "troubles-taken" is already in use by another container.', 'name');
  expect(await mine()).toEqual(before);

  await runImage(base, `-d -p 127.0.0.1:${port}:80 ${labelled} -- sleep 60`);
  await says(`Port ${port} is already used by another container on this engine.`, 'port');
  expect(await mine()).toEqual(before);

  await runImage(base, `-d ${labelled} -- no-such-command`);
  await says('The command "no-such-command" does not exist in this container.', 'command');
  expect(await mine()).toEqual(before);

  await runImage(inRegistry('no/such-image'), '');
  await says(`The registry has no image "${inRegistry('no/such-image')}`, 'image');

  await runImage('localhost:1/nothing', '');
  await says('The engine could not reach', 'registry');
});

test('a pull that is cancelled ends, and a container that goes while its menu is open is told', async (context) => {
  if (noRegistry !== undefined) return context.skip(noRegistry);
  await baseImage();
  const base = await busyboxImage();
  // Bytes that no other image has: the engine would not pull again what it has already.
  const own = {
    createdBy: 'RUN something large',
    entries: [{ path: 'large.bin', content: randomBytes(6_000_000) }],
  };
  const name = await push('troubles/large', { ...base, layers: [...base.layers, own] });
  const proxy = await startProxy({ host: '127.0.0.1', port: Number(/:(\d+)\//.exec(name)?.[1]) });
  await using workbench = await openWorkbench();
  const { page } = workbench;
  await openQuayside(page);
  const tree = view(page, 'Containers');
  await start('--name', 'troubles-going');
  await tree.row('troubles-going').click({ button: 'right' });
  await page.locator('.monaco-menu .action-menu-item').first().waitFor();
  await docker('rm', '-f', 'troubles-going');
  await page.locator('.monaco-menu .action-label[aria-label="Restart"]').click();
  // VS Code itself may have forgotten the row by then; then it is as if the command came from the palette.
  await notification(page, /is no longer there|There is no container/).toast.waitFor();
  await tree.row('troubles-going').waitFor({ state: 'detached' });
  await screenshot(page, 'troubles/gone');

  // So slowly that there is time to change one's mind.
  proxy.slow(200_000);
  const slow = name.replace(/:\d+\//, `:${proxy.port}/`);
  const outcome = workbench.companion.run('quayside.images.pull', { reference: slow }).then(
    () => 'pulled',
    (error: unknown) => String(error),
  );
  const progress = page.locator('.notification-toast', { hasText: 'Pulling' });
  await progress.getByText(/of .*left/).waitFor();
  await screenshot(page, 'troubles/pulling');
  await progress.hover();
  await progress.locator('.monaco-button', { hasText: 'Cancel' }).click();
  expect(await outcome).toContain('Cancelled');
  await expect(ask('GET', `/images/${slow}/json`)).rejects.toThrow(/No such image/);
  proxy.slow(Infinity);
  await workbench.companion.run('quayside.images.pull', { reference: slow });
  expect(await ask('GET', `/images/${slow}/json`)).toHaveProperty('Id');
  await docker('rmi', slow);
});
