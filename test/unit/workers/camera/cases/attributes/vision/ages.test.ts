import { describe, expect, it } from 'vitest';
import calibration from '../../../../../../../workers/camera/cases/attributes/vision/face-calibration.json' with { type: 'json' };
import {
  bandOf,
  bandProbabilities,
  calibrateOdds,
  scaleAt,
  type AgeSpread,
} from '../../../../../../../workers/camera/cases/attributes/vision/ages.ts';
import { CALIBRATION } from '../../../../../../../workers/camera/cases/attributes/vision/face-calibration.ts';

describe('calibrateOdds', () => {
  it.each([
    { says: 'leaves a probability as it is', p: 0.3, curve: { slope: 1, offset: 0 }, expected: 0.3 },
    { says: 'makes it surer', p: 0.8, curve: { slope: 2, offset: 0 }, expected: 16 / 17 },
    { says: 'moves its odds', p: 0.5, curve: { slope: 1, offset: -Math.log(3) }, expected: 0.25 },
    { says: 'keeps certainty', p: 1, curve: { slope: 0.5, offset: -3 }, expected: 1 },
    { says: 'keeps impossibility', p: 0, curve: { slope: 0.5, offset: 3 }, expected: 0 },
    {
      says: 'moves them by the age, a decade at a time',
      p: 0.5,
      curve: { slope: 1, offset: 0, perDecade: -Math.log(3) },
      age: 50,
      expected: 0.25,
    },
    {
      says: 'leaves the middle age where it is',
      p: 0.5,
      curve: { slope: 1, offset: 0, perDecade: -1 },
      age: 40,
      expected: 0.5,
    },
  ])('$says', ({ p, curve, age, expected }) => {
    expect(calibrateOdds(p, curve, age)).toBeCloseTo(expected, 12);
  });
});

describe('bands', () => {
  const spread: AgeSpread = [
    [20, 2],
    [60, 6],
  ];

  it.each([
    { age: 0, band: 0 },
    { age: 9.9, band: 0 },
    { age: 10, band: 1 },
    { age: 70, band: 7 },
    { age: 103, band: 7 },
  ])('puts $age years into band $band', ({ age, band }) => {
    expect(bandOf(age)).toBe(band);
  });

  it.each([
    { says: 'before the first knot', age: 5, scale: 2 },
    { says: 'between two', age: 30, scale: 3 },
    { says: 'behind the last', age: 90, scale: 6 },
  ])('are spread by the scale $says', ({ age, scale }) => {
    expect(scaleAt(age, spread)).toBeCloseTo(scale, 12);
  });

  it('are as likely as a logistic distribution says, worked by hand', () => {
    // Around 30 with a scale of 3: half below; e^(-10/3) = .0357 to one beyond ten years on either side.
    const [, teens, twenties, thirties, forties] = bandProbabilities(30, spread);
    const beyond = 1 / (1 + Math.exp(10 / 3));
    expect(twenties).toBeCloseTo(0.5 - beyond, 12);
    expect(thirties).toBeCloseTo(0.5 - beyond, 12);
    expect(teens).toBeCloseTo(forties!, 12);
  });

  it('have no one below birth, and no end at the top', () => {
    expect(bandProbabilities(0, spread)[0]).toBeGreaterThan(0.99);
    expect(bandProbabilities(100, spread)[7]).toBeGreaterThan(0.99);
  });

  it('always add up to 1', () => {
    for (const age of [0, 9.7, 34, 70, 120])
      expect(bandProbabilities(age, spread).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  it('need a spread', () => {
    expect(() => bandProbabilities(30, [])).toThrow(RangeError);
  });
});

describe('the calibration that the camera carries', () => {
  it('is a handful of numbers, and says what made it', () => {
    expect(CALIBRATION.spread.length).toBeLessThan(10);
    for (const [, scale] of CALIBRATION.spread) expect(scale).toBeGreaterThan(0);
    expect(calibration.male.slope).toBeGreaterThan(0);
    expect(calibration.madeBy).toMatch(/^npm run eval/);
  });

  it('takes off what makes old women look like men', () => {
    expect(CALIBRATION.male.perDecade).toBeLessThan(0);
  });
});
