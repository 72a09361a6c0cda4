import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { diskSize } from '../../webview/shared/units';
import { ask, baseImage, build, docker } from '../rig/engine';
import { quickInput } from './support/quickInput';
import { screenshot, webview } from './support/screen';
import { themesOf } from './support/themes';
import { openQuayside, view } from './support/views';
import { openWorkbench } from './support/workbench';

const NAME = 'quayside-test/lens:1';
const BIG = 'big'.repeat(100_000);

const dockerfile = (base: string): string =>
  [
    `FROM ${base}`,
    'COPY big /srv/big',
    'COPY note /srv/note',
    'RUN rm /srv/big && echo more >> /srv/note && mkdir /srv/new && echo hello > /srv/new/hello',
    'CMD ["sh"]',
    '',
  ].join('\n');

afterAll(() => ask('DELETE', `/images/${NAME}?force=1`).catch(() => undefined));

test.each(themesOf('light'))('an image is seen through, layer by layer (%s)', async (theme) => {
  const text = dockerfile(await baseImage());
  await build(NAME, text, [
    { path: 'big', content: BIG },
    { path: 'note', content: 'first\n' },
  ]);
  await using workbench = await openWorkbench({ theme });
  const { page, workspace } = workbench;
  writeFileSync(path.join(workspace, 'lens.Dockerfile'), text);
  await openQuayside(page);
  const images = view(page, 'Images');
  await images.expand();
  await images.choose(NAME, 'Show Layers');

  const frame = webview(page);
  const layer = (words: string) => frame.getByRole('option').filter({ hasText: words });
  const file = (name: string) => frame.getByRole('treeitem', { name: new RegExp(`^${name},`) });
  // What the engine says of the layer that was built last.
  await layer('RUN rm /srv/big').waitFor();
  const history = await docker(
    'history', '--no-trunc', '--human=false', '--format', '{{.Size}} {{.CreatedBy}}', NAME,
  ); // prettier-ignore
  const [, size] = /^(\d+) .*rm \/srv\/big/m.exec(history) ?? [];
  expect(await layer('RUN rm /srv/big').innerText()).toContain(diskSize(Number(size)));
  expect(await layer('COPY').first().innerText()).toContain('300kB');

  // What that layer does, with letters beside the colours.
  await file('srv').waitFor();
  await frame.getByLabel('This Layer').check();
  for (const [name, mark] of [
    ['big', 'D'],
    ['note', 'C'],
    ['hello', 'A'],
  ] as const)
    await expect.poll(() => file(name).innerText()).toContain(mark);
  expect(await file('note').innerText()).toContain(`${diskSize(6)} → ${diskSize(11)}`);
  expect(await frame.locator('.score').innerText()).toMatch(/^Efficiency: \d/);
  await frame.locator('.wasted summary').click();
  await screenshot(page, `lens-${theme}`);
  expect(await frame.locator('.wasted li').first().innerText()).toMatch(/^\/srv\/big in 2 layers, 300kB/);
  await frame.getByRole('button', { name: '/srv/big' }).click();
  await frame.locator('.file.current', { hasText: 'big' }).waitFor();
  await file('bin').waitFor();
  await frame.getByLabel('This Layer').check();

  // A file as a lower layer has it.
  await layer('COPY').nth(1).click();
  await file('note').dblclick();
  await expect.poll(() => page.locator('.editor-instance .view-lines').innerText()).toBe('first');
  await page.getByRole('tab', { name: /^Layers: / }).click();

  // And where that layer comes from.
  await frame.getByRole('button', { name: 'Go to lens.Dockerfile:3' }).click();
  await page.getByRole('tab', { name: /^lens\.Dockerfile/ }).waitFor();
  await expect.poll(() => page.locator('.editor-instance .view-lines').innerText()).toMatch(/COPY\sbig/);

  // Beside the image it was made from.
  await images.choose(NAME, 'Compare Images…');
  await quickInput(page).pick('quayside-test/base');
  await page.getByRole('tab', { name: /↔/ }).waitFor();
  await frame.locator('.config', { hasText: 'Layers in common: 1' }).waitFor();
  await expect.poll(() => file('note').innerText()).toContain('D');
  await screenshot(page, `lens-compare-${theme}`);
  expect(workbench.console.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
});
