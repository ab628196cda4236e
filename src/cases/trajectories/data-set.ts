/** Case 2's sums as tables: visits, trips, flow lines, heat map. No row is about fewer than k people. */
import { CELL_M } from '../../../contract/index.ts';
import type { Drawing } from '../../drawing/drawing.ts';
import { real, text, whole, type Table } from '../shared/data-set.ts';
import type { TrajectoriesRecords } from './records.svelte.ts';

const tenths = (value: number) => Math.round(value * 10) / 10;

export const tablesOf = (kept: TrajectoriesRecords, drawing: Drawing): Table[] => [
  {
    name: 'visits',
    columns: [
      text('zone', 'Zone of the floor'),
      whole('people', 'People behind this row'),
      whole('visits', 'Their visits of the zone'),
      real('mean_s', 'Mean length of these visits, seconds'),
    ],
    rows: drawing.zones.flatMap(({ id }) =>
      kept.groupsOf(id).map(({ people, visits, meanS }) => [id, people, visits, meanS]),
    ),
  },
  {
    name: 'trips',
    columns: [
      text('from_zone', 'Zone that was left'),
      text('to_zone', 'Zone that was entered next'),
      whole('trips', 'How often'),
    ],
    rows: Object.entries(kept.trips).map(([pair, trips]) => [...pair.split(' '), trips]),
  },
  {
    name: 'flow-lines',
    columns: [
      text('from_zone', 'Zone where the route begins'),
      text('to_zone', 'Zone where it ends'),
      whole('route', 'Route between the two, counted from 0'),
      whole('people', 'People whose mean line this is'),
      whole('point', 'Point of the line, counted from 0'),
      real('x_m', 'Metres along the near side of the calibrated floor'),
      real('y_m', 'Metres away from the camera'),
    ],
    rows: kept.flows.flatMap(({ from, to, route, people, points }) =>
      points.map(([x, y], i) => [from, to, route, people, i, x, y]),
    ),
  },
  {
    name: 'heat-map',
    columns: [
      real('x_m', 'Near left corner of the cell, metres'),
      real('y_m', 'Near left corner of the cell, metres'),
      real('side_m', 'Side of the cell, metres'),
      real('seconds', 'Time spent in the cell by all people'),
    ],
    rows: kept
      .heatAt(kept.latestS, Infinity)
      .map(({ column, row, seconds }) => [column * CELL_M, row * CELL_M, CELL_M, tenths(seconds)]),
  },
];
