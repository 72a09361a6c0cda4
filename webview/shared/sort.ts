export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** As in CSS `grid-template-columns`. */
  readonly width: string;
  readonly text: (row: Row) => string;
  /** What rows are ordered by; a row without a value comes last, whatever the direction. */
  readonly value: (row: Row) => string | number | undefined;
  /** Set to the end of the column, and sorted from the largest first. */
  readonly numeric?: boolean;
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** The rows in order; those that are equal keep theirs. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort): Row[] {
  const value = columns.find(({ id }) => id === sort.column)?.value;
  if (!value) return [...rows];
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((rowA, rowB) => {
    const [a, b] = [value(rowA), value(rowB)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * collator.compare(String(a), String(b));
  });
}
