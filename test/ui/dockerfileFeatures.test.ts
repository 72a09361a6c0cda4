import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { ask, baseImage } from '../rig/engine';
import { quickInput } from './support/quickInput';
import { screenshot } from './support/screen';
import { themesOf } from './support/themes';
import { openWorkbench } from './support/workbench';

const BASE = 'quayside-ui-features/base:latest';
const TAG = 'quayside-ui-features/app:1';

const dockerfile = `# syntax=docker/dockerfile:1
ARG WHO=world
FROM ${BASE} AS build
ARG WHO
RUN for name in a b "$WHO"; do echo "hello $name" >> /hello; done && \\
    head -c 2500000 /dev/zero > /data
ENV GREETING="good day"

FROM build AS final
COPY --from=build /hello /copied
EXPOSE 8080
CMD ["cat", "/copied"]
`;

/** What the hover over a word says, once all who have something to say have said it. */
async function hoverShows(page: Page, word: string, text: RegExp): Promise<void> {
  await page.mouse.move(5, 5);
  await page.locator('.view-line span', { hasText: word }).last().hover();
  const hover = page.locator('.monaco-hover:not(.hidden)');
  await expect.poll(async () => (await hover.allInnerTexts()).join('\n')).toMatch(text);
}

test.for(themesOf('dark'))(
  'a Dockerfile in the editor: outline, links, rename and sizes, in %s',
  async (theme) => {
    await baseImage(BASE);
    const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-ui-features-'));
    const file = path.join(workspace, 'Dockerfile');
    fs.writeFileSync(file, dockerfile);
    onTestFinished(async () => {
      fs.rmSync(workspace, { recursive: true, force: true });
      for (const name of [TAG, BASE]) await ask('DELETE', `/images/${name}?force=1`).catch(() => undefined);
    });
    await using workbench = await openWorkbench({ workspace, theme });
    const { page } = workbench;
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'Dockerfile' }).dblclick();

    const lenses = page.locator('.codelens-decoration a');
    await expect.poll(() => lenses.allInnerTexts()).toHaveLength(7);
    await page.getByRole('button', { name: 'Outline Section' }).click();
    const outline = page.locator('.outline-tree .monaco-list-row');
    await expect.poll(() => outline.allInnerTexts()).toContainEqual(expect.stringMatching(/^final/));
    await screenshot(page, `dockerfile-features/${theme}-1-lenses-outline`);

    await lenses.filter({ hasText: 'Build' }).nth(2).click();
    const box = quickInput(page);
    await box.type(TAG);
    await box.accept();
    const sizes = page.locator('.view-line', { hasText: '2.5 MB' });
    await sizes.first().waitFor();
    await screenshot(page, `dockerfile-features/${theme}-2-sizes`);

    await hoverShows(page, 'quayside-ui-features', /linux\/.* layer/);
    await screenshot(page, `dockerfile-features/${theme}-3-hover`);

    // By keyboard from below: the hover lay over the lines.
    await page.keyboard.press('Escape');
    await page.locator('.view-line', { hasText: 'CMD' }).last().click();
    for (const key of ['ArrowUp', 'ArrowUp', 'Home', ...Array<string>(13).fill('ArrowRight')])
      await page.keyboard.press(key);
    await page.keyboard.press('F2');
    const rename = page.locator('.rename-box input');
    await rename.waitFor();
    expect(await rename.inputValue()).toBe('build');
    await rename.fill('made');
    await screenshot(page, `dockerfile-features/${theme}-4-rename`);
    await page.keyboard.press('Enter');
    await rename.waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+s');
    await expect
      .poll(() => fs.readFileSync(file, 'utf8'))
      .toMatch(/AS made\n[^]*FROM made AS[^]*--from=made/);
  },
);
