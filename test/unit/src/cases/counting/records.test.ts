import { describe, expect, it } from 'vitest';
import { EMPTY, type Drawing } from '../../../../../src/drawing/drawing.ts';
import { tableFile } from '../../../../../src/cases/counting/export.ts';
import {
  CountingRecords,
  summarise,
  type ZoneRecord,
} from '../../../../../src/cases/counting/records.svelte.ts';
import { seriesOf } from '../../../../../src/cases/counting/series.ts';
import { csvCell } from '../../../../../src/cases/shared/tables.ts';
import { crossing } from '../../fakes.ts';
import { FILE_TEXT, tableOf } from '../files.ts';

const zone = (part: Partial<ZoneRecord> = {}): ZoneRecord => ({
  type: 'zone',
  case: 'counting',
  zone: 'z1',
  atS: 1,
  present: {},
  entered: {},
  ...part,
});

function keptOf(...records: Parameters<CountingRecords['accept']>[0][]): CountingRecords {
  const kept = new CountingRecords();
  kept.beginRun('file', 0);
  for (const record of records) kept.accept(record, 100);
  return kept;
}

describe('what is kept', () => {
  it('counts by line, direction and kind', () => {
    const kept = keptOf(
      crossing(),
      crossing(),
      crossing({ direction: 'backward' }),
      crossing({ kind: 'car' }),
      crossing({ line: 'l2' }),
    );
    expect(kept.of('l1').forward).toMatchObject({ pedestrian: 2, car: 1, bicycle: 0 });
    expect(kept.of('l1').backward.pedestrian).toBe(1);
    expect(kept.of('l2').forward.pedestrian).toBe(1);
    expect(kept.of('nobody-crossed').forward.pedestrian).toBe(0);
    expect([kept.records, kept.bytes]).toEqual([5, 500]);
  });

  it('knows the present state of a zone, not its past', () => {
    const kept = keptOf(zone({ present: { car: 1 } }), zone({ present: { car: 2 }, entered: { car: 3 } }));
    expect(kept.zones['z1']).toMatchObject({ present: { car: 2 }, entered: { car: 3 } });
    expect(kept.crossings).toEqual([]);
  });

  it('shows the newest slip first and does not pile them up for ever', () => {
    const kept = keptOf(...Array.from({ length: 200 }, (_, i) => crossing({ atS: i })));
    expect(kept.slips[0]).toMatchObject({ number: 200, bytes: 100, record: { atS: 199 } });
    expect(kept.slips.length).toBeLessThan(100);
    expect(kept.crossings).toHaveLength(200);
  });

  it('lays runs end to end', () => {
    const kept = keptOf(crossing({ atS: 8 }), zone({ atS: 9 }));
    kept.beginRun('file', 60_000);
    kept.accept(crossing({ atS: 2 }), 100);
    expect(kept.crossings.map(({ timeS }) => timeS)).toEqual([8, 11]);
    expect(kept.of('l1').forward.pedestrian).toBe(2);
  });

  it('forgets a run without crossings', () => {
    const kept = keptOf(zone({ atS: 9 }));
    kept.beginRun('webcam', 60_000);
    expect(kept.runs).toEqual([{ source: 'webcam', startedAt: 60_000, offsetS: 0 }]);
  });

  it('forgets everything on reset, but goes on with the run under way', () => {
    const kept = keptOf(crossing(), zone());
    kept.reset();
    expect([kept.crossings, kept.slips, kept.zones, kept.bytes]).toEqual([[], [], {}, 0]);
    expect([kept.of('l1').forward.pedestrian, kept.whole]).toEqual([0, false]);
    kept.accept(crossing({ atS: 3 }), 100);
    expect(kept.of('l1').forward.pedestrian).toBe(1);
  });

  it('takes no crossing before any run', () => {
    expect(() => new CountingRecords().accept(crossing(), 1)).toThrow('before any run');
  });
});

describe('summarise', () => {
  it.each([
    { says: 'nothing measured', values: [], summary: undefined },
    { says: 'one', values: [5], summary: { n: 1, median: 5, min: 5, max: 5 } },
    {
      says: 'an even number has a median between two',
      values: [9, 1, 3, 5],
      summary: { n: 4, median: 4, min: 1, max: 9 },
    },
    { says: 'ten sorts after nine', values: [10, 9, 8], summary: { n: 3, median: 9, min: 8, max: 10 } },
  ])('$says', ({ values, summary }) => {
    expect(summarise(values)).toEqual(summary);
  });
});

