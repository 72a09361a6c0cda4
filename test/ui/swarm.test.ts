import { afterEach, expect, test } from 'vitest';
import { baseImage, docker, engine } from '../rig/engine';
import { screenshot } from './support/screen';
import { themesOf } from './support/themes';
import { openQuayside, view } from './support/views';
import { openWorkbench } from './support/workbench';

afterEach(async () => {
  if (!engine.shared) await docker('swarm', 'leave', '--force').catch(() => undefined);
});

if (engine.shared) console.warn('Skipped: the engine is somebody else’s too, and a swarm would be theirs.');

const create = async (name: string, ...options: string[]): Promise<string> =>
  docker(
    'service',
    'create',
    '-d',
    '--stop-grace-period',
    '1s',
    '--network',
    'host',
    '--name',
    name,
    ...options,
  );

test.skipIf(engine.shared).each(themesOf('light'))(
  'a swarm, from its beginning to its end (%s)',
  async (theme) => {
    const image = await baseImage();
    await using workbench = await openWorkbench({ theme });
    const { page } = workbench;
    await openQuayside(page);
    const tree = view(page, 'Swarm');
    await view(page, 'Containers').header.waitFor();
    expect(await tree.header.count()).toBe(0);

    // What is done in a terminal makes the view appear.
    await docker('swarm', 'init', '--advertise-addr', '127.0.0.1');
    await tree.header.waitFor();
    for (const other of ['Containers', 'Images']) await view(page, other).header.click();
    await tree.expand();
    await tree.row('Nodes').waitFor();
    const node = await docker('node', 'inspect', 'self', '--format', '{{.Description.Hostname}}');
    expect((await tree.rows()).map(({ label, level, description }) => [level, label, description])).toEqual([
      [1, 'Services', '0'],
      [1, 'Nodes', '1'],
      [2, node.trim(), 'manager · leader · 0 tasks'],
    ]);

    await create('web', '--replicas', '2', image, 'sleep', '1000');
    await create('broken', image, 'sh', '-c', 'exit 3');
    const described = async (name: string): Promise<string | undefined> =>
      (await tree.rows()).find(({ label }) => label === name)?.description;
    await expect.poll(() => described('web')).toBe(`2/2 · ${image}`);
    await tree.open('web');
    await expect.poll(() => described('web.1')).toMatch(/^running · .* ago$/);
    await tree.open('broken');
    await tree.row('broken.1').first().waitFor();
    // Its tasks fail again and again; one is told.
    await expect
      .poll(() => tree.pane.locator('.monaco-list-row', { hasText: 'broken.1' }).count())
      .toBeGreaterThan(2);
    expect(await page.locator('.notification-list-item', { hasText: 'has ended' }).count()).toBe(1);
    await screenshot(page, `swarm-${theme}`);

    await docker('service', 'scale', '-d', 'web=1');
    await tree.row('web.2').waitFor({ state: 'detached' });
    await expect.poll(() => described('web')).toBe(`1/1 · ${image}`);
    await docker('service', 'rm', 'web', 'broken');
    await tree.row('web').waitFor({ state: 'detached' });
    await docker('node', 'update', '--availability', 'drain', node.trim());
    await expect.poll(() => described(node.trim())).toBe('manager · leader · drained: no tasks · 0 tasks');

    await docker('swarm', 'leave', '--force');
    await tree.header.waitFor({ state: 'detached' });
  },
);
