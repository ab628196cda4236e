import { describe, expect, it } from 'vitest';
import { AGE_BANDS, needsOf } from '../../../../../contract/index.ts';
import { ERROR_BY_GROUP, ERROR_BY_RACE, RACES } from '../../../../../src/cases/attributes/error-by-group.ts';
import { tableFile } from '../../../../../src/cases/attributes/export.ts';
import {
  AttributesRecords,
  SEX_WORDS,
  type AttributeRecord,
} from '../../../../../src/cases/attributes/records.svelte.ts';
import { tally } from '../../../../../src/cases/shared/tally.ts';
import { ATTRIBUTES_SPEC, toAttributes } from '../../../../../src/cases/attributes/session.svelte.ts';
import { EMPTY, type NamedZone } from '../../../../../src/drawing/drawing.ts';
import { FILE_TEXT, tableOf } from '../files.ts';

const passage = (part: Partial<AttributeRecord> = {}): AttributeRecord => ({
  ...{ type: 'attribute', case: 'attributes', age: '30-39', sex: 'female', quality: 0.8, atS: 1 },
  ...part,
});

const DOOR: NamedZone = {
  id: 'z1',
  name: 'Door',
  points: [
    [0, 0],
    [1, 0],
    [1, 1],
  ],
};

function keptOf(...records: Parameters<AttributesRecords['accept']>[0][]): AttributesRecords {
  const kept = new AttributesRecords();
  kept.beginRun('file', 0);
  for (const record of records) kept.accept(record, 90);
  return kept;
}

describe('what case 1 keeps', () => {
  const kept = keptOf(
    passage(),
    passage({ sex: 'male' }),
    passage({ age: 'unknown', sex: 'male' }),
    passage({ age: '70+', sex: 'unknown' }),
  );

  it('is a population by age band and sex, with what is not known apart', () => {
    expect(kept.population['30-39']).toEqual({ male: 1, female: 1, unknown: 0 });
    expect(kept.population.unknown).toEqual({ male: 1, female: 0, unknown: 0 });
    expect(kept.population['70+'].unknown).toBe(1);
    expect(kept.population['0-9']).toEqual({ male: 0, female: 0, unknown: 0 });
  });

  it('says of how many nothing could be said', () => {
    expect([kept.total, kept.unknownShare('age'), kept.unknownShare('sex')]).toEqual([4, 0.25, 0.25]);
    expect(keptOf().unknownShare('age')).toBe(0);
  });

  it('forgets it all on reset', () => {
    const forgetful = keptOf(passage());
    forgetful.reset();
    expect([forgetful.total, forgetful.population['30-39'].female, forgetful.slips]).toEqual([0, 0, []]);
    forgetful.accept(passage({ atS: 9 }), 90);
    expect(forgetful.population['30-39'].female).toBe(1);
  });

  it('takes no passage before any run', () => {
    expect(() => new AttributesRecords().accept(passage(), 1)).toThrow('before any run');
  });
});

describe('passages over time', () => {
  const kept = keptOf(
    passage({ atS: 3 }),
    passage({ atS: 12, sex: 'male' }),
    passage({ atS: 61, sex: 'unknown' }),
  );
  const series = ({ passages, latestS }: AttributesRecords, stretchS: number) =>
    tally(
      passages.map(({ record, timeS }) => ({ kind: record.sex, timeS })),
      SEX_WORDS,
      stretchS,
      latestS,
    );

  it.each([
    { says: 'ten seconds, gaps shown as zeros', stretch: 10, starts: 7, male: [0, 1, 0, 0, 0, 0, 0] },
    { says: 'a minute', stretch: 60, starts: 2, male: [1, 0] },
    { says: 'an hour', stretch: 3600, starts: 1, male: [1] },
  ])('$says', ({ stretch, starts, male }) => {
    const { startsS, of } = series(kept, stretch);
    expect([startsS.length, of.male]).toEqual([starts, male]);
    const all = [...of.male, ...of.female, ...of.unknown];
    expect(all.reduce((sum, n) => sum + n, 0)).toBe(3);
  });

  it('show the newest where there are too many', () => {
    const long = keptOf(passage({ atS: 5 }), passage({ atS: 5000 }));
    const { startsS, of } = series(long, 10);
    expect([startsS.length < 100, startsS.at(-1)]).toEqual([true, 5000]);
    expect(of.female.reduce((sum, n) => sum + n, 0)).toBe(1);
  });
});

