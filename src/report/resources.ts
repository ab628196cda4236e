/** The files of a data package, each with its size and hash. */
import type { DataSet, Table } from '../cases/shared/data-set.ts';
import { toCsv } from './csv.ts';
import { toGeoJson } from './geojson.ts';
import { toJson } from './json.ts';
import { toParquet } from './parquet.ts';

export interface Resource {
  /** File name in the package. */
  readonly path: string;
  readonly format: 'csv' | 'json' | 'geojson' | 'parquet';
  readonly mediaType: string;
  /** Of which table it is; absent: of all. */
  readonly table?: Table;
  readonly content: Uint8Array;
  /** SHA-256 of the content, hexadecimal. */
  readonly sha256: string;
}

const MEDIA_TYPES = {
  csv: 'text/csv',
  json: 'application/json',
  geojson: 'application/geo+json',
  parquet: 'application/vnd.apache.parquet',
} as const;

async function resource(
  path: string,
  format: Resource['format'],
  content: Uint8Array,
  table?: Table,
): Promise<Resource> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', content as Uint8Array<ArrayBuffer>));
  const sha256 = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { path, format, mediaType: MEDIA_TYPES[format], content, sha256, ...(table && { table }) };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** CSV and Parquet for each table, JSON and GeoJSON for all of them together. */
export const resourcesOf = (set: DataSet): Promise<Resource[]> =>
  Promise.all([
    ...set.tables.flatMap((table) => [
      resource(`data/${table.name}.csv`, 'csv', utf8(toCsv(table)), table),
      resource(`data/${table.name}.parquet`, 'parquet', toParquet(set, table), table),
    ]),
    resource(`data/${set.name}.json`, 'json', utf8(toJson(set))),
    resource(`data/${set.name}.geojson`, 'geojson', utf8(toGeoJson(set))),
  ]);
