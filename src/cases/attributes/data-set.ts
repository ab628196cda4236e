/** Case 1's passages as a table. */
import { RUN_FIELDS, text, TIME_FIELD, real, type QualityFigure, type Table } from '../shared/data-set.ts';
import { runCells } from '../shared/catalogue.ts';
import { ERROR_BY_GROUP } from './error-by-group.ts';
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

const { yearsOutside, inBand, sexRight, madeBy: source } = ERROR_BY_GROUP;
export const FIGURES: readonly QualityFigure[] = [
  { name: 'mean distance of the age from the true band, years', value: yearsOutside, source },
  { name: 'share of ages in the true band', value: inBand, source },
  ...(sexRight === undefined
    ? []
    : [{ name: 'share of told sexes that are right, ages from 20', value: sexRight, source }]),
];
