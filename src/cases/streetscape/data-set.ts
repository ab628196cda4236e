/** Case 5's facts as tables; pictures are in the GeoJSON that is handed over, and in no table. */
import { minuteStamp } from '../shared/stamps.ts';
import { VEHICLES } from '../../../contract/index.ts';
import { real, text, whole, type Column, type Table } from '../shared/data-set.ts';
import type { StreetscapeRecords } from './records.svelte.ts';

interface When {
  readonly run: { readonly startedAt: number };
  readonly atS: number;
}
const timeOf = ({ run, atS }: When) => minuteStamp(run.startedAt + atS * 1000);

const TIME: Column = { name: 'time', type: 'datetime', description: 'When it was last seen' };
const PLACE = [
  real('latitude', 'Of the vehicle, degrees (WGS 84)'),
  real('longitude', 'Of the vehicle, degrees (WGS 84)'),
];

export const tablesOf = (kept: StreetscapeRecords): Table[] => [
  {
    name: 'signs',
    columns: [
      TIME,
      ...PLACE,
      text('kind', 'Kind of sign or signal'),
      text('lamp', 'Of signals: the lamp last seen lit'),
      whole('times', 'How often it was passed'),
    ],
    rows: kept.signs.map((sign) => [
      timeOf(sign),
      sign.place?.lat,
      sign.place?.lon,
      sign.kind,
      sign.lamp,
      sign.times,
    ]),
  },
  {
    name: 'road',
    columns: [
      TIME,
      ...PLACE,
      text('state', 'State of the road'),
      ...VEHICLES.map((kind) => whole(`${kind}s`, `Vehicles in view of kind ${kind}`)),
    ],
    rows: kept.roads.map((road) => [
      timeOf(road),
      road.place?.lat,
      road.place?.lon,
      road.state,
      ...VEHICLES.map((kind) => road.vehicles[kind] ?? 0),
    ]),
  },
];
