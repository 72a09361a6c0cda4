/**
 * A text with every sign in it that would act instead of being seen: control characters (a terminal's colours among
 * them) as their pictures, and marks that turn the direction of writing by their number.
 */
export function visible(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- they are what it is about
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (sign) =>
        sign === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + sign.charCodeAt(0)),
      )
      .replace(
        /[\u0080-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
        (sign) => `⟨${codeOf(sign)}⟩`,
      )
  );
}

/** The number of a sign, as Unicode writes it: `U+202E`. */
export function codeOf(sign: string): string {
  return `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** As much of a text as a page can show in one place, visible. */
export function shown(text: string, most = 4000): string {
  return visible(text.length > most ? `${text.slice(0, most)}…` : text);
}
