/** Case 4's crossings as a table. */
import type { Drawing } from '../../drawing/drawing.ts';
import { real, RUN_FIELDS, text, TIME_FIELD, type Table } from '../shared/data-set.ts';
import { runCells } from '../shared/catalogue.ts';
import type { CountingRecords } from './records.svelte.ts';

export function tablesOf(kept: CountingRecords, drawing: Drawing): Table[] {
  const names = new Map(drawing.lines.map(({ id, name }) => [id, name]));
  return [
    {
      name: 'crossings',
      columns: [
        ...RUN_FIELDS,
        TIME_FIELD,
        text('line', 'Line that was crossed'),
        text('line_name', 'Its name, as the operator gave it'),
        text('kind', 'What crossed it'),
        text('direction', 'Direction of the crossing'),
        real('speed_kmh', 'Speed, kilometres an hour; only where the ground is calibrated'),
        real('height_m', 'Height of a person, metres; only where the ground is calibrated'),
        text(
          'quality',
          '"sparse": too few pictures a second at that time, others may have crossed unseen; empty: enough',
        ),
      ],
      rows: kept.crossings.map(({ record, run }) => [
        ...runCells(kept, run),
        record.atS,
        record.line,
        names.get(record.line) ?? '',
        record.kind,
        record.direction,
        record.speedKmh,
        record.heightM,
        record.quality,
      ]),
    },
  ];
}
