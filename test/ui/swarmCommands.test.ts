import { afterEach, expect, test } from 'vitest';
import { ask, baseImage, docker, engine } from '../rig/engine';
import { answerDialog, menuItems, notification } from './support/menus';
import { quickInput, runFromPalette } from './support/quickInput';
import { screenshot } from './support/screen';
import { terminal } from './support/terminals';
import { openQuayside, view } from './support/views';
import { openWorkbench } from './support/workbench';

interface Spec {
  readonly Mode: object;
  readonly TaskTemplate: { readonly ForceUpdate?: number };
}

const spec = async (service: string): Promise<Spec> =>
  ((await ask('GET', `/services/${service}`)) as { Spec: Spec }).Spec;

afterEach(async () => {
  if (!engine.shared) await docker('swarm', 'leave', '--force').catch(() => undefined);
});

if (engine.shared) console.warn('Skipped: the engine is somebody else’s too, and a swarm would be theirs.');

test.skipIf(engine.shared)('a swarm is made, used and left by what is asked', async () => {
  const image = await baseImage();
  await using workbench = await openWorkbench();
  const { page } = workbench;
  await openQuayside(page);
  const box = quickInput(page);
  /** Answers one question; without a text, with what it proposes. */
  const answer = async (title: string, text?: string): Promise<void> => {
    await box.widget.locator('.quick-input-title', { hasText: title }).waitFor();
    if (text !== undefined) await box.type(text);
    await box.accept();
  };

  // The tests' machine has no address that the engine would choose.
  await runFromPalette(page, 'Quayside Swarm: Initialize Swarm');
  await answer('Which address do other machines reach', '127.0.0.1');
  await notification(page, 'manages a swarm now').press('Copy Join Command');
  const tree = view(page, 'Swarm');
  await tree.header.waitFor();
  for (const other of ['Containers', 'Images']) await view(page, other).header.click();
  await tree.expand();

  await tree.pressTitle('Create Service');
  await answer('Create a service of which image', image);
  await answer('Name of the new service', 'shop');
  await answer('How is shop to run');
  await answer('How many replicas of shop', 'many');
  await expect.poll(() => box.message()).toContain('"many" is not a number of replicas');
  // Without a task nothing of it changes by itself while its menu is open.
  await answer('How many replicas of shop', '0');
  await answer('Ports of shop', '80:80:80:80');
  await expect.poll(() => box.message()).toContain('80:80:80:80');
  await answer('Ports of shop', '');
  expect(await notification(page, 'The service shop was created').said()).toContain('No registry could say');
  await tree.row('shop').waitFor();

  await tree.row('shop').click({ button: 'right' });
  expect(await menuItems(page)).toEqual([
    'Show Logs',
    'Inspect',
    'Scale…',
    'Update…',
    'Roll Back…',
    'Remove…',
  ]);
  await screenshot(page, 'swarm-menu');
  await page.keyboard.press('Escape');
  await tree.choose('shop', 'Update…');
  await answer('Image of shop');
  await expect.poll(async () => (await spec('shop')).TaskTemplate.ForceUpdate).toBe(1);
  await tree.choose('shop', 'Roll Back…');
  expect(await answerDialog(page, 'Roll Back')).toContain('shop');
  await expect.poll(async () => (await spec('shop')).TaskTemplate.ForceUpdate ?? 0).toBe(0);
  await tree.choose('shop', 'Scale…');
  await expect.poll(() => box.input.inputValue()).toBe('0');
  await answer('How many replicas of shop', '1');
  await expect.poll(async () => (await spec('shop')).Mode).toEqual({ Replicated: { Replicas: 1 } });

  const talk = ['--name', 'talk', '--network', 'host', image, 'sh', '-c', 'echo hello; sleep 600'];
  await docker('service', 'create', '-d', ...talk);
  await tree.row('talk').waitFor();
  await tree.press('talk', 'Show Logs');
  await terminal(page).shows('hello');

  await runFromPalette(page, 'Quayside Swarm: Leave Swarm…');
  const said = await answerDialog(page, 'Leave');
  expect(said).toMatch(/It is the last manager[^]*all its services:\s+• shop\s+• talk/);
  await tree.header.waitFor({ state: 'detached' });
  expect((await ask('GET', '/info')) as object).toMatchObject({ Swarm: { LocalNodeState: 'inactive' } });
});
