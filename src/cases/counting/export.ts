/**
 * Kept records as files. Each file says first what it is, in the catalogue's terms (data set: name, title, creator,
 * tags, release date; resource: title, description, licence, language), how it came about and how long it is kept.
 */
import type { Drawing } from '../../drawing/drawing.ts';
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

/** One row a crossing, below the catalogue as lines that begin with `#`; RFC 4180, with a mark for spreadsheets. */
export function toCsv(context: ExportContext): string {
  const { kept, drawing } = context;
  const names = new Map(drawing.lines.map(({ id, name }) => [id, name]));
  const header = Object.entries(flatten(catalogue(context))).map(([key, value]) => [`# ${key}`, value]);
  const rows = kept.crossings.map((crossing) => rowOf(crossing, kept, names));
  return (
    '\uFEFF' + [...header, COLUMNS, ...rows].map((cells) => cells.map(csvCell).join(',') + '\r\n').join('')
  );
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

/** Name of a file, with the local time so that files of one day sort by it. */
export function fileName(extension: 'csv' | 'json', now: number): string {
  const date = new Date(now);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `incam-counting-${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}.${extension}`;
}

/**
 * One cell of CSV: quoted where RFC 4180 asks for it. A text that a spreadsheet would take for a formula gets an
 * apostrophe, because names are free text and files are passed on.
 */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

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

/** Nested values as dotted keys, for the lines above the table. */
function flatten(value: unknown, path = ''): Record<string, string | number> {
  if (typeof value === 'string' || typeof value === 'number') return { [path]: value };
  if (value === null || value === undefined) return {};
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return { [path]: value.join(' ') };
  if (typeof value !== 'object') return { [path]: String(value) };
  return Object.entries(value).reduce(
    (flat, [key, part]) => ({ ...flat, ...flatten(part, path ? `${path}.${key}` : key) }),
    {},
  );
}
