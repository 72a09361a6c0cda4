/** One step of a compiled pattern; it either consumes one character, or may be passed without any. */
type Step =
  | { readonly kind: 'char'; readonly char: string }
  /** `?`: one character of a name. */
  | { readonly kind: 'one' }
  /** `*`: any characters of a name. */
  | { readonly kind: 'star' }
  /** `[…]`, `[^…]`: one character of a set. */
  | {
      readonly kind: 'set';
      readonly negated: boolean;
      readonly ranges: readonly (readonly [string, string])[];
    }
  /** A `**` inside a pattern: nothing, or anything that ends with a slash. */
  | { readonly kind: 'folders' }
  /** A `**` at the end: anything. */
  | { readonly kind: 'rest' };

/** Whether a path with slashes matches as a whole. */
export type Matcher = (path: string) => boolean;

/**
 * Compile one pattern of an ignore file, cleaned and without its `!`, with the meaning that moby's `patternmatcher`
 * gives it (Go's `filepath.Match` and `**`). Matching takes time in proportion to pattern and path, whatever they hold.
 * `undefined` when the pattern is malformed.
 */
export function compileGlob(pattern: string): Matcher | undefined {
  const steps = parse(pattern);
  if (!steps) return undefined;
  if (steps.every((step) => step.kind === 'char')) {
    const exact = steps.map((step) => step.char).join('');
    return (path) => path === exact;
  }
  // `**x` with nothing special behind matches by its end, so also within a name; see `suffixMatch` there.
  const rest = pattern.startsWith('**') ? pattern.slice(2) : undefined;
  if (rest !== undefined && !/[*?[\]\\]/.test(rest)) {
    return (path) => path.endsWith(rest) || (rest.startsWith('/') && path === rest.slice(1));
  }
  return (path) => matches(steps, path);
}

function parse(pattern: string): readonly Step[] | undefined {
  const chars = Array.from(pattern);
  const steps: Step[] = [];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? '';
    if (char === '*' && chars[i + 1] === '*') {
      i++;
      if (chars[i + 1] === '/') i++;
      steps.push({ kind: i + 1 >= chars.length ? 'rest' : 'folders' });
    } else if (char === '*') {
      steps.push({ kind: 'star' });
    } else if (char === '?') {
      steps.push({ kind: 'one' });
    } else if (char === '[') {
      const set = parseSet(chars, i + 1);
      if (!set) return undefined;
      steps.push(set.step);
      i = set.end;
    } else if (char === '\\') {
      const escaped = chars[++i];
      if (escaped === undefined) return undefined;
      steps.push({ kind: 'char', char: escaped });
    } else {
      steps.push({ kind: 'char', char });
    }
  }
  return steps;
}

/** The set that starts behind `[`; `end` is the place of its `]`. */
function parseSet(chars: readonly string[], start: number): { step: Step; end: number } | undefined {
  const negated = chars[start] === '^';
  const ranges: [string, string][] = [];
  const one = (at: number): { char: string; next: number } | undefined => {
    const escaped = chars[at] === '\\';
    const char = chars[escaped ? at + 1 : at];
    // A bracket and a dash are characters of the set only behind an escape.
    if (char === undefined || (!escaped && /[\]-]/.test(char))) return undefined;
    return { char, next: at + (escaped ? 2 : 1) };
  };
  for (let i = negated ? start + 1 : start; i < chars.length;) {
    if (chars[i] === ']' && ranges.length > 0) return { step: { kind: 'set', negated, ranges }, end: i };
    const low = one(i);
    if (!low) return undefined;
    const high = chars[low.next] === '-' ? one(low.next + 1) : low;
    if (!high) return undefined;
    ranges.push([low.char, high.char]);
    i = high.next;
  }
  return undefined;
}

/** All places in the pattern that the path read so far can lead to, one character after another. */
function matches(steps: readonly Step[], path: string): boolean {
  let places = new Set<number>();
  reach(steps, places, 0);
  for (const char of path) {
    const next = new Set<number>();
    for (const place of places) {
      const step = steps[place];
      if (!step) continue;
      if (step.kind === 'rest' || (step.kind === 'star' && char !== '/')) reach(steps, next, place);
      else if (step.kind === 'folders') {
        next.add(place);
        if (char === '/') reach(steps, next, place + 1);
      } else if (consumes(step, char)) reach(steps, next, place + 1);
    }
    if (next.size === 0) return false;
    places = next;
  }
  return places.has(steps.length);
}

/** Add a place, and those behind steps that need no character. A `folders` under way has to end with its slash. */
function reach(steps: readonly Step[], places: Set<number>, from: number): void {
  for (let place = from; ; place++) {
    places.add(place);
    const kind = steps[place]?.kind;
    if (kind !== 'star' && kind !== 'folders' && kind !== 'rest') return;
  }
}

function consumes(step: Step, char: string): boolean {
  if (step.kind === 'char') return char === step.char;
  if (step.kind === 'one') return char !== '/';
  if (step.kind === 'set')
    return step.ranges.some(([low, high]) => low <= char && char <= high) !== step.negated;
  return false;
}
