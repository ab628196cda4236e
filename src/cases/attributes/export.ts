/** Kept passages as files. Each says first what it is, how good it is, and how long it is kept. */
import type { Drawing } from '../../drawing/drawing.ts';
import {
  entryOf,
  numberOf,
  RUN_COLUMNS,
  runCells,
  runsOf,
  type CatalogueContext,
  type CatalogueText,
} from '../frame/catalogue.ts';
import { csvOf, stampedName, type TableFormat } from '../frame/tables.ts';
import { ERROR_BAND } from './error-band.ts';
import { BANDS, type KeptPassages } from './kept.svelte.ts';

export interface ExportContext extends CatalogueContext {
  readonly kept: KeptPassages;
  readonly drawing: Drawing;
  readonly engines: readonly { readonly role: string; readonly model: string; readonly backend: string }[];
  readonly text: CatalogueText & { readonly quality: string };
}

const COLUMNS = [...RUN_COLUMNS, 'time_s', 'age_band', 'sex', 'quality'] as const;

/** What the file is about; the same in both formats. */
export function catalogue(context: ExportContext) {
  const { drawing, engines, text } = context;
  const { maeYears, sexAccuracy2059 } = ERROR_BAND;
  return {
    ...entryOf('incam-attributes', ['attributes', 'in-camera', 'age-band', 'sex'], context),
    models: engines.map(({ role, model, backend }) => `${role}=${model} (${backend})`),
    quality: { description: text.quality, ageErrorYears: maeYears, sexAccuracy: sexAccuracy2059 },
    configuration: { areas: drawing.zones, masks: drawing.masks.length },
  };
}

/** One row a passage, below the catalogue. */
export function toCsv(context: ExportContext): string {
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

export function toJson(context: ExportContext): string {
  const { kept } = context;
  const totals = BANDS.map((age) => ({ age, ...kept.population[age] }));
  const passages = kept.passages.map(({ record, run }) => ({ run: numberOf(kept, run), ...record }));
  return JSON.stringify({ ...catalogue(context), runs: runsOf(kept), totals, passages }, null, 2) + '\n';
}

export const fileName = (extension: TableFormat, now: number): string =>
  stampedName('incam-attributes', extension, now);
