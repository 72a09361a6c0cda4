/** A place in a file, and where in the text it is said. Line and column count from 1. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly line: number;
  readonly column: number | undefined;
}

/** Files of code, so that `example.com:443` is none. */
const EXTENSIONS =
  'astro|bash|c|cc|clj|cljs|coffee|cpp|cs|css|cts|cxx|dart|erl|ex|exs|fs|go|groovy|h|hh|hpp|hrl|html|java|jl|js|json|jsx|kt|kts|less|lua|m|mjs|cjs|mm|mts|nim|php|pl|pm|proto|py|pyx|r|rb|rs|sass|scala|scss|sh|sql|svelte|swift|tf|toml|ts|tsx|vb|vue|xml|yaml|yml|zig|conf|ini|env|erb|ejs|pug|hbs';

const SUFFIX = new RegExp(`\\.(?:${EXTENSIONS}):(\\d{1,7})(?::(\\d{1,5}))?(?!\\w)`, 'g');
const PHP = new RegExp(`\\.(?:${EXTENSIONS})\\((\\d{1,7})(?:,\\d+)?\\)`, 'g');
const PYTHON = /File "([^"\n]{1,1024})", line (\d{1,7})/g;

/** What a path may be written with, and how long it may be. */
const PATH = /[\w@~+./\\:$[\]-]/;
const LONGEST = 512;

/** The `file:line` in a text. Takes time in proportion to its length, whatever is in it. */
export function linksIn(text: string): readonly Link[] {
  const links: Link[] = [];
  for (const match of text.matchAll(PYTHON)) {
    const from = match.index + 'File "'.length;
    const path = match[1] ?? '';
    links.push({ from, to: from + path.length, path, line: Number(match[2]), column: undefined });
  }
  for (const pattern of [SUFFIX, PHP]) {
    for (const match of text.matchAll(pattern)) {
      const from = beginning(text, match.index);
      const extension = /^\.\w+/.exec(match[0])?.[0] ?? '';
      const path = text.slice(from, match.index + extension.length);
      if (from === match.index || path.includes('://')) continue;
      const column = pattern === SUFFIX && match[2] !== undefined ? Number(match[2]) : undefined;
      links.push({ from, to: match.index + match[0].length, path, line: Number(match[1]), column });
    }
  }
  return links.sort((a, b) => a.from - b.from).filter(({ from }, i) => from >= (links[i - 1]?.to ?? 0));
}

/** Where the path that ends before `end` begins. */
function beginning(text: string, end: number): number {
  let at = end;
  while (at > 0 && end - at < LONGEST && PATH.test(text[at - 1] ?? ' ')) at--;
  // `error:src/a.js` and `file:///app/a.js`; a drive's colon stands behind one letter.
  const said = text.slice(at, end);
  const scheme = /^(?:\w+\()?file:\/\//.exec(said);
  if (scheme) return at + scheme[0].length;
  const colon = said.lastIndexOf(':');
  if (colon > 1 && !said.startsWith('//', colon + 1)) at += colon + 1;
  while (at < end && /[[\]:+$-]/.test(text[at] ?? '')) at++;
  return at;
}
