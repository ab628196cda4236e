/**
 * Kept records as files. Each file says first what it is, in the catalogue's terms (data set: name, title, creator,
 * tags, release date; resource: title, description, licence, language), how it came about and how long it is kept.
 */
import type { Drawing } from '../../drawing/drawing.ts';
import { csvOf, stampedName } from '../frame/tables.ts';
import { DIRECTIONS, type Crossing, type KeptRecords } from './kept.svelte.ts';
import { KINDS } from '../../../workers/contract.ts';

export interface ExportContext {
  readonly kept: KeptRecords;
  readonly drawing: Drawing;
  readonly engine?:
    { readonly model: string; readonly backend: string; readonly threads: number } | undefined;
  /** Wall clock of the export, milliseconds since 1970. */
  readonly now: number;
  /** Texts of the reader's language. */
  readonly text: {
    readonly title: string;
    readonly description: string;
    readonly retention: string;
    readonly licence: string;
    readonly language: string;
  };
}

const COLUMNS = [
  'run',
  'run_started_at',
  'time_s',
  'line',
  'line_name',
  'kind',
  'direction',
  'speed_kmh',
  'height_m',
] as const;

/** What the file is about; the same in both formats. */
export function catalogue({ kept, drawing, engine, now, text }: ExportContext) {
  const started = kept.runs[0]?.startedAt;
  return {
    dataset: {
      name: 'incam-counting',
      title: text.title,
      creator: 'incam',
      tags: ['counting', 'in-camera', 'numbers-only'],
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
    configuration: {
      lines: drawing.lines,
      zones: drawing.zones,
      masks: drawing.masks.length,
      calibration: drawing.ground ?? null,
      anchor: drawing.anchor,
    },
  };
}

/** One row a crossing, below the catalogue. */
export function toCsv(context: ExportContext): string {
  const { kept, drawing } = context;
  const names = new Map(drawing.lines.map(({ id, name }) => [id, name]));
  const rows = kept.crossings.map((crossing) => rowOf(crossing, kept, names));
  return csvOf(catalogue(context), COLUMNS, rows);
}

export function toJson(context: ExportContext): string {
  const { kept, drawing } = context;
  const totals = drawing.lines.flatMap(({ id }) =>
    DIRECTIONS.map((direction) => ({ line: id, direction, ...kept.of(id)[direction] })),
  );
  const crossings = kept.crossings.map(({ record, run }) => ({ run: kept.runs.indexOf(run) + 1, ...record }));
  const runs = kept.runs.map(({ source, startedAt }) => ({
    source,
    startedAt: new Date(startedAt).toISOString(),
  }));
  const content = { ...catalogue(context), kinds: KINDS, runs, totals, zones: kept.zones, crossings };
  return JSON.stringify(content, null, 2) + '\n';
}

export const fileName = (extension: 'csv' | 'json', now: number): string =>
  stampedName('incam-counting', extension, now);

function rowOf({ record, run }: Crossing, kept: KeptRecords, names: ReadonlyMap<string, string>) {
  return [
    kept.runs.indexOf(run) + 1,
    new Date(run.startedAt).toISOString(),
    record.atS,
    record.line,
    names.get(record.line) ?? '',
    record.kind,
    record.direction,
    record.speedKmh,
    record.heightM,
  ];
}
