import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import {
  CASE_RECORDS,
  OutRecord as Schema,
  policyOf,
  type SourceKind,
  type CaseConfig,
  type OutRecord,
} from '../../../../../contract/index.ts';
import { DisclosureControl } from '../../../../../workers/camera/disclosure/control.ts';
import { requireCoarse } from '../../../../../workers/camera/disclosure/guard.ts';
import { attribute, ATTRIBUTES, count, COUNTING, play, visit, VISITS } from './shop.ts';

const trajectories = (k: number, everyS = 5): CaseConfig => ({ case: 'trajectories', zones: [], k, everyS });
const REAL = ['webcam', 'file', 'stills'] as const;
const SYNTHETIC = ['sample', 'scene', 'pattern'] as const;

function opened(kind: SourceKind) {
  const control = new DisclosureControl();
  control.open(kind);
  return control;
}

describe('the rules of a source', () => {
  it('a synthetic one: records that tell of people one by one are marked, and no others', () => {
    const marked = CASE_RECORDS.filter(({ entries }) => 'relaxed' in entries).map(
      ({ entries }) => entries.type.literal,
    );
    expect(marked.toSorted()).toEqual([
      ...['attribute', 'count', 'dwell', 'flow', 'heat', 'held'],
      ...['od', 'presence', 'vault', 'visit', 'zone'],
    ]);
  });

  it.each(REAL)('%s: refuses k below 3 and changes nothing', (kind) => {
    const control = opened(kind);
    control.configure([ATTRIBUTES]);
    for (const k of [1, 2]) {
      expect(() => control.configure([trajectories(k)])).toThrowError(
        expect.objectContaining({ code: 'disclosure-too-fine' }) as Error,
      );
      expect(() => control.configure([{ ...ATTRIBUTES, k } as CaseConfig])).toThrow('k is too small');
    }
    expect(control.news().map(({ about }) => about)).toEqual(['attributes']);
    expect(() => control.configure([trajectories(3)])).not.toThrow();
  });

  it.each(REAL)('%s: sums leave on a schedule of five minutes or more, whatever was set', (kind) => {
    expect(opened(kind).configure([trajectories(5, 5)])).toMatchObject([{ everyS: 300 }]);
    expect(opened(kind).configure([trajectories(5, 900)])).toMatchObject([{ everyS: 900 }]);
  });

  const held: OutRecord = {
    type: 'held',
    case: 'trajectories',
    atS: 300,
    zones: [{ zone: 'a', more: 2 }],
  };

  it.each(REAL)('%s: how many are held back is never told, whatever was set', (kind) => {
    const control = opened(kind);
    const [config] = control.configure([{ ...trajectories(5), tellHeld: true } as CaseConfig]);
    expect(config).not.toHaveProperty('tellHeld');
    expect(() => control.take([held], 300)).toThrowError(
      expect.objectContaining({ code: 'gate-refused' }) as Error,
    );
  });

  it.each(SYNTHETIC)('%s: how many are held back may be told, with the mark', (kind) => {
    const control = opened(kind);
    expect(control.configure([{ ...trajectories(5), tellHeld: true } as CaseConfig])).toMatchObject([
      { tellHeld: true },
    ]);
    expect(control.take([held], 300)).toEqual([{ ...held, relaxed: true }]);
  });

  it.each(SYNTHETIC)('%s: lets records pass as they are, with the mark', (kind) => {
    const records = [attribute(1.5), visit(2), count(3.2, { speedKmh: 4 })];
    const left = play({ configs: [ATTRIBUTES, VISITS, COUNTING], records, seconds: 5, kind });
    expect(left.map(({ record }) => record)).toEqual(records.map((record) => ({ ...record, relaxed: true })));
    for (const { record } of left) expect(v.is(Schema, record)).toBe(true);
    expect(opened(kind).configure([trajectories(1, 5)])).toMatchObject([{ k: 1, everyS: 5 }]);
  });

  it('says what is in force once, and again with each bin', () => {
    const control = opened('webcam');
    control.configure([ATTRIBUTES, trajectories(5)]);
    expect(control.news()).toEqual([
      { type: 'disclosure', about: 'attributes', mode: 'enforced', k: 5, binS: 300 },
      { type: 'disclosure', about: 'trajectories', mode: 'enforced', k: 5, binS: 300 },
    ]);
    expect(control.news()).toEqual([]);
    control.take([], 1);
    expect(control.news()).toMatchObject([{ about: 'attributes', nextS: 300 }]);
    control.take([], 301);
    const [news] = control.news();
    expect(news).toMatchObject({ about: 'attributes', nextS: 600 });
    expect(v.is(Schema, news)).toBe(true);
  });
});

