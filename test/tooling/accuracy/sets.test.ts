import { describe, expect, it } from 'vitest';
import { normalise } from '../../../workers/camera/vision/faces/descriptors.ts';
import { FACE_COHORT } from '../../../workers/camera/vision/faces/face-similarity.ts';
import { markdownTable, roundedAll } from '../../accuracy/report.ts';
import { parseYolo } from '../../accuracy/sets/coco.ts';
import { judge, type Read } from '../../accuracy/sets/faces.ts';
import { SETS } from '../../accuracy/sets/index.ts';
import { verify } from '../../accuracy/sets/lfw.ts';
import { fairfaceLabel, isForFitting, utkfaceLabel } from '../../accuracy/labelled-faces.ts';
import { evaluate as evaluateFairface } from '../../accuracy/sets/fairface.ts';
import { evaluate } from '../../accuracy/sets/utkface.ts';

describe('the list of sets', () => {
  it('has the sets of footage, each with the folder it is in', () => {
    expect(Object.keys(SETS)).toEqual(
      expect.arrayContaining(['intel', 'pets', 'coco', 'fairface', 'utkface', 'lfw']),
    );
    for (const [name, { folder = name }] of Object.entries(SETS)) expect(folder, name).toMatch(/^\w+$/);
  });
});

describe('labels of COCO', () => {
  it('become boxes in pixels with names', () => {
    expect(parseYolo('0 0.5 0.5 0.2 0.4\n2 0.1 0.25 0.2 0.5\n', 200, 100)).toEqual([
      { label: 'person', box: [80, 30, 120, 70] },
      { label: 'car', box: [0, 0, 40, 50] },
    ]);
  });

  it.each([
    { says: 'a class that is not there', line: '80 0.5 0.5 0.1 0.1' },
    { says: 'a missing side', line: '0 0.5 0.5 0.1' },
  ])('are refused with $says', ({ line }) => {
    expect(() => parseYolo(line, 10, 10)).toThrow(`not a label: ${line}`);
  });
});

describe('the halves of a set', () => {
  const names = Array.from(
    { length: 1000 },
    (_, i) => `${1 + (i % 90)}_${i % 2}_2_2017010417${1000 + i}.jpg`,
  );

  it('are halves, whatever age and sex the names begin with', () => {
    for (const sex of [0, 1]) {
      const some = names.filter((name) => name.split('_')[1] === `${sex}`);
      const share = some.filter(isForFitting).length / some.length;
      expect(Math.abs(share - 0.5)).toBeLessThan(0.07);
    }
  });

  it('are the same in every run', () => {
    // Published values of FNV-1a: "a" e40c292c, "foo" a9f37ed7, "foobar" bf9cf968; the 17th bit decides.
    expect(['a', 'foo', 'foobar'].map(isForFitting)).toEqual([true, false, true]);
  });
});

describe('labels of faces', () => {
  it('of UTKFace are in the names', () => {
    expect(utkfaceLabel('26_1_2_20170116184709433.jpg')).toEqual({
      ...{ file: '26_1_2_20170116184709433.jpg', from: 26, to: 27 },
      ...{ sex: 'female', race: 'Asian' },
    });
  });

  it.each([
    { row: 'a.jpg,3-9,male', from: 3, to: 10, sex: 'male' },
    { row: 'b.jpg,20-29,female\r', from: 20, to: 30, sex: 'female' },
    { row: 'c.jpg,70+,female', from: 70, to: Infinity, sex: 'female' },
  ])('of FairFace are bands: $row', ({ row, ...expected }) => {
    expect(fairfaceLabel(row)).toMatchObject(expected);
  });

  it.each(['d.jpg,,male', 'd.jpg,20-29,', ',20-29,male'])('are refused where they say nothing: %s', (row) => {
    expect(() => fairfaceLabel(row)).toThrow('no label');
  });
});

