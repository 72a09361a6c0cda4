import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { busyboxImage, loadImage } from '../../scripts/rig/images.mjs';
import { engine } from '../rig/engine';
import { screenshot } from './support/screen';
import { themesOf } from './support/themes';
import { openWorkbench } from './support/workbench';

test.for(themesOf('dark'))('an image of the engine is offered behind FROM, in %s', async (theme) => {
  await loadImage(engine.host, 'quayside-ui/base:latest', await busyboxImage());
  await using workbench = await openWorkbench({
    theme,
    settings: { 'quayside.dockerfile.dockerHub': false },
  });
  const { page } = workbench;
  writeFileSync(path.join(workbench.workspace, 'new.dockerfile'), '');
  const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'new.dockerfile' });
  await file.dblclick();
  const lines = page.locator('.editor-instance .view-lines').last();
  await lines.waitFor();
  await lines.click();
  await page.keyboard.type('FROM quay');
  const offered = page.locator('.suggest-widget .monaco-list-row', { hasText: 'quayside-ui/base:latest' });
  await offered.waitFor();
  await screenshot(page, `dockerfile/completion-${theme}`);
  await offered.click();
  await expect.poll(() => lines.innerText()).toMatch(/FROM\squayside-ui\/base:latest/);
});
