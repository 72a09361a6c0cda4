// Looks at an editor as a user would, to say that Quayside is really there.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startBrowser } from './browser.mjs';

/**
 * Resolves once Quayside's entry is in the activity bar, its views are open, and it has an engine; keeps a picture.
 * @param {string} url of an editor
 * @param {string} pictures a folder
 */
export async function seeQuayside(url, pictures) {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(60_000);
    await page.goto(url);
    const entry = page.locator('.activitybar a.action-label[aria-label^="Quayside"]');
    await entry.click();
    await page.locator('.sidebar .pane-body').first().waitFor();
    // Running and total, which the status bar can tell only of an engine that answers.
    await page
      .locator('.statusbar-item', { hasText: /\d+\/\d+/ })
      .first()
      .waitFor();
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, 'start.png') });
  } finally {
    await browser.close();
  }
}
