// What it takes to open a webview: ours beside one that is empty, for most of it is the editor's own.
import { median, spread } from './measure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** The page of the panel in front. @param {Page} page */
export function frameOf(page) {
  return page.locator('iframe.webview.ready').last().contentFrame().frameLocator('iframe#active-frame');
}

/** When something was first seen in the panel in front; ms since 1970. @param {Page} page @returns {Promise<number>} */
export function firstPaint(page) {
  return frameOf(page)
    .locator('body')
    .evaluate(
      () =>
        new Promise((/** @type {(time: number) => void} */ resolve) => {
          const look = () => {
            const [paint] = performance.getEntriesByName('first-contentful-paint');
            if (paint) resolve(performance.timeOrigin + paint.startTime);
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
}

/**
 * ms from the command to the paint of a webview with one word in it; closes it again.
 * @param {Page} page
 * @param {import('../rig/companion.mjs').Companion} hand
 */
export async function emptyWebview(page, hand) {
  const began = Date.now();
  await hand.emptyWebview();
  await frameOf(page).locator('main', { hasText: 'empty' }).waitFor();
  const ms = (await firstPaint(page)) - began;
  await hand.run('workbench.action.closeAllEditors');
  return ms;
}

/**
 * A row whose bound is for what we add to an empty webview.
 * @param {string} what
 * @param {readonly number[]} ours ms
 * @param {readonly number[]} empty ms
 * @param {number} atMost ms
 * @returns {import('./measure.mjs').Row}
 */
export function besideEmpty(what, ours, empty, atMost) {
  const own = Math.round(median(ours) - median(empty));
  return {
    what,
    ours: spread(ours, 'ms'),
    theirs: `an empty webview: ${spread(empty, 'ms')}`,
    ratio: `+${own} ms`,
    goal: `<= +${atMost} ms`,
    reached: own <= atMost,
  };
}
