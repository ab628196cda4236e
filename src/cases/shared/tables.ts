/**
 * Records as files: a table below a header. Every case has its own columns and catalogue entry; the writer is the same
 * for all.
 */

import { sized } from './sized.ts';

export type Cell = string | number | undefined;

export type TableFormat = 'csv' | 'json';
export const MEDIA_TYPE: Record<TableFormat, string> = { csv: 'text/csv', json: 'application/json' };

/** A file for the visitor. */
export interface TableFile {
  readonly name: string;
  readonly content: string;
}

/**
 * The export of a case.
 * @param stem of the file's name
 * @param forms the content in each format, at the moment `now` (milliseconds since 1970); it says its own size
 */
export const tableWriter =
  <C extends { readonly now: number; readonly fileSize?: number }>(
    stem: string,
    forms: Record<TableFormat, (context: C) => string>,
  ) =>
  (format: TableFormat, context: C): TableFile => ({
    name: stampedName(stem, format, context.now),
    content: sized((fileSize) => forms[format]({ ...context, fileSize })),
  });

/**
 * RFC 4180, with a mark for spreadsheets; the header comes first, as lines that begin with `#`.
 * @param about nested values, written as dotted keys
 */
export function csvOf(about: object, columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const header = Object.entries(flatten(about)).map(([key, value]) => [`# ${key}`, value]);
  return (
    '\uFEFF' + [...header, columns, ...rows].map((cells) => cells.map(csvCell).join(',') + '\r\n').join('')
  );
}

/** Indented, to be read by people as well. */
export const jsonOf = (content: object): string => JSON.stringify(content, null, 2) + '\n';

/** Name of a file, with the local time so that files of one day sort by it. */
export function stampedName(stem: string, extension: string, now: number): string {
  const date = new Date(now);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${stem}-${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}.${extension}`;
}

/**
 * One cell of CSV: quoted where RFC 4180 asks for it. A text that a spreadsheet would take for a formula gets an
 * apostrophe, because names are free text and other people open the files.
 */
export function csvCell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Nested values as dotted keys, for the lines above the table. */
function flatten(value: unknown, path = ''): Record<string, string | number> {
  if (typeof value === 'string' || typeof value === 'number') return { [path]: value };
  if (value === null || value === undefined) return {};
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return { [path]: value.join(' ') };
  if (typeof value !== 'object') return { [path]: String(value) };
  return Object.entries(value).reduce(
    (flat, [key, part]) => ({ ...flat, ...flatten(part, path ? `${path}.${key}` : key) }),
    {},
  );
}