describe('export', () => {
  const context = {
    kept: keptOf(passage({ atS: 2.5 }), passage({ sex: 'unknown', age: 'unknown', quality: 0 })),
    drawing: { ...EMPTY, zones: [DOOR] },
    engines: [{ role: 'faces', model: 'blazeface', backend: 'wasm', threads: 3 }],
    now: Date.UTC(2026, 0, 2, 3, 4, 5),
    text: FILE_TEXT,
  };

  it('CSV: what it is and how good, then one row a passage', () => {
    const csv = tableFile('csv', context).content;
    expect(csv).toMatch(/^\uFEFF# dataset.name,incam-attributes\r\n/);
    expect(csv).toContain(`# quality.yearsOutsideBand,${ERROR_BY_GROUP.yearsOutside}\r\n`);
    expect(tableOf(csv)).toEqual([
      'run,run_started_at,time_s,age_band,sex,quality',
      '1,1970-01-01T00:00:00Z,2.5,30-39,female,0.8',
      '1,1970-01-01T00:00:00Z,1,unknown,unknown,0',
    ]);
  });

  it('JSON: catalogue, totals and passages', () => {
    const json = JSON.parse(tableFile('json', context).content);
    expect(json).toMatchObject({
      dataset: { name: 'incam-attributes', title: 'T', releaseDate: '2026-01-02T03:04:05Z' },
      resource: { description: 'D', license: 'L', language: 'en' },
      retention: 'R',
      quality: { description: 'Q', yearsOutsideBand: ERROR_BY_GROUP.yearsOutside },
      models: ['faces=blazeface (wasm)'],
    });
    expect(json.totals).toHaveLength(AGE_BANDS.length + 1);
    expect(json.passages).toHaveLength(2);
  });

  it('a file’s name says the case and sorts by time', () => {
    const now = new Date(2026, 2, 4, 5, 6, 7).getTime();
    expect(tableFile('csv', { ...context, now }).name).toBe('incam-attributes-20260304-050607.csv');
  });
});

describe('the errors by group', () => {
  it('have every age and both sexes, and their mean is that of all faces', () => {
    for (const rows of [
      AGE_BANDS.map((band) => ERROR_BY_GROUP.byAge[band]!),
      Object.values(ERROR_BY_GROUP.bySex),
    ]) {
      const faces = rows.reduce((sum, row) => sum + row.faces, 0);
      expect(faces).toBe(ERROR_BY_GROUP.faces);
      const mean = rows.reduce((sum, row) => sum + row.faces * row.yearsOutside, 0) / faces;
      expect(Math.abs(mean - ERROR_BY_GROUP.yearsOutside)).toBeLessThan(0.1);
      for (const { yearsOutside, biasYears } of rows)
        expect(Math.abs(biasYears)).toBeLessThanOrEqual(yearsOutside);
    }
  });

  it('say how many children are told a sex, and of adults how many sexes are right', () => {
    for (const band of ['0-9', '10-19'] as const) {
      expect(ERROR_BY_GROUP.byAge[band]!.youngSexTold).toBeLessThan(0.2);
      expect(ERROR_BY_GROUP.byAge[band]!.sexRight).toBeUndefined();
    }
    expect(ERROR_BY_GROUP.sexRight).toBeGreaterThan(0.9);
    expect(Object.keys(ERROR_BY_RACE.byRace).sort()).toEqual([...RACES].sort());
  });
});

describe('the session', () => {
  it('tells the camera where faces are looked at', () => {
    expect(toAttributes(EMPTY)).toEqual({ case: 'attributes', areas: [] });
    expect(toAttributes({ ...EMPTY, zones: [DOOR] }).areas).toEqual([{ id: 'z1', points: DOOR.points }]);
  });

  it('loads no model for descriptors', () => {
    expect(needsOf(ATTRIBUTES_SPEC.id)).toEqual(['faces', 'age', 'sex']);
  });
});
