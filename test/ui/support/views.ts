import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { until } from '../../../scripts/rig/processes.mjs';
import { chooseFromMenu } from './menus';

/** What a row of a tree says; only rows on screen are in the page. */
export interface RowText {
  label: string;
  description: string;
  level: number;
  expanded: boolean | undefined;
}

/** Shows Quayside's side bar with a click on its entry in the activity bar; a second call changes nothing. */
export async function openQuayside(page: Page): Promise<void> {
  const entry = page.locator('a.action-label[aria-label^="Quayside"]');
  const items = page.locator('.activitybar .action-item', { has: entry });
  await items.first().waitFor();
  const open = items.and(page.locator('.checked'));
  if ((await open.count()) === 0) await items.first().click();
  await open.waitFor();
}

/** One view of the side bar, by its title. */
export function view(page: Page, title: string) {
  const pane = page.locator('.pane', { has: page.locator(`.pane-header[aria-label^="${title}" i]`) });
  const header = pane.locator('.pane-header');
  const rows = pane.locator('.monaco-list-row');

  /** The first row whose label is this text, or whose whole text matches. */
  const row = (label: string | RegExp): Locator =>
    (typeof label === 'string'
      ? pane.locator('.monaco-list-row', { has: page.locator('.label-name', { hasText: exactly(label) }) })
      : pane.locator('.monaco-list-row', { hasText: label })
    ).first();

  return {
    pane,
    header,
    row,
    /** Opens the view when it is collapsed. */
    expand: async () => {
      if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
      await pane.locator('.pane-body').waitFor();
    },
    /** The rows on screen, from top to bottom. */
    rows: async (): Promise<RowText[]> => {
      const found = await rows.evaluateAll((all) =>
        all.map((one) => ({
          top: one.getBoundingClientRect().top,
          label: one.querySelector('.label-name')?.textContent ?? '',
          description: one.querySelector('.label-description')?.textContent ?? '',
          level: Number(one.getAttribute('aria-level')),
          expanded: one.getAttribute('aria-expanded'),
        })),
      );
      return found
        .sort((a, b) => a.top - b.top)
        .map(({ label, description, level, expanded }) => ({
          label,
          description,
          level,
          expanded: expanded === null ? undefined : expanded === 'true',
        }));
    },
    /** Opens a row that has others under it; no change when it is open. */
    open: (label: string | RegExp): Promise<true> =>
      until(`the row ${String(label)} to be open`, async () => {
        const found = row(label);
        // One that is painted again between the press and the release of the button takes no click.
        if ((await found.getAttribute('aria-expanded')) === 'false')
          await found.locator('.monaco-tl-twistie').click({ timeout: 2000 });
        await expect.poll(() => found.getAttribute('aria-expanded'), { timeout: 2000 }).not.toBe('false');
        return true as const;
      }),
    /** Chooses from a row's context menu; more names lead through submenus. */
    choose: async (label: string | RegExp, ...items: [string, ...string[]]) => {
      const menu = page.locator('.monaco-menu').first();
      await until(`the menu of ${String(label)}`, async () => {
        if (!(await menu.isVisible())) await row(label).click({ button: 'right', timeout: 5000 });
        await menu.waitFor({ timeout: 2000 });
        return true;
      });
      await chooseFromMenu(page, ...items);
      // Left on a row, the mouse would bring that row's card, over the rows beside it.
      await page.mouse.move(0, 0);
    },
    /** Clicks an inline button of a row, which shows when the mouse is on it. */
    press: (label: string | RegExp, button: string): Promise<true> =>
      until(`"${button}" to be pressed`, async () => {
        // A row that is painted again under the mouse, or the card of the row above, takes the button away.
        await page.mouse.move(0, 0);
        await row(label).hover({ timeout: 5000 });
        await row(label).locator(`.actions .action-label[aria-label^="${button}"]`).click({ timeout: 2000 });
        return true as const;
      }),
    /** Clicks a button in the view's title bar, which shows when the mouse is on it. */
    pressTitle: async (button: string) => {
      await header.hover();
      await header.locator(`.action-label[aria-label^="${button}"]`).click();
    },
    /** The card shown when the mouse rests on a row; `says` tells it from the tooltip of something else. */
    hover: (label: string | RegExp, says: string | RegExp = label): Promise<string> => {
      const card = page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: says }).first();
      return until('the card of a row', async () => {
        // A row that is painted again while the mouse rests on it forgets the mouse until that moves.
        await page.mouse.move(0, 0);
        await row(label).locator('.label-name').hover();
        return card.innerText({ timeout: 2000 });
      });
    },
    /** The text of an empty view, with the buttons that are its remedy. */
    welcome: pane.locator('.welcome-view-content'),
  };
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)}$`);
}
