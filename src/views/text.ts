/** What is not seen but changes what is: controls, line ends, direction marks, spaces without a width. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff]/gu;

/** How many characters of a value are shown where there is no reason for another length. */
const LONGEST = 200;

/**
 * A value from a container or an image as one line of text: what cannot be seen becomes a mark, and what is too long is
 * cut. Not escaped for Markdown.
 */
export function plain(value: string, longest = LONGEST): string {
  // A value may be megabytes; a character is at most two units of it.
  const beginning = value.slice(0, longest * 2);
  const characters = Array.from(beginning.replace(/\r\n|[\n\r\t]/g, ' ').replace(HIDDEN, '\ufffd'));
  if (characters.length <= longest && beginning === value) return characters.join('');
  return `${characters.slice(0, longest - 1).join('')}…`;
}

/** The same for a place that reads Markdown: nothing in the value is markup, a link or an entity. */
export function escaped(value: string, longest = LONGEST): string {
  return plain(value, longest).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** The same for a place that draws `$(name)` as an icon, such as the status bar. */
export function withoutIcons(value: string, longest = LONGEST): string {
  return plain(value, longest).replaceAll('$(', '\\$(');
}
