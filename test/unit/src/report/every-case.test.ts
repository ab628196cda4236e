/** Every case's own tables through the four formats and the data package: the columns that a case declares hold what they say. */
import { createRequire } from 'node:module';
import { unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { CASES, type CaseId } from '../../../../contract/index.ts';
import { tablesOf as attributes } from '../../../../src/cases/attributes/data-set.ts';
import { AttributesRecords } from '../../../../src/cases/attributes/records.svelte.ts';
import { tablesOf as counting } from '../../../../src/cases/counting/data-set.ts';
import { CountingRecords } from '../../../../src/cases/counting/records.svelte.ts';
import { tablesOf as crowding } from '../../../../src/cases/crowding/data-set.ts';
import { CrowdingRecords } from '../../../../src/cases/crowding/records.svelte.ts';
import { tablesOf as repeatVisits } from '../../../../src/cases/repeat-visits/data-set.ts';
import { RepeatVisitsRecords } from '../../../../src/cases/repeat-visits/records.svelte.ts';
import type { Column, Table } from '../../../../src/cases/shared/data-set.ts';
import type { Cell } from '../../../../src/cases/shared/tables.ts';
import { tablesOf as streetscape } from '../../../../src/cases/streetscape/data-set.ts';
import { StreetscapeRecords } from '../../../../src/cases/streetscape/records.svelte.ts';
import { tablesOf as trajectories } from '../../../../src/cases/trajectories/data-set.ts';
import { TrajectoriesRecords } from '../../../../src/cases/trajectories/records.svelte.ts';
import type { Drawing } from '../../../../src/drawing/drawing.ts';
import { packageOf } from '../../../../src/report/package.ts';
import { SET } from './data-set.ts';

const { Profile } = createRequire(import.meta.url)('datapackage') as {
  Profile: {
    load(name: string): Promise<{ validate(descriptor: unknown): { valid: boolean; errors: unknown[] } }>;
  };
};
const NOTHING = { lines: [], zones: [], masks: [], ground: null } as unknown as Drawing;
const TABLES: Readonly<Record<CaseId, () => Table[]>> = {
  attributes: () => attributes(new AttributesRecords()),
  trajectories: () => trajectories(new TrajectoriesRecords(), NOTHING),
  'repeat-visits': () => repeatVisits(new RepeatVisitsRecords()),
  counting: () => counting(new CountingRecords(), NOTHING),
  streetscape: () => streetscape(new StreetscapeRecords()),
  crowding: () => crowding(new CrowdingRecords()),
};
const VALUES: Readonly<Record<Column['type'], Cell>> = {
  string: '線, "1"',
  integer: 3,
  number: 1.5,
  datetime: '2026-11-30T00:00:00.000Z',
};

it.each(CASES)('%s: CSV, JSON, GeoJSON and Parquet of each table, in a valid package', async (id) => {
  const tables = TABLES[id]().map((table) => ({
    ...table,
    rows: [table.columns.map(({ type }) => VALUES[type])],
  }));
  expect(tables.length).toBeGreaterThan(0);
  const name = `incam-${id}`;
  const { content } = await packageOf({ ...SET, case: id, name, tables }, '# terms', Date.UTC(2026, 11, 1));
  const files = unzipSync(content);
  const text = (path: string) => new TextDecoder().decode(files[path]);
  for (const table of tables) {
    expect(text(`data/${table.name}.csv`)).toContain(table.columns.map((column) => column.name).join(','));
    const bytes = files[`data/${table.name}.parquet`]!;
    const [row] = await parquetReadObjects({ file: bytes.slice().buffer });
    expect(Object.keys(row!)).toEqual(table.columns.map((column) => column.name));
  }
  expect(JSON.parse(text(`data/${name}.geojson`)).type).toBe('FeatureCollection');
  expect(Object.keys(JSON.parse(text(`data/${name}.json`)))).not.toHaveLength(0);
  const profile = await Profile.load('data-package');
  expect(profile.validate(JSON.parse(text('datapackage.json')))).toEqual({ valid: true, errors: [] });
});
