/** A data set as one JSON file: catalogue, quality, tables as lists of named values. */
import type { DataSet, Table } from '../cases/shared/data-set.ts';
import { catalogueOf } from './catalogue.ts';
import { sized } from '../cases/shared/sized.ts';

const namedRows = ({ columns, rows }: Table) =>
  rows.map((row) =>
    Object.fromEntries(columns.flatMap(({ name }, i) => (row[i] === undefined ? [] : [[name, row[i]]]))),
  );

export const toJson = (set: DataSet): string =>
  sized(
    (fileSize) =>
      `${JSON.stringify(
        {
          ...catalogueOf(set, fileSize),
          period: set.period ?? null,
          retention: set.retention,
          quality: set.quality,
          undeliverable: set.undeliverable || null,
          tables: Object.fromEntries(set.tables.map((table) => [table.name, namedRows(table)])),
        },
        null,
        2,
      )}\n`,
  );
