/** What an engine's history says of one instruction. */
export interface Instruction {
  readonly createdBy: string;
  /** Bytes. */
  readonly size: number;
}

/** Instructions that make a layer even when it is empty, in the words of both builders. */
const MAKES =
  /^(?:RUN|COPY|ADD|WORKDIR)\b|^\S+ (?:-o \S+ )?-c (?!#\(nop\))|^\|\d+ |#\(nop\)\s+(?:COPY|ADD|WORKDIR)\b/;

/**
 * Which of the image's layers each instruction has made: an index, or `undefined`. An engine tells both in lists of their
 * own, the oldest first here; the layers belong, in order, to the instructions that made one. `empty`: what the image's
 * configuration says of each, where that is known.
 */
export function layersOfRows(
  rows: readonly Instruction[],
  layers: number,
  empty: readonly boolean[] = [],
): readonly (number | undefined)[] {
  const owners = ownersOf(rows, layers, empty);
  let next = 0;
  return rows.map((row) => (owners.has(row) && next < layers ? next++ : undefined));
}

/** The instructions that certainly made the layers, or `undefined` where the lists do not say it. */
export function certainOwners(
  rows: readonly Instruction[],
  layers: number,
): readonly Instruction[] | undefined {
  const sized = rows.filter(({ size }) => size > 0);
  const made = rows.filter(({ size, createdBy }) => size > 0 || MAKES.test(createdBy));
  return [sized, made].find(({ length }) => length === layers);
}

function ownersOf(
  rows: readonly Instruction[],
  layers: number,
  empty: readonly boolean[],
): ReadonlySet<Instruction> {
  const told = rows.filter((_, index) => empty[index] === false);
  if (empty.length === rows.length && told.length === layers) return new Set(told);
  // Those with a size come first, where nothing is certain.
  return new Set(certainOwners(rows, layers) ?? rows.filter(({ size }) => size > 0));
}
