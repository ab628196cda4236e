/** Case 1's passages as a table. */
import { RUN_FIELDS, text, TIME_FIELD, real, type QualityFigure, type Table } from '../shared/data-set.ts';
import { runCells } from '../shared/catalogue.ts';
import { ERROR_BAND } from './error-band.ts';
import type { AttributesRecords } from './records.svelte.ts';

export const tablesOf = (kept: AttributesRecords): Table[] => [
  {
    name: 'passages',
    columns: [
      ...RUN_FIELDS,
      TIME_FIELD,
      text('age_band', 'Estimated age band in years, or unknown'),
      text('sex', 'Estimated sex, or unknown'),
      real('quality', 'How good the views of the face were, 0 to 1'),
    ],
    rows: kept.passages.map(({ record, run }) => [
      ...runCells(kept, run),
      record.atS,
      record.age,
      record.sex,
      record.quality,
    ]),
  },
];

const SOURCE = 'npm run eval -- --set utkface --fit';
export const FIGURES: readonly QualityFigure[] = [
  { name: 'mean absolute error of the age, years', value: ERROR_BAND.maeYears, source: SOURCE },
  { name: 'share of right sexes, ages 20 to 59', value: ERROR_BAND.sexAccuracy2059, source: SOURCE },
];