describe('buckets', () => {
  const kept = keptOf(
    crossing({ atS: 0 }),
    crossing({ atS: 9.9, kind: 'car' }),
    crossing({ atS: 10 }),
    crossing({ atS: 35 }),
    crossing({ atS: 35, line: 'l2' }),
  );

  it.each([
    {
      says: 'ten seconds, gaps shown as zeros',
      stretchS: 10,
      starts: [0, 10, 20, 30],
      pedestrian: [1, 1, 0, 1],
    },
    { says: 'a minute holds them all', stretchS: 60, starts: [0], pedestrian: [3] },
  ])('$says', ({ stretchS, starts, pedestrian }) => {
    const series = seriesOf(kept.crossings, 'l1', stretchS, kept.latestS);
    expect(series.startsS).toEqual(starts);
    expect(series.of.pedestrian).toEqual(pedestrian);
  });

  it('a crossing on the border belongs to the later stretch; sums stay what they are', () => {
    const { of } = seriesOf(kept.crossings, 'l1', 10, kept.latestS);
    expect(of.car).toEqual([1, 0, 0, 0]);
  });

  it('show the newest where there are too many', () => {
    const long = keptOf(crossing({ atS: 5 }), crossing({ atS: 5000 }));
    const { startsS, of } = seriesOf(long.crossings, 'l1', 10, long.latestS);
    expect(startsS.length).toBeLessThan(100);
    expect(startsS.at(-1)).toBe(5000);
    expect(of.pedestrian.reduce((sum, n) => sum + n, 0)).toBe(1);
  });

  it('are one empty stretch before anything happened', () => {
    expect(seriesOf([], 'l1', 10, 0).of.car).toEqual([0]);
  });
});

describe('export', () => {
  const drawing: Drawing = {
    ...EMPTY,
    lines: [{ id: 'l1', name: 'Gate "A", north', a: [0.5, 0], b: [0.5, 1], minAngleDeg: 15 }],
  };
  const context = {
    kept: keptOf(
      crossing({ speedKmh: 4 }),
      crossing({ direction: 'backward', kind: 'bicycle', atS: 2.5, quality: 'sparse' }),
    ),
    drawing,
    engine: { model: 'centernet', backend: 'wasm', threads: 3 },
    now: Date.UTC(2026, 0, 2, 3, 4, 5),
    text: FILE_TEXT,
  };

  it.each([
    { says: 'plain text stays', value: 'car', cell: 'car' },
    { says: 'numbers stay', value: -2.5, cell: '-2.5' },
    { says: 'nothing is empty', value: undefined, cell: '' },
    { says: 'a comma is quoted', value: 'a,b', cell: '"a,b"' },
    { says: 'quotes are doubled', value: 'say "x"', cell: '"say ""x"""' },
    { says: 'a line break is quoted', value: 'a\nb', cell: '"a\nb"' },
    { says: 'a formula is disarmed', value: '=HYPERLINK("x")', cell: '"\'=HYPERLINK(""x"")"' },
    { says: 'so is one that begins with an at sign', value: '@SUM(1)', cell: "'@SUM(1)" },
  ])('a cell: $says', ({ value, cell }) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('CSV: what it is, then a header, then one row a crossing', () => {
    const csv = tableFile('csv', context).content;
    expect(csv.startsWith('\uFEFF# dataset.name,incam-counting\r\n')).toBe(true);
    expect(tableOf(csv)).toEqual([
      'run,run_started_at,time_s,line,line_name,kind,direction,speed_kmh,height_m,quality',
      '1,1970-01-01T00:00:00Z,1,l1,"Gate ""A"", north",pedestrian,forward,4,,',
      '1,1970-01-01T00:00:00Z,2.5,l1,"Gate ""A"", north",bicycle,backward,,,sparse',
    ]);
  });

  it('JSON: catalogue, configuration, retention, totals and crossings', () => {
    const json = JSON.parse(tableFile('json', context).content);
    expect(json).toMatchObject({
      dataset: { name: 'incam-counting', title: 'T', releaseDate: '2026-01-02T03:04:05Z' },
      resource: { description: 'D', license: 'L', language: 'en' },
      source: 'file',
      retention: 'R',
      configuration: { lines: [{ id: 'l1' }], masks: 0, calibration: null },
      totals: [
        { line: 'l1', direction: 'forward', pedestrian: 1, bicycle: 0 },
        { line: 'l1', direction: 'backward', pedestrian: 0, bicycle: 1 },
      ],
    });
    expect(json.crossings).toEqual(context.kept.crossings.map(({ record }) => ({ run: 1, ...record })));
  });

  it('a file’s name sorts by time', () => {
    const now = new Date(2026, 2, 4, 5, 6, 7).getTime();
    expect(tableFile('csv', { ...context, now }).name).toBe('incam-counting-20260304-050607.csv');
  });
});
