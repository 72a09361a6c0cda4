// Numbers of a bench: taken several times, told with their spread.

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} ours
 * @property {string} theirs
 * @property {string} ratio
 * @property {string} goal
 * @property {boolean | undefined} reached undefined where there is no goal
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const low = sorted[sorted.length % 2 === 0 ? middle - 1 : middle] ?? NaN;
  return (low + (sorted[middle] ?? NaN)) / 2;
}

/**
 * Takes both sides in turn, so that a machine that gets slower does so for both; the first round warms up.
 * @param {number} times
 * @param {readonly (() => Promise<number>)[]} sides each answers with what it measured
 * @returns {Promise<number[][]>} per side
 */
export async function inTurn(times, ...sides) {
  /** @type {number[][]} */
  const values = sides.map(() => []);
  for (let round = 0; round <= times; round++) {
    for (const [index, side] of sides.entries()) {
      const value = await side();
      if (round > 0) values[index]?.push(value);
    }
  }
  return values;
}

/** @param {() => Promise<unknown>} work @returns {Promise<number>} ms */
export async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** `12.3 ms (11.9-14.0)` @param {readonly number[]} values @param {string} unit */
export function spread(values, unit) {
  const digits = (/** @type {number} */ value) =>
    value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
  return `${digits(median(values))} ${unit} (${digits(Math.min(...values))}-${digits(Math.max(...values))})`;
}

/**
 * A row that holds our measure against another in the same run.
 * @param {string} what
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs
 * @param {{ unit: string, atMost?: number, atLeast?: number }} options of the ratio ours / theirs
 * @returns {Row}
 */
export function compared(what, ours, theirs, { unit, atMost, atLeast }) {
  const ratio = median(ours) / median(theirs);
  const reached =
    atMost !== undefined ? ratio <= atMost : atLeast !== undefined ? ratio >= atLeast : undefined;
  const goal = atMost !== undefined ? `<= ${atMost} x` : atLeast !== undefined ? `>= ${atLeast} x` : '';
  return {
    what,
    ours: spread(ours, unit),
    theirs: spread(theirs, unit),
    ratio: `${ratio.toFixed(2)} x`,
    goal,
    reached,
  };
}

/**
 * A row with a bound of its own.
 * @param {string} what
 * @param {readonly number[]} ours
 * @param {{ unit: string, atMost: number }} options
 * @returns {Row}
 */
export function bounded(what, ours, { unit, atMost }) {
  const text = ours.length === 1 ? `${ours[0]} ${unit}` : spread(ours, unit);
  return {
    what,
    ours: text,
    theirs: '',
    ratio: '',
    goal: `<= ${atMost} ${unit}`,
    reached: median(ours) <= atMost,
  };
}

/** @param {readonly Row[]} rows @returns {string} Markdown */
export function table(rows) {
  const cells = rows.map(({ what, ours, theirs, ratio, goal, reached }) => [
    what,
    ours,
    theirs,
    ratio,
    goal,
    reached === undefined ? '' : reached ? 'yes' : 'NO',
  ]);
  const lines = [
    ['work', 'Quayside', 'beside it', 'ratio', 'goal', 'reached'],
    ['---', '---', '---', '---', '---', '---'],
    ...cells,
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}
