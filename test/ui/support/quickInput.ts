import type { Page } from 'playwright-core';

/** The box at the top that asks: palette, picks and input boxes. */
export function quickInput(page: Page) {
  const widget = page.locator('.quick-input-widget:not([style*="display: none"])');
  const input = widget.locator('.quick-input-box input').first();
  const rows = widget.locator('.quick-input-list .monaco-list-row');
  const row = (label: string | RegExp) => rows.filter({ hasText: label }).first();

  return {
    widget,
    input,
    rows,
    row,
    /** Waits until it asks. */
    shown: () => input.waitFor(),
    /** Replaces what is in the box. */
    type: async (text: string) => {
      await input.waitFor();
      await input.fill(text);
    },
    accept: () => page.keyboard.press('Enter'),
    cancel: () => page.keyboard.press('Escape'),
    /** Chooses one row. */
    pick: async (label: string | RegExp) => row(label).click(),
    /** Ticks rows of a pick that takes several, and accepts. */
    tick: async (...labels: (string | RegExp)[]) => {
      for (const label of labels)
        await row(label).locator('input[type="checkbox"], .monaco-checkbox').first().click();
      await page.keyboard.press('Enter');
    },
    /** The texts of the rows on screen. */
    labels: () => rows.locator('.label-name').allInnerTexts(),
    title: () => widget.locator('.quick-input-title').innerText(),
    /** What it says under the box: the prompt, or what is wrong with the answer. */
    message: () => widget.locator('.quick-input-message').innerText(),
  };
}

/** Runs a command by its title in the palette, such as `Quayside: Pull Image...`. */
export async function runFromPalette(page: Page, title: string): Promise<void> {
  const box = quickInput(page);
  const opens = () =>
    box.input.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  // A key that is pressed while a webview gives the focus back reaches nobody.
  do await page.keyboard.press('F1');
  while (!(await opens()));
  await box.type(`>${title}`);
  await box.rows
    .filter({ has: page.locator(`.label-name`, { hasText: title }) })
    .first()
    .click();
}