describe('results of labelled faces', () => {
  const face = (from: number, to: number, years: number, sex: 'male' | 'female', male: number) => ({
    ...{ file: `${from}-${sex}`, detected: true, from, to },
    ...{ years, sex, male, race: 'Asian' as const },
  });
  const calibration = {
    spread: [[40, 1]],
    male: { slope: 1, offset: 0, perDecade: 0 },
  } as const;

  it('are by group what the worked example gives by hand', () => {
    const { all, byGroup } = evaluateFairface(
      [
        face(0, 3, 5, 'male', 0.01),
        face(20, 30, 25, 'female', 0.05),
        face(30, 40, 46, 'male', 0.95),
        face(70, Infinity, 66, 'female', 0.6),
      ],
      calibration,
    );
    // Outside by 2, 0, 6 and 4 years, the last below; sexes of adults: right, right, wrong but not sure.
    expect(all).toMatchObject({ faces: 4, yearsOutside: 3, bias: 1, inBand: 0.25, adults: 3 });
    expect(all).toMatchObject({ sexAccuracy: 0.6667, sexTold: 0.6667, sexRight: 1, youngSexTold: 0 });
    expect(byGroup['70+']).toMatchObject({ faces: 1, yearsOutside: 4, bias: -4 });
    expect(byGroup['female']).toMatchObject({ faces: 2, adults: 2, sexAccuracy: 0.5 });
    expect(byGroup['30-39 male']).toMatchObject({ faces: 1, sexRight: 1 });
  });

  it('with known years have errors in years, too', () => {
    const result = evaluate(
      [face(5, 6, 9, 'male', 0.4), face(25, 26, 24, 'male', 0.9), face(75, 76, 67, 'female', 0.1)],
      calibration,
    );
    expect(result).toMatchObject({ mae: 4.3333, mae2059: 1, sexAccuracy2059: 1, spearman: 1 });
    expect(result.byGroup['Asian']).toMatchObject({ faces: 3, adults: 2, sexAccuracy: 1 });
  });
});

/** A face that differs from the mean one by a few numbers. */
const faceOf = (...offsets: number[]) =>
  normalise(Float32Array.from(FACE_COHORT.mean, (mean, i) => mean + 0.4 * (offsets[i] ?? 0)));

describe('faces of a clip', () => {
  it('are judged visit by visit, and found again only where somebody comes again', () => {
    const visitor = (id: string, age: number, sex: 'male' | 'female', identity: string) =>
      ({ id, kind: 'pedestrian', sizeM: [0.5, 1.7, 0.3], person: { age, sex, identity } }) as const;
    const seen = (age: number, male: number, ...descriptor: number[]) => ({
      ages: [age - 1, age + 1],
      males: [male, male],
      descriptors: [faceOf(...descriptor)],
    });
    const read: Read = new Map([
      ['v1', seen(30, 0.9, 1, 0)],
      ['v2', seen(24, 0.6, 0, 1)],
      ['v3', seen(50, 0.8, 0.9, 0.1)],
    ]);
    const objects = [
      visitor('v1', 40, 'male', 'a'),
      visitor('v2', 20, 'female', 'b'),
      visitor('v3', 41, 'male', 'a'),
    ] as unknown as Parameters<typeof judge>[0]['objects'];
    const result = judge({ objects }, read);
    expect(result).toMatchObject({ visits: 3, spearman: 1, sexRight: 2, returning: 2, rank1: 1 });
    expect(result.mae).toBeCloseTo((10 + 4 + 9) / 3, 6);
    expect(result.readings.map(({ age }) => age)).toEqual([20, 40, 41]);
  });
});

describe('results of LFW', () => {
  it('tell apart what points in different directions', () => {
    const people = ['a', 'a', 'b', 'b'];
    const descriptors = [
      [1, 0],
      [0.9, 0.1],
      [0, 1],
      [0.1, 0.9],
    ].map((numbers) => faceOf(...numbers));
    expect(verify(people, descriptors)).toMatchObject({ tar01: 1, tar001: 1, auc: 1, eer: 0, rank1: 1 });
    expect(verify(['a', 'b', 'a', 'b'], descriptors)).toMatchObject({ tar01: 0, rank1: 0 });
  });
});

describe('reports', () => {
  it('are rounded at any depth, and keep all else', () => {
    expect(roundedAll({ a: 0.123456, b: [1 / 3, 'x'], c: { d: NaN, e: null } })).toEqual({
      a: 0.1235,
      b: [0.3333, 'x'],
      c: { d: NaN, e: null },
    });
  });

  it('have tables with a dash where there is nothing to divide', () => {
    expect(
      markdownTable(
        ['set', 'value'],
        [
          ['one', 0.12345],
          ['none', NaN],
        ],
      ),
    ).toBe('| set | value |\n| --- | ---: |\n| one | 0.123 |\n| none | - |');
  });
});
