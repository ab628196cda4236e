/**
 * Kept figures as files; the picture is not among them: it is overwritten by the next, and a file would keep it. Each file
 * says first what it is, in the catalogue's terms (data set: name, title, creator, tags, release date; resource: title,
 * description, licence, language), and how long it is kept.
 */
import type { Drawing } from '../../drawing/drawing.ts';
import { csvOf, stampedName } from '../frame/tables.ts';
import type { KeptCrowd } from './kept.svelte.ts';

export interface ExportContext {
  readonly kept: KeptCrowd;
  readonly drawing: Drawing;
  readonly facility: string;
  readonly engine?: { readonly model: string; readonly backend: string } | undefined;
  /** Wall clock of the export, milliseconds since 1970. */
  readonly now: number;
  /** Texts of the reader's language. */
  readonly text: {
    readonly title: string;
    readonly description: string;
    readonly quality: string;
    readonly retention: string;
    readonly licence: string;
    readonly language: string;
  };
}

const COLUMNS = [
  'run',
  'run_started_at',
  'time_s',
  'standing',
  'moving',
  'density_per_m2',
  'level_of_service',
  'trend',
  'limit',
  'restriction',
] as const;

/** What the file is about; the same in both formats. */
export function catalogue({ kept, drawing, facility, engine, now, text }: ExportContext) {
  const started = kept.runs[0]?.startedAt;
  const area = kept.latest?.areaM2;
  return {
    dataset: {
      name: 'incam-crowding',
      title: text.title,
      creator: 'incam',
      tags: ['crowding', 'in-camera', 'numbers-only'],
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
    engine: engine ?? null,
    retention: text.retention,
    quality: text.quality,
    configuration: {
      facility,
      area: drawing.zones[0]?.points ?? null,
      areaM2: area ?? null,
      masks: drawing.masks.length,
      calibration: drawing.ground ?? null,
    },
  };
}

/** One row a second, below the catalogue. */
export function toCsv(context: ExportContext): string {
  const { kept } = context;
  const rows = kept.figures.map(({ record, run }) => [
    kept.runs.indexOf(run) + 1,
    new Date(run.startedAt).toISOString(),
    record.atS,
    record.standing,
    record.moving,
    record.density,
    record.level,
    record.trend,
    record.limit,
    record.restriction,
  ]);
  return csvOf(catalogue(context), COLUMNS, rows);
}

export function toJson(context: ExportContext): string {
  const { kept } = context;
  const runs = kept.runs.map(({ source, startedAt }) => ({
    source,
    startedAt: new Date(startedAt).toISOString(),
  }));
  const figures = kept.figures.map(({ record, run }) => ({ run: kept.runs.indexOf(run) + 1, ...record }));
  return JSON.stringify({ ...catalogue(context), runs, figures }, null, 2) + '\n';
}

export const fileName = (extension: 'csv' | 'json', now: number): string =>
  stampedName('incam-crowding', extension, now);
