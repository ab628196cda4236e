/** Kept passages as files. Each says first what it is, how good it is, and how long it is kept. */
import type { Drawing } from '../../drawing/drawing.ts';
import {
  entryOf,
  modelsOf,
  numbered,
  RUN_COLUMNS,
  runCells,
  runsOf,
  type ExportContext,
  type UsedModel,
} from '../shared/catalogue.ts';
import { csvOf, jsonOf, tableWriter } from '../shared/tables.ts';
import { ERROR_BY_GROUP } from './error-by-group.ts';
import { BANDS, type AttributesRecords } from './records.svelte.ts';

const NAME = 'incam-attributes';

interface AttributesExport extends ExportContext<AttributesRecords> {
  readonly drawing: Drawing;
  readonly engines: readonly UsedModel[];
}

const COLUMNS = [...RUN_COLUMNS, 'time_s', 'age_band', 'sex', 'quality'] as const;

/** What the file is about; the same in both formats. */
function catalogue(context: AttributesExport) {
  const { drawing, engines, text } = context;
  const { yearsOutside, inBand, sexRight } = ERROR_BY_GROUP;
  return {
    ...entryOf(NAME, ['attributes', 'in-camera', 'age-band', 'sex'], context),
    models: modelsOf(engines),
    quality: { description: text.quality, yearsOutsideBand: yearsOutside, inBand, sexRight },
    configuration: { areas: drawing.zones, masks: drawing.masks.length },
  };
}

/** One row a passage, below the catalogue. */
function toCsv(context: AttributesExport): string {
  const { kept } = context;
  const rows = kept.passages.map(({ record, run }) => [
    ...runCells(kept, run),
    record.atS,
    record.age,
    record.sex,
    record.quality,
  ]);
  return csvOf(catalogue(context), COLUMNS, rows);
}

function toJson(context: AttributesExport): string {
  const { kept } = context;
  const totals = BANDS.map((age) => ({ age, ...kept.population[age] }));
  const passages = numbered(kept, kept.passages);
  return jsonOf({ ...catalogue(context), runs: runsOf(kept), totals, passages });
}

export const tableFile = tableWriter(NAME, { csv: toCsv, json: toJson });
