import { invalid } from './invalid';

/**
 * The fields of one CSV record, as the CLI reads `--mount`, `--gpus` and the long form of `--network`: a field that holds a
 * comma or a line break stands in double quotes, and a double quote inside those is doubled (RFC 4180, Go's `encoding/csv`).
 */
export function parseCsv(text: string): string[] {
  if (text === '') throw noList(text);
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|$)/y;
  for (;;) {
    const match = field.exec(text);
    if (!match) throw text.includes('"') ? misquoted(text) : noList(text);
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') return fields;
  }
}

/** The record that `parseCsv` reads back. */
export function csvText(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

function noList(text: string): Error {
  return invalid('"{0}" is not a list of fields with commas between.', text);
}

function misquoted(text: string): Error {
  return invalid(
    'A double quote in "{0}" does not enclose a whole field. Write "a,b" or leave it out.',
    text,
  );
}
