/**
 * Kept figures as files; the picture is not among them: it is overwritten by the next, and a file would keep it. Each file
 * says first what it is, and how long it is kept.
 */
import type { Drawing } from '../../drawing/drawing.ts';
import {
  entryOf,
  numbered,
  RUN_COLUMNS,
  runCells,
  runsOf,
  type ExportContext,
  type UsedEngine,
} from '../shared/catalogue.ts';
import { csvOf, jsonOf, tableWriter } from '../shared/tables.ts';
import type { CrowdingRecords } from './records.svelte.ts';

const NAME = 'incam-crowding';

interface CrowdingExport extends ExportContext<CrowdingRecords> {
  readonly drawing: Drawing;
  readonly facility: string;
  readonly engine?: UsedEngine | undefined;
}

const COLUMNS = [
  ...RUN_COLUMNS,
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
function catalogue(context: CrowdingExport) {
  const { kept, drawing, facility, engine, text } = context;
  const area = kept.latest?.areaM2;
  return {
    ...entryOf(NAME, ['crowding', 'in-camera', 'numbers-only'], context),
    engine: engine ?? null,
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
function toCsv(context: CrowdingExport): string {
  const { kept } = context;
  const rows = kept.figures.map(({ record, run }) => [
    ...runCells(kept, run),
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

function toJson(context: CrowdingExport): string {
  const { kept } = context;
  return jsonOf({ ...catalogue(context), runs: runsOf(kept), figures: numbered(kept, kept.figures) });
}

export const tableFile = tableWriter(NAME, { csv: toCsv, json: toJson });
