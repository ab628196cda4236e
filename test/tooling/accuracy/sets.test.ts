import { describe, expect, it } from 'vitest';
import { markdownTable, roundedAll } from '../../accuracy/report.ts';
import { parseYolo } from '../../accuracy/sets/coco.ts';
import { judge, type Read } from '../../accuracy/sets/faces.ts';
import { SETS } from '../../accuracy/sets/index.ts';
import { verify } from '../../accuracy/sets/lfw.ts';
import { evaluate, isForFitting } from '../../accuracy/sets/utkface.ts';

describe('the list of sets', () => {
  it('has the sets of footage, each with the folder it is in', () => {
    expect(Object.keys(SETS)).toEqual(expect.arrayContaining(['intel', 'pets', 'coco', 'utkface', 'lfw']));
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

describe('the halves of UTKFace', () => {
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

describe('results of UTKFace', () => {
  const sample = (age: number, said: number, isMale: boolean, male: number) => {
    const ages = new Float32Array(100);
    ages[said - 1] = 1;
    return { file: '', age, isMale, detected: true, ages, male };
  };

  it('are what the worked example gives by hand', () => {
    // The curve adds 2: errors of 4, 1, 2 and 8 become 6, 1, 0 and 6.
    const result = evaluate(
      [
        sample(5, 9, true, 0.4),
        sample(25, 24, true, 0.9),
        sample(35, 33, false, 0.7),
        sample(75, 67, false, 0.1),
      ],
      {
        age: [
          [20, 22],
          [60, 62],
        ],
        male: { slope: 1, offset: -Math.log(4) },
      },
    );
    expect(result).toMatchObject({
      pictures: 4,
      maeRaw: 3.75,
      mae: 3.25,
      mae2059Raw: 1.5,
      mae2059: 0.5,
      spearman: 1,
      // 11 is read as the second decade, 69 as the seventh.
      bandAccuracy: 0.5,
      bandWithinOne: 1,
      // .9 has odds of 9, a quarter of which are odds of 2.25 (male, not sure); .7 becomes odds of .58 (female, not sure).
      sexAccuracy: 1,
      sexAccuracyRaw: 0.5,
      sexAccuracyAll: 0.75,
      sexSure: { share: 0 },
    });
    expect(result.byDecade['70+']).toMatchObject({ count: 1, mae: 6, bias: -6, maeRaw: 8, biasRaw: -8 });
  });
});

describe('faces of a clip', () => {
  it('are judged visit by visit, and found again only where somebody comes again', () => {
    const visitor = (id: string, age: number, sex: 'male' | 'female', identity: string) =>
      ({ id, kind: 'pedestrian', sizeM: [0.5, 1.7, 0.3], person: { age, sex, identity } }) as const;
    const seen = (age: number, male: number, ...descriptor: number[]) => ({
      ages: [age - 1, age + 1],
      males: [male, male],
      descriptors: [Float32Array.from(descriptor)],
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
    ].map((numbers) => Float32Array.from(numbers));
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