describe('what was held', () => {
  const five = Array.from({ length: 5 }, (_, i) => attribute(i));

  it('is discarded where the rule changes, the case ends, it is reset, or another source opens', () => {
    for (const change of [
      (control: DisclosureControl) => control.configure([{ ...ATTRIBUTES, k: 4 } as CaseConfig]),
      (control: DisclosureControl) => {
        control.configure([]);
        control.configure([ATTRIBUTES]);
      },
      (control: DisclosureControl) => control.forget('attributes'),
      (control: DisclosureControl) => {
        control.open('file');
        control.configure([ATTRIBUTES]);
      },
    ]) {
      const control = opened('webcam');
      control.configure([ATTRIBUTES]);
      expect(control.take(five, 10)).toEqual([]);
      change(control);
      expect(control.finish([], 400)).toEqual([]);
    }
  });

  it('leaves at the end where k are alike, and is gone then', () => {
    const control = opened('file');
    control.configure([ATTRIBUTES]);
    expect(control.finish(five, 10)).toHaveLength(5);
    expect(control.finish([], 20)).toEqual([]);
  });

  it('is generalised after an hour: the sex first, then the age', () => {
    const mixed = Array.from({ length: 6 }, (_, i) => attribute(i, { sex: i % 2 ? 'male' : 'female' }));
    const old = Array.from({ length: 5 }, (_, i) =>
      attribute(i, { sex: 'male', age: i % 2 ? '50-59' : '60-69' }),
    );
    const left = play({ configs: [ATTRIBUTES], records: [...mixed, ...old], seconds: 3700 });
    const kinds = left.map(({ record }) =>
      record.type === 'attribute' ? `${record.age} ${record.sex}` : '',
    );
    expect(kinds.filter((kind) => kind === '30-39 unknown')).toHaveLength(6);
    expect(kinds.filter((kind) => kind === 'unknown male')).toHaveLength(5);
    expect(Math.min(...left.map(({ sentS }) => sentS))).toBeGreaterThanOrEqual(3600);
  });
});

describe('the last look before the gate', () => {
  const dwell: OutRecord = {
    type: 'dwell',
    case: 'trajectories',
    atS: 300,
    zone: 'z',
    people: 4,
    visits: 4,
    meanS: 1, // prettier-ignore
  };
  it.each<[string, OutRecord, CaseConfig]>([
    ['an exact time', count(301.5), COUNTING],
    ['an exact time of a face', attribute(1), ATTRIBUTES],
    ['a mark that no real source may carry', attribute(300, { relaxed: true }), ATTRIBUTES],
    ['the number of a visit', visit(0, { visit: 7, daysSinceLast: 1 }), VISITS],
    ['a long absence', visit(0, { visit: 2, daysSinceLast: 23 }), VISITS],
    ['a sum over fewer than k', dwell, trajectories(5)],
  ])('refuses %s', (_, record, config) => {
    expect(() => requireCoarse(record, policyOf(config))).toThrowError(
      expect.objectContaining({ code: 'gate-refused' }) as Error,
    );
  });

  it('knows every kind of record of the cases, and refuses any other', () => {
    const problem = (type: string) => {
      try {
        requireCoarse({ ...dwell, cells: [], zones: [], type } as unknown as OutRecord, policyOf(COUNTING));
      } catch (error) {
        return String(error);
      }
      return '';
    };
    for (const { entries } of CASE_RECORDS) expect(problem(entries.type.literal)).not.toContain('no rule');
    expect(problem('headcount')).toContain('no rule is about');
  });

  it('refuses what has no policy', () => {
    const control = opened('webcam');
    control.configure([ATTRIBUTES]);
    expect(() => control.take([count(0)], 0)).toThrow('no policy for counting');
  });

  it('refuses a pipeline of case 2 that tells of fewer than k, but not on a synthetic source', () => {
    const real = opened('file');
    real.configure([trajectories(5)]);
    expect(() => real.take([dwell], 1)).toThrow('fewer than k people');
    const sample = opened('sample');
    sample.configure([trajectories(5)]);
    expect(sample.take([dwell], 1)).toEqual([{ ...dwell, relaxed: true }]);
  });
});
