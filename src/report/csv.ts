/** A table as plain CSV for machines (RFC 4180, UTF-8): one head line and the rows; what it is about stands in the package. */
import { csvCell } from '../cases/shared/tables.ts';
import type { Table } from '../cases/shared/data-set.ts';

export const toCsv = ({ columns, rows }: Table): string =>
  [columns.map(({ name }) => name), ...rows].map((cells) => cells.map(csvCell).join(',') + '\r\n').join('');
