/** Case 6's figures of every second as a table; the picture is overwritten by the next and is in no file. */
import { real, RUN_FIELDS, text, TIME_FIELD, whole, type Table } from '../shared/data-set.ts';
import { runCells } from '../shared/catalogue.ts';
import type { CrowdingRecords } from './records.svelte.ts';

export const tablesOf = (kept: CrowdingRecords): Table[] => [
  {
    name: 'crowding',
    columns: [
      ...RUN_FIELDS,
      TIME_FIELD,
      whole('standing', 'People in the area who stand'),
      whole('moving', 'People in the area who move'),
      real('density_per_m2', 'People a square metre; only where the ground is calibrated'),
      text('level_of_service', 'Level of service after Fruin, a (free) to f; only where calibrated'),
      text('trend', 'up, steady or down'),
      whole('limit', 'People from which entry is to be restricted'),
      text('restriction', 'none, near or likely'),
    ],
    rows: kept.figures.map(({ record, run }) => [
      ...runCells(kept, run),
      record.atS,
      record.standing,
      record.moving,
      record.density,
      record.level,
      record.trend,
      record.limit,
      record.restriction,
    ]),
  },
];
