import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';

const folder = path.join(import.meta.dirname, '../../../out/screenshots');

/** Keeps a picture as out/screenshots/<name>.png. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const file = path.join(folder, `${name.replaceAll(/[^\w/.-]+/g, '-')}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
}

/** The document inside the webview in front. */
export function webview(page: Page): FrameLocator {
  return page.locator('iframe.webview.ready').last().contentFrame().frameLocator('iframe#active-frame');
}

/** An entry of the status bar whose text matches. */
export function statusBarItem(page: Page, text: string | RegExp) {
  return page.locator('.statusbar-item', { hasText: text }).first();
}
