/**
 * What a case keeps, as tables with named columns, apart from any file format; and the eleven items of the catalogue under
 * which it is offered (seed 000, データ連携SWG: data set {name, title, creator, tags, release date}, resource {title, URL,
 * description, file size, licence, language}).
 */
import type { CaseId } from '../../../contract/index.ts';
import type { Place } from './place.ts';
import type { Cell } from './tables.ts';

export type ColumnType = 'string' | 'integer' | 'number' | 'datetime';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** In English, with the unit: data sets are read by machines and by people of any language. */
  readonly description: string;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Cells in the columns' order; undefined where there is no value. Times are ISO 8601 texts. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A measured figure of how right the data are, and the command that measured it. */
export interface QualityFigure {
  readonly name: string;
  readonly value: number;
  readonly source: string;
}

export interface DataSet {
  readonly case: CaseId;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Who offers it; empty: not stated. */
  readonly creator: string;
  readonly tags: readonly string[];
  /** ISO 8601. */
  readonly releaseDate: string;
  /** Where it is offered; empty: not stated. */
  readonly url: string;
  /** Empty: not stated. */
  readonly licence: string;
  /** BCP 47. */
  readonly language: string;
  readonly retention: string;
  /** What is known of errors, in words and figures, and what it does not say. */
  readonly quality: { readonly description: string; readonly figures: readonly QualityFigure[] };
  /** What happens when data cannot be delivered; empty: not stated. */
  readonly undeliverable: string;
  /** When the first run began and the last record came, ISO 8601; absent: nothing was taken. */
  readonly period?: { readonly from: string; readonly to: string };
  /** Where the camera is; undefined: not stated. */
  readonly place?: Place | undefined;
  readonly tables: readonly Table[];
}

export const text = (name: string, description: string): Column => ({ name, type: 'string', description });
export const whole = (name: string, description: string): Column => ({ name, type: 'integer', description });
export const real = (name: string, description: string): Column => ({ name, type: 'number', description });

/** The first columns of every table of records. */
export const RUN_FIELDS: readonly Column[] = [
  whole('run', 'Stretch of looking, from a start of the camera to its stop, counted from 1'),
  { name: 'run_started_at', type: 'datetime', description: 'Wall clock of that start' },
];
export const TIME_FIELD = real('time_s', 'Seconds since the start of the run');
