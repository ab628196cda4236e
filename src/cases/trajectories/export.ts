/**
 * Kept sums as files: one table for all kinds of sums in CSV, and each by itself in JSON. Each file says first what it is,
 * of how many people each number is at least, and how long it is kept.
 */
import { CELL_M } from '../../../contract/index.ts';
import type { Drawing } from '../../drawing/drawing.ts';
import { entryOf, runsOf, type ExportContext, type UsedEngine } from '../shared/catalogue.ts';
import { csvOf, jsonOf, tableWriter, type Cell } from '../shared/tables.ts';
import type { TrajectoriesRecords } from './records.svelte.ts';

const NAME = 'incam-trajectories';

interface TrajectoriesExport extends ExportContext<TrajectoriesRecords> {
  readonly drawing: Drawing;
  readonly k: number;
  readonly everyS: number;
  readonly engine?: UsedEngine | undefined;
}

const COLUMNS = ['kind', 'zone', 'to_zone', 'route', 'people', 'times', 'mean_s', 'x_m', 'y_m'] as const;

/** What the file is about; the same in both formats. */
function catalogue(context: TrajectoriesExport) {
  const { drawing, k, everyS, engine, text } = context;
  return {
    ...entryOf(NAME, ['flow-lines', 'dwell-time', 'heat-map', 'in-camera', 'aggregated'], context),
    engine: engine ?? null,
    quality: text.quality,
    configuration: {
      k,
      everyS,
      cellM: CELL_M,
      zones: drawing.zones.map(({ id, name, role }) => ({ id, name, role: role ?? 'other' })),
      masks: drawing.masks.length,
      calibration: drawing.ground ?? null,
    },
  };
}

/** Visits, trips, points of flow lines and cells of the heat map, one row each, below the catalogue. */
function toCsv(context: TrajectoriesExport): string {
  const { kept, drawing } = context;
  const visits = drawing.zones.flatMap(({ id }) =>
    kept
      .groupsOf(id)
      .map(({ people, visits: times, meanS }): Cell[] => row('visits', id, { people, times, meanS })),
  );
  const trips = Object.entries(kept.trips).map(([pair, times]): Cell[] => {
    const [from, to] = pair.split(' ') as [string, string];
    return row('trips', from, { to, times });
  });
  const flows = kept.flows.flatMap(({ from, to, route, people, points }) =>
    points.map(([x, y]): Cell[] => row('flow', from, { to, route, people, x, y })),
  );
  const heat = kept
    .heatAt(kept.latestS, Infinity)
    .map(({ column, row: line, seconds }): Cell[] =>
      row('heat', undefined, { times: tenths(seconds), x: column * CELL_M, y: line * CELL_M }),
    );
  return csvOf(catalogue(context), COLUMNS, [...visits, ...trips, ...flows, ...heat]);
}

function toJson(context: TrajectoriesExport): string {
  const { kept, drawing } = context;
  return jsonOf({
    ...catalogue(context),
    runs: runsOf(kept),
    visits: drawing.zones.map(({ id }) => ({ zone: id, groups: kept.groupsOf(id) })),
    trips: Object.entries(kept.trips).map(([pair, trips]) => {
      const [from, to] = pair.split(' ');
      return { from, to, trips };
    }),
    flows: kept.flows,
    heat: kept.heatAt(kept.latestS, Infinity).map((cell) => ({ ...cell, seconds: tenths(cell.seconds) })),
  });
}

export const tableFile = tableWriter(NAME, { csv: toCsv, json: toJson });

interface Values {
  to?: string;
  route?: number;
  people?: number;
  times?: number;
  meanS?: number;
  x?: number;
  y?: number;
}
const row = (
  kind: string,
  zone: string | undefined,
  { to, route, people, times, meanS, x, y }: Values,
): Cell[] => [kind, zone, to, route, people, times, meanS, x, y];

const tenths = (value: number) => Math.round(value * 10) / 10;
