import type { Page } from 'playwright-core';
import { until } from '../../../scripts/rig/processes.mjs';

/** Chooses from the menu that is open; more names lead through submenus. */
export async function chooseFromMenu(page: Page, ...items: [string, ...string[]]): Promise<void> {
  for (const [depth, item] of items.entries()) {
    const entry = page
      .locator('.monaco-menu')
      .nth(depth)
      .locator('.action-menu-item', { has: named(page, item) })
      .first();
    await entry.hover();
    if (depth < items.length - 1) continue;
    let clicked = false;
    await until(`the menu to take a click on "${item}"`, async () => {
      // The editor's menus hear of no click in the first tenth of a second, so one may have to be repeated.
      if (clicked && (await entry.count()) === 0) return true;
      await entry.click({ timeout: 2000 });
      clicked = true;
      await entry.waitFor({ state: 'detached', timeout: 500 });
      return true;
    });
  }
}

/** The names in the menu that is open. @public */
export async function menuItems(page: Page): Promise<string[]> {
  const labels = page.locator('.monaco-menu .action-menu-item .action-label[aria-label]');
  await labels.first().waitFor();
  return labels.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
}

function named(page: Page, item: string) {
  return page.locator(`.action-label[aria-label="${item}"]`);
}

/** Answers a modal dialog by the name of a button; resolves with what the dialog said. */
export async function answerDialog(page: Page, button: string): Promise<string> {
  const box = page.locator('.monaco-dialog-box');
  await box.waitFor();
  const text = await box.locator('.dialog-message-container').innerText();
  await box.locator('.monaco-button', { hasText: button }).first().click();
  await box.waitFor({ state: 'detached' });
  return text;
}

/** A notification whose text matches; `press` clicks one of its buttons. */
export function notification(page: Page, text: string | RegExp) {
  const toast = page.locator('.notification-toast', { hasText: text }).first();
  return {
    toast,
    /** Waits for it; resolves with its text. */
    said: async (): Promise<string> => toast.locator('.notification-list-item-message').innerText(),
    press: async (button: string) => {
      await toast.hover();
      await toast.locator('.monaco-button', { hasText: button }).first().click();
    },
  };
}

/** The texts of the notifications on screen. @public */
export function notifications(page: Page): Promise<string[]> {
  return page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
}

/** Closes the notifications on screen. @public */
export async function clearNotifications(page: Page): Promise<void> {
  const toasts = page.locator('.notification-toast');
  for (let left = await toasts.count(); left > 0; left--) {
    await toasts.first().hover();
    await toasts.first().locator('.codicon-notifications-clear').click();
  }
}
