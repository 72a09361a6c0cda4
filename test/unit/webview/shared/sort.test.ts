import { expect, test } from 'vitest';
import { sorted, type Column } from '../../../../webview/shared/sort';

interface Row {
  readonly name: string;
  readonly cpu?: number;
}

const column = (id: 'name' | 'cpu'): Column<Row> => ({
  id,
  title: id,
  width: '1fr',
  text: (row) => String(row[id]),
  value: (row) => row[id],
});
const columns = [column('name'), column('cpu')];
const rows: Row[] = [{ name: 'web10', cpu: 5 }, { name: 'web9' }, { name: 'db', cpu: 50 }];
const names = (sort: { column: string; descending: boolean }) =>
  sorted(rows, columns, sort).map(({ name }) => name);

test('texts are ordered as people count: 9 before 10', () => {
  expect(names({ column: 'name', descending: false })).toEqual(['db', 'web9', 'web10']);
});

test('what has no value comes last in both directions', () => {
  expect(names({ column: 'cpu', descending: false })).toEqual(['web10', 'db', 'web9']);
  expect(names({ column: 'cpu', descending: true })).toEqual(['db', 'web10', 'web9']);
});

test('a column that is no longer there orders nothing', () => {
  expect(names({ column: 'engine', descending: false })).toEqual(['web10', 'web9', 'db']);
});
