/**
 * Tables as GeoJSON (RFC 7946). A row that says where it is stands there; the others stand where the operator's file puts the
 * camera, or nowhere (a geometry of null is allowed).
 */
import type { DataSet, Table } from '../cases/shared/data-set.ts';
import type { Cell } from '../cases/shared/tables.ts';
import { catalogueOf } from './catalogue.ts';
import { sized } from '../cases/shared/sized.ts';

type Point = { readonly type: 'Point'; readonly coordinates: readonly [lon: number, lat: number] };

const pointAt = (lat: Cell, lon: Cell): Point | undefined =>
  typeof lat === 'number' && typeof lon === 'number' ? { type: 'Point', coordinates: [lon, lat] } : undefined;

export function toGeoJson(set: DataSet): string {
  const home = set.place && pointAt(set.place.lat, set.place.lon);
  const features = set.tables.flatMap((table) => featuresOf(table, home));
  return sized(
    (fileSize) =>
      `${JSON.stringify({ type: 'FeatureCollection', catalogue: catalogueOf(set, fileSize), features }, null, 1)}\n`,
  );
}

function featuresOf({ name, columns, rows }: Table, home: Point | undefined) {
  const indexOf = (wanted: string) => columns.findIndex((column) => column.name === wanted);
  const [lat, lon] = [indexOf('latitude'), indexOf('longitude')];
  return rows.map((row) => ({
    type: 'Feature',
    geometry: (lat >= 0 ? pointAt(row[lat], row[lon]) : home) ?? null,
    properties: {
      table: name,
      ...Object.fromEntries(
        columns.flatMap((column, i) =>
          row[i] === undefined || i === lat || i === lon ? [] : [[column.name, row[i]]],
        ),
      ),
    },
  }));
}
