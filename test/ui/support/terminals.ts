import type { Page } from 'playwright-core';
import { until } from '../../../scripts/rig/processes.mjs';

/** The terminal in front. Only what is on its screen can be read, not what scrolled away. */
export function terminal(page: Page) {
  const wrapper = page.locator('.terminal-wrapper.active');

  const text = async (): Promise<string> => {
    const lines = await wrapper.locator('.xterm-rows > div').allTextContents();
    return lines
      .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  };

  return {
    wrapper,
    /** Its screen, line by line, without the empty lines at the end. */
    text,
    /** Waits until its screen matches; resolves with the screen. */
    shows: async (expected: string | RegExp, timeout = 15_000): Promise<string> => {
      let last = '';
      const matches = async () => {
        last = await text();
        return (typeof expected === 'string' ? last.includes(expected) : expected.test(last)) && last;
      };
      try {
        return await until('the terminal', matches, { timeout });
      } catch (cause) {
        throw new Error(`The terminal does not show ${String(expected)} but:\n${last}`, { cause });
      }
    },
    /** Types into it as a user does; ends with Enter unless told not to. */
    type: async (keys: string, { enter = true } = {}) => {
      await wrapper.locator('.xterm').click();
      await page.keyboard.type(keys);
      if (enter) await page.keyboard.press('Enter');
    },
    /** Presses keys such as `Control+c`. */
    press: async (...keys: string[]) => {
      await wrapper.locator('.xterm').click();
      for (const key of keys) await page.keyboard.press(key);
    },
    /** The colour of the last piece of text on screen that has this text, as CSS has it. */
    colour: (piece: string): Promise<string> =>
      wrapper
        .locator('.xterm-rows span', { hasText: piece })
        .last()
        .evaluate((span) => getComputedStyle(span).color),
  };
}

/** The names of the terminals in the panel, as its tabs show them. @public */
export function terminalTabs(page: Page): Promise<string[]> {
  return page.locator('.terminal-tabs-entry, .single-terminal-tab').allInnerTexts();
}
