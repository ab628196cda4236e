/** Kept records as files. Each file says first what it is, how it came about and how long it is kept. */
import type { Drawing } from '../../drawing/drawing.ts';
import {
  entryOf,
  numbered,
  RUN_COLUMNS,
  runCells,
  runsOf,
  type CatalogueText,
  type ExportContext,
  type UsedEngine,
} from '../shared/catalogue.ts';
import { csvOf, jsonOf, tableWriter } from '../shared/tables.ts';
import { DIRECTIONS, type Crossing, type CountingRecords } from './records.svelte.ts';
import { KINDS } from '../../../contract/index.ts';

const NAME = 'incam-counting';

interface CountingExport extends ExportContext<CountingRecords, CatalogueText> {
  readonly drawing: Drawing;
  readonly engine?: (UsedEngine & { readonly threads: number }) | undefined;
}

const COLUMNS = [
  ...RUN_COLUMNS,
  'time_s',
  'line',
  'line_name',
  'kind',
  'direction',
  'speed_kmh',
  'height_m',
  'quality',
] as const;

/** What the file is about; the same in both formats. */
function catalogue(context: CountingExport) {
  const { drawing, engine } = context;
  return {
    ...entryOf(NAME, ['counting', 'in-camera', 'numbers-only'], context),
    engine: engine ?? null,
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
function toCsv(context: CountingExport): string {
  const { kept, drawing } = context;
  const names = new Map(drawing.lines.map(({ id, name }) => [id, name]));
  const rows = kept.crossings.map((crossing) => rowOf(crossing, kept, names));
  return csvOf(catalogue(context), COLUMNS, rows);
}

function toJson(context: CountingExport): string {
  const { kept, drawing } = context;
  const totals = drawing.lines.flatMap(({ id }) =>
    DIRECTIONS.map((direction) => ({ line: id, direction, ...kept.of(id)[direction] })),
  );
  return jsonOf({
    ...catalogue(context),
    kinds: KINDS,
    runs: runsOf(kept),
    totals,
    zones: kept.zones,
    crossings: numbered(kept, kept.crossings),
  });
}

export const tableFile = tableWriter(NAME, { csv: toCsv, json: toJson });

function rowOf({ record, run }: Crossing, kept: CountingRecords, names: ReadonlyMap<string, string>) {
  return [
    ...runCells(kept, run),
    record.atS,
    record.line,
    names.get(record.line) ?? '',
    record.kind,
    record.direction,
    record.speedKmh,
    record.heightM,
    record.quality,
  ];
}
