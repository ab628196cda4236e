import { describe, expect, it } from 'vitest';
import type { OutRecord } from '../../../../../contract/index.ts';
import { tableFile, type RepeatVisitsExport } from '../../../../../src/cases/repeat-visits/export.ts';
import { disclosure } from '../../../../../src/cases/repeat-visits/disclosure.ts';
import { RepeatVisitsRecords } from '../../../../../src/cases/repeat-visits/records.svelte.ts';
import { lapseOf, VisitsSample } from '../../../../../src/cases/repeat-visits/sample.ts';
import * as v from 'valibot';
import { FILE_TEXT, tableOf } from '../files.ts';

const visit = (day: number, nth: number, daysSinceLast?: number): OutRecord => ({
  type: 'visit',
  case: 'repeat-visits',
  atS: day * 10,
  day,
  visit: nth,
  ...(daysSinceLast !== undefined && { daysSinceLast }),
  quality: 0.8,
});
const vault = (day: number, keep: 'session' | 'device' = 'session'): OutRecord => ({
  type: 'vault',
  case: 'repeat-visits',
  atS: day * 10,
  day,
  dayShare: 0,
  dayS: 10,
  keep,
  keys: [{ day, until: day + 2, held: 3 }],
  destroyed: { expired: 0, onRequest: 0 },
  opened: { times: 0, ms: 0 },
  threshold: 0.67,
  strangers: 0,
});
const desk: OutRecord = {
  type: 'desk',
  case: 'repeat-visits',
  atS: 1,
  do: 'show',
  outcome: 'found',
  held: { today: 4, days: [1, 3], until: 6 },
};

function kept(...records: OutRecord[]): RepeatVisitsRecords {
  const made = new RepeatVisitsRecords();
  made.retentionDays = 2;
  made.beginRun('sample', 0);
  for (const record of records) made.accept(record, 100);
  return made;
}

describe('what is kept of visits', () => {
  it('is a number of first visits and returns a day, and the days between', () => {
    const { days, intervals, total, returningShare } = kept(
      visit(0, 1),
      visit(0, 1),
      visit(1, 2, 1),
      visit(3, 3, 2),
    );
    expect(days).toEqual([
      { day: 0, first: 2, returning: 0 },
      { day: 1, first: 0, returning: 1 },
      { day: 3, first: 0, returning: 1 },
    ]);
    expect(intervals).toEqual({ 1: 1, 2: 1 });
    expect(total).toBe(4);
    expect(returningShare).toBe(0.5);
  });

  it('does not grow when somebody is seen again on the same day', () => {
    expect(kept(visit(0, 1), visit(0, 1, 0)).total).toBe(1);
  });

  it('is only statistics once the retention period is over, on the tape too', () => {
    const test = kept(vault(0), visit(0, 1), visit(1, 1));
    test.accept(vault(2), 100);
    expect(test.visits.map(({ day }) => day)).toEqual([1]);
    expect(test.slips.filter(({ record }) => record.type === 'visit')).toHaveLength(1);
    test.accept(vault(9), 100);
    expect(test.visits).toEqual([]);
    expect(test.slips.filter(({ record }) => record.type === 'visit')).toEqual([]);
    expect(test.total).toBe(2);
  });

  it('is laid end to end where a vault in memory begins anew, and goes on where one is on the device', () => {
    const session = kept(vault(3), visit(3, 1));
    session.beginRun('sample', 1);
    session.accept(vault(0), 100);
    session.accept(visit(0, 1), 100);
    expect(session.days.map(({ day }) => day)).toEqual([3, 4]);
    const device = kept(vault(3, 'device'), visit(3, 1));
    device.beginRun('webcam', 1);
    device.accept(vault(5, 'device'), 100);
    device.accept(visit(5, 2, 2), 100);
    expect(device.days.map(({ day }) => day)).toEqual([3, 5]);
  });

  it('has of the desk only what was asked last, and nothing when it is closed', () => {
    const test = kept(desk);
    expect(test.desk).toEqual(desk);
    test.closeDesk();
    expect(test.desk).toBeUndefined();
    expect(test.slips).toEqual([]);
  });

  it('shows the state of the vault once on the tape', () => {
    expect(kept(vault(0), vault(0), visit(0, 1), vault(1)).slips.map(({ record }) => record.type)).toEqual([
      'vault',
      'visit',
    ]);
  });
});

describe('files', () => {
  const context = (test: RepeatVisitsRecords): RepeatVisitsExport => ({
    kept: test,
    rules: { retentionDays: 2, time: 'lapse', keep: 'session', mistakenShare: 0.05 },
    engines: [{ role: 'faces', model: 'blazeface', backend: 'wasm' }],
    now: 0,
    text: FILE_TEXT,
  });

  it('hold statistics and no single visit', () => {
    const test = kept(vault(0), visit(0, 1), visit(1, 2, 1));
    const { content } = tableFile('json', context(test));
    const json = JSON.parse(content);
    expect(json.days).toEqual([
      { day: 1, first: 1, returning: 0 },
      { day: 2, first: 0, returning: 1 },
    ]);
    expect(json.intervals).toEqual([{ daysSinceLast: 1, visits: 1 }]);
    expect(content).not.toContain('"visit"');
    expect(tableOf(tableFile('csv', context(test)).content)).toEqual([
      'day,first,returning',
      '1,1,0',
      '2,0,1',
    ]);
    expect(json.quality).toMatchObject({ vectorsHeld: 3, threshold: 0.67 });
  });

  it('for the person concerned say all that is held, but for the vector', () => {
    const record = kept(desk).desk!;
    const text = { title: 't', what: 'w', vector: 'v', retention: 'r', rights: 'x', language: 'ja' };
    const file = JSON.parse(disclosure(record, context(kept()).rules, 0, text));
    expect(file.held).toEqual({
      visits: 2,
      days: [
        { day: 2, daysAgo: 3 },
        { day: 4, daysAgo: 1 },
      ],
      destroyedInDays: 2,
    });
  });
});

describe('the sample’s days', () => {
  const sample = (days: { fromS: number }[]) =>
    v.parse(VisitsSample, { id: 'x', file: 'x.mp4', width: 1, height: 1, durationS: 20, days });

  it.each([
    {
      says: 'as the clip has them',
      days: [0, 5, 10],
      expected: { kind: 'clip', startsS: [0, 5, 10], lengthS: 20 },
    },
    {
      says: 'without those after its end',
      days: [0, 25],
      expected: { kind: 'clip', startsS: [0], lengthS: 20 },
    },
    { says: 'a minute each, when it has none', days: [], expected: { kind: 'lapse', dayS: 60 } },
  ])('are told to the camera $says', ({ days, expected }) => {
    expect(lapseOf(sample(days.map((fromS) => ({ fromS }))))).toEqual(expected);
  });
});
