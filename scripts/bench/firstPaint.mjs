// How long a view takes to show its rows.

/** @typedef {import('playwright-core').Page} Page */

/** The rows of a view. @param {string} view its title */
export const rowsOf = (view) => `.pane:has(.pane-header[aria-label^="${view}" i]) .monaco-list-row`;

/**
 * From the click on our entry to rows on screen, out of that many; of a view that is folded, from that on its header.
 * @param {Page} page
 * @param {number} count
 * @param {string} [view]
 * @param {boolean} [folded]
 */
export async function firstPaint(page, count, view = 'Containers', folded = false) {
  const entry = page.locator(
    folded ? `.pane-header[aria-label^="${view}" i]` : '.activitybar a.action-label[aria-label^="Quayside"]',
  );
  const rows = rowsOf(view);
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
