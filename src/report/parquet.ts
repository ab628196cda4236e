/** A table as Apache Parquet, with its columns' types and the catalogue's items among the file's own metadata. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ColumnType, DataSet, Table } from '../cases/shared/data-set.ts';
import { catalogueOf } from './catalogue.ts';

const TYPES = {
  string: 'STRING',
  integer: 'INT32',
  number: 'DOUBLE',
  datetime: 'TIMESTAMP',
} as const satisfies Record<ColumnType, string>;

export function toParquet(set: DataSet, { columns, rows }: Table): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, type }, i) => ({
      name,
      type: TYPES[type],
      data: rows.map((row) => {
        const cell = row[i];
        if (cell === undefined) return null;
        return type === 'datetime' ? new Date(cell) : cell;
      }),
    })),
    kvMetadata: [{ key: 'catalogue', value: JSON.stringify(catalogueOf(set)) }],
    createdBy: 'incam',
  });
  return new Uint8Array(buffer);
}
