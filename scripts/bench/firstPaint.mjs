// How long a view takes to show its rows.

/** @typedef {import('playwright-core').Page} Page */

/** The rows of a view. @param {string} view its title */
export const rowsOf = (view) => `.pane:has(.pane-header[aria-label^="${view}" i]) .monaco-list-row`;

/**
 * From the click on our entry to rows on screen, out of that many; or on the header of a view that is folded.
 * @param {Page} page
 * @param {number} count
 * @param {string} [view]
 */
export async function firstPaint(page, count, view) {
  const entry = page.locator(
    view === undefined
      ? '.activitybar a.action-label[aria-label^="Quayside"]'
      : `.pane-header[aria-label^="${view}" i]`,
  );
  const rows = rowsOf(view ?? 'Containers');
  const seen = page.evaluate(
    ([rows, wanted]) =>
      new Promise((/** @type {(time: number) => void} */ resolve) => {
        const look = () => {
          const row = document.querySelector(`${rows}[aria-setsize="${wanted}"]`);
          if (row?.textContent) resolve(performance.now());
          else requestAnimationFrame(look);
        };
        document.addEventListener(
          'mousedown',
          () => Object.assign(window, { quaysideClick: performance.now() }),
          { once: true, capture: true },
        );
        look();
      }),
    /** @type {[string, number]} */ ([rows, count]),
  );
  await entry.click();
  const end = await seen;
  return end - (await page.evaluate(() => /** @type {any} */ (window).quaysideClick));
}
