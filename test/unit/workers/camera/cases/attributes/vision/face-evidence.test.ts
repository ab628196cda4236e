import { describe, expect, it } from 'vitest';
import { FaceEvidence } from '../../../../../../../workers/camera/cases/attributes/vision/face-evidence.ts';

const CALIBRATION = { spread: [[40, 2]], male: { slope: 1, offset: 0, perDecade: 0 } } as const;

/** Evidence after views of a weight of 1 with these ages, and readings of the sex. */
function evidence(years: readonly number[], males: readonly number[] = []): FaceEvidence {
  const made = new FaceEvidence(CALIBRATION);
  years.forEach((each, i) => made.addAge({ years: each, weight: 1, atS: i }));
  for (const male of males) made.addSex({ male, weight: 1 });
  return made;
}

describe('judging', () => {
  it('goes by the weighted mean of the ages', () => {
    const made = new FaceEvidence(CALIBRATION);
    made.addAge({ years: 24, weight: 3, atS: 0 });
    made.addAge({ years: 44, weight: 1, atS: 1 });
    // 29 years: the third decade.
    expect(made.judge().band).toBe(2);
  });

  it.each([
    { says: 'a child', years: 5 },
    { says: 'a youth', years: 15 },
    { says: 'somebody nearly of age', years: 19.5 },
    // With a scale of 2, being younger than 20 has .38 of the probability at 21 years.
    { says: 'somebody who is told as in the twenties, but may well be younger', years: 21 },
  ])('says no sex of $says, however sure the network is', ({ years }) => {
    expect(evidence([years, years], [0.999, 0.999]).judge().sex).toBeUndefined();
  });

  it('says the sex where being younger is unlikely', () => {
    expect(evidence([24, 24], [0.999]).judge()).toMatchObject({ band: 2, sex: 'male' });
  });

  it('says the sex of an adult', () => {
    expect(evidence([34, 34], [0.99]).judge().sex).toBe('male');
    expect(evidence([34, 34], [0.01]).judge().sex).toBe('female');
  });

  it('says none without a reading, or when the readings are of two minds', () => {
    expect(evidence([34, 34]).judge().sex).toBeUndefined();
    expect(evidence([34, 34], [0.99, 0.01]).judge().sex).toBeUndefined();
  });

  it('says nothing of less than half a flawless view', () => {
    const made = new FaceEvidence(CALIBRATION);
    made.addAge({ years: 34, weight: 0.4, atS: 0 });
    made.addSex({ male: 0.99, weight: 0.4 });
    expect(made.judge()).toMatchObject({ band: undefined, sex: undefined });
  });

  it('says no band where none has a third of the probability', () => {
    const made = new FaceEvidence({ ...CALIBRATION, spread: [[40, 20]] });
    made.addAge({ years: 35, weight: 1, atS: 0 });
    expect(made.judge().band).toBeUndefined();
  });
});

describe('reading the sex', () => {
  it('waits until the age is known from two views', () => {
    expect(evidence([34]).wantsSex(1)).toBe(false);
    expect(evidence([34, 34]).wantsSex(1)).toBe(true);
  });

  it('never asks for that of a face that looks younger than 20', () => {
    expect(evidence([8, 9, 8]).wantsSex(1)).toBe(false);
    expect(evidence([18, 19, 18]).wantsSex(1)).toBe(false);
    expect(evidence([21, 21, 21]).wantsSex(1)).toBe(false);
  });

  it('asks again only for a clearly better view, and four times at most', () => {
    const made = new FaceEvidence(CALIBRATION);
    for (let i = 0; i < 3; i++) made.addAge({ years: 34, weight: 0.1, atS: i });
    let asked = 0;
    for (let weight = 0.1; weight < 1; weight += 0.01) {
      if (!made.wantsSex(weight)) continue;
      made.addSex({ male: 0.9, weight });
      asked++;
      expect(made.wantsSex(1.3 * weight)).toBe(false);
    }
    expect([asked, made.sexReadings]).toEqual([4, 4]);
  });
});

describe('evidence', () => {
  it('refuses what is no reading', () => {
    const made = new FaceEvidence(CALIBRATION);
    expect(() => made.addAge({ years: NaN, weight: 1, atS: 0 })).toThrow(RangeError);
    expect(() => made.addAge({ years: 30, weight: -1, atS: 0 })).toThrow(RangeError);
    expect(() => made.addSex({ male: 0.5, weight: NaN })).toThrow(RangeError);
  });

  it('is gone when it is wiped', () => {
    const made = evidence([34, 34, 34], [0.99]);
    made.wipe();
    expect(made.judge()).toEqual({ band: undefined, sex: undefined, quality: 0 });
    expect([made.readings, made.sexReadings]).toEqual([0, 0]);
  });
});
