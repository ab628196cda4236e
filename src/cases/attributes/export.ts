/**
 * Kept passages as files. Each says first what it is, in the catalogue's terms (data set: name, title, creator, tags,
 * release date; resource: title, description, licence, language), how good it is, and how long it is kept.
 */
import type { Drawing } from '../../drawing/drawing.ts';
import { csvOf, stampedName } from '../frame/tables.ts';
import { ERROR_BAND } from './error-band.ts';
import { BANDS, type KeptPassages } from './kept.svelte.ts';

export interface ExportContext {
  readonly kept: KeptPassages;
  readonly drawing: Drawing;
  readonly engines: readonly { readonly role: string; readonly model: string; readonly backend: string }[];
  /** Wall clock of the export, milliseconds since 1970. */
  readonly now: number;
  /** Texts of the reader's language. */
  readonly text: {
    readonly title: string;
    readonly description: string;
    readonly retention: string;
    readonly quality: string;
    readonly licence: string;
    readonly language: string;
  };
}

const COLUMNS = ['run', 'run_started_at', 'time_s', 'age_band', 'sex', 'quality'] as const;

/** What the file is about; the same in both formats. */
export function catalogue({ kept, drawing, engines, now, text }: ExportContext) {
  const started = kept.runs[0]?.startedAt;
  const { maeYears, sexAccuracy2059 } = ERROR_BAND;
  return {
    dataset: {
      name: 'incam-attributes',
      title: text.title,
      creator: 'incam',
      tags: ['attributes', 'in-camera', 'age-band', 'sex'],
      releaseDate: new Date(now).toISOString(),
    },
    resource: {
      title: text.title,
      description: text.description,
      license: text.licence,
      language: text.language,
    },
    source: kept.runs.at(-1)?.source ?? null,
    startedAt: started === undefined ? null : new Date(started).toISOString(),
    models: engines.map(({ role, model, backend }) => `${role}=${model} (${backend})`),
    retention: text.retention,
    quality: { description: text.quality, ageErrorYears: maeYears, sexAccuracy: sexAccuracy2059 },
    configuration: { areas: drawing.zones, masks: drawing.masks.length },
  };
}

/** One row a passage, below the catalogue. */
export function toCsv(context: ExportContext): string {
  const { kept } = context;
  const rows = kept.passages.map(({ record, run }) => [
    kept.runs.indexOf(run) + 1,
    new Date(run.startedAt).toISOString(),
    record.atS,
    record.age,
    record.sex,
    record.quality,
  ]);
  return csvOf(catalogue(context), COLUMNS, rows);
}

export function toJson(context: ExportContext): string {
  const { kept } = context;
  const runs = kept.runs.map(({ source, startedAt }) => ({
    source,
    startedAt: new Date(startedAt).toISOString(),
  }));
  const totals = BANDS.map((age) => ({ age, ...kept.population[age] }));
  const passages = kept.passages.map(({ record, run }) => ({ run: kept.runs.indexOf(run) + 1, ...record }));
  return JSON.stringify({ ...catalogue(context), runs, totals, passages }, null, 2) + '\n';
}

export const fileName = (extension: 'csv' | 'json', now: number): string =>
  stampedName('incam-attributes', extension, now);
