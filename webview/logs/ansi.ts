/** How a part of a line is to look. Colours: 0 to 15 of the theme, or `rgb(…)`. */
export interface Style {
  readonly color?: number | string;
  readonly background?: number | string;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  readonly strike?: true;
}

interface Styled {
  readonly from: number;
  readonly to: number;
  readonly style: Style;
}

/**
 * Escape sequences: CSI, OSC and the other strings with their end, and those of two characters. One that is not whole
 * is none: its escape is shown as such.
 */
const SEQUENCE =
  // eslint-disable-next-line no-control-regex -- they are what it is about
  /\x1b(?:\[([0-9;:<=>?]*)[ -/]*([@-~])|[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-OQ-WYZ\\`-~])/g;

/** The text without its escape sequences. */
export function plain(text: string): string {
  return text.includes('\x1b') ? text.replace(SEQUENCE, '') : text;
}

/** The text without its escape sequences, and what those for colours and letters say of its parts. */
export function parseAnsi(text: string): { readonly plain: string; readonly styled: readonly Styled[] } {
  if (!text.includes('\x1b')) return { plain: text, styled: [] };
  const styled: Styled[] = [];
  let shown = '';
  let style: Style = {};
  let at = 0;
  let from = 0;
  const close = (): void => {
    if (shown.length > from && Object.keys(style).length > 0) styled.push({ from, to: shown.length, style });
    from = shown.length;
  };
  for (const match of text.matchAll(SEQUENCE)) {
    shown += text.slice(at, match.index);
    at = match.index + match[0].length;
    if (match[2] !== 'm' || /[<=>?]/.test(match[1] ?? '')) continue;
    close();
    style = applied(style, match[1] ?? '');
  }
  shown += text.slice(at);
  close();
  return { plain: shown, styled };
}

/** SGR (ECMA-48 8.3.117) with the colours of xterm. */
function applied(before: Style, parameters: string): Style {
  let style = before;
  const codes = parameters.split(/[;:]/).map(Number);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 38 || code === 48) {
      const { color, used } = extended(codes, i + 1);
      i += used;
      if (color !== undefined) style = { ...style, [code === 38 ? 'color' : 'background']: color };
    } else style = one(style, code);
  }
  return style;
}

function one(style: Style, code: number): Style {
  if (code >= 30 && code <= 37) return { ...style, color: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, color: code - 82 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 };
  switch (code) {
    case 0:
      return {};
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, strike: true };
    case 22:
      return without(style, 'bold', 'dim');
    case 23:
      return without(style, 'italic');
    case 24:
      return without(style, 'underline');
    case 27:
      return without(style, 'inverse');
    case 29:
      return without(style, 'strike');
    case 39:
      return without(style, 'color');
    case 49:
      return without(style, 'background');
    default:
      return style;
  }
}

function without(style: Style, ...names: (keyof Style)[]): Style {
  return Object.fromEntries(Object.entries(style).filter(([name]) => !names.includes(name as keyof Style)));
}

/** `5;n` or `2;r;g;b`, and how many of the codes that is. */
function extended(codes: readonly number[], at: number): { color?: number | string; used: number } {
  if (codes[at] === 5) {
    const index = codes[at + 1] ?? NaN;
    return index >= 0 && index < 256 ? { color: index < 16 ? index : indexed(index), used: 2 } : { used: 2 };
  }
  if (codes[at] === 2) {
    const [r = NaN, g = NaN, b = NaN] = codes.slice(at + 1, at + 4);
    const valid = [r, g, b].every((value) => value >= 0 && value < 256);
    return valid ? { color: `rgb(${r}, ${g}, ${b})`, used: 4 } : { used: 4 };
  }
  return { used: 0 };
}

/** The cube and the greys of xterm's 256 colours. */
function indexed(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const level = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  const [r, g, b] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level);
  return `rgb(${r ?? 0}, ${g ?? 0}, ${b ?? 0})`;
}
