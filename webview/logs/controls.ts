import { codeOf } from '../shared/visible';

/**
 * Characters that a screen does not show but obeys: controls (not the tab), those that turn the direction of text, those
 * without width, line separators, and what stands for no character at all.
 */
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- they are what it is about
  /[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Where such characters are in a text, and how each is to be called. */
export function hiddenIn(text: string): readonly { readonly at: number; readonly label: string }[] {
  return [...text.matchAll(HIDDEN)].map(({ 0: character, index }) => ({
    at: index,
    label: labelOf(character),
  }));
}

function labelOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 32) return String.fromCharCode(0x2400 + code);
  return code === 127 ? '\u2421' : codeOf(character);
}
