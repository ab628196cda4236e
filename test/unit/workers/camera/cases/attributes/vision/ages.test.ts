import { describe, expect, it } from 'vitest';
import calibration from '../../../../../../../workers/camera/cases/attributes/vision/face-calibration.json' with { type: 'json' };
import {
  AgeTally,
  bandOf,
  bandProbabilities,
  calibrateAge,
  calibrateOdds,
  meanAge,
  type AgeCurve,
} from '../../../../../../../workers/camera/cases/attributes/vision/ages.ts';

/** A distribution over 100 years with these probabilities. */
const ages = (probabilities: Record<number, number>): Float32Array => {
  const distribution = new Float32Array(100);
  for (const [age, p] of Object.entries(probabilities)) distribution[Number(age) - 1] = p;
  return distribution;
};

describe('reading a distribution', () => {
  it.each([
    { says: 'one certain year', distribution: ages({ 34: 1 }), mean: 34 },
    { says: 'the first year', distribution: ages({ 1: 1 }), mean: 1 },
    { says: 'the last year', distribution: ages({ 100: 1 }), mean: 100 },
    {
      says: 'two years',
      distribution: ages({ 20: 0.75, 40: 0.25 }),
      mean: 25,
    },
    {
      says: 'a long tail',
      distribution: ages({ 20: 0.4, 21: 0.4, 80: 0.2 }),
      mean: 32.4,
    },
    {
      says: 'one that does not add up to 1',
      distribution: ages({ 20: 3, 40: 1 }),
      mean: 25,
    },
  ])('$says', ({ distribution, mean }) => {
    expect(meanAge(distribution)).toBeCloseTo(mean, 4);
  });

  it('says nothing of nothing', () => {
    expect(meanAge(ages({}))).toBeNaN();
  });
});

describe('calibrateAge', () => {
  const curve: AgeCurve = [
    [10, 8],
    [30, 30],
    [50, 60],
  ];

  it.each([
    { says: 'at a knot', age: 30, expected: 30 },
    { says: 'between two', age: 40, expected: 45 },
    { says: 'before the first, parallel', age: 4, expected: 2 },
    { says: 'never below birth', age: 1, expected: 0 },
    { says: 'behind the last, parallel', age: 60, expected: 70 },
  ])('$says', ({ age, expected }) => {
    expect(calibrateAge(age, curve)).toBeCloseTo(expected, 12);
  });

  it('changes nothing without knots', () => {
    expect(calibrateAge(33, [])).toBe(33);
  });

  it('refuses a curve that falls', () => {
    expect(() => calibrateAge(20, [[10, 20] as const, [20, 10] as const])).toThrow('does not rise at 20');
    expect(() => calibrateAge(20, [[10, 20] as const, [10, 30] as const])).toThrow(RangeError);
  });
});

describe('calibrateOdds', () => {
  it.each([
    { says: 'leaves a probability as it is', p: 0.3, curve: { slope: 1, offset: 0 }, expected: 0.3 },
    { says: 'makes it surer', p: 0.8, curve: { slope: 2, offset: 0 }, expected: 16 / 17 },
    { says: 'moves its odds', p: 0.5, curve: { slope: 1, offset: -Math.log(3) }, expected: 0.25 },
    { says: 'keeps certainty', p: 1, curve: { slope: 0.5, offset: -3 }, expected: 1 },
    { says: 'keeps impossibility', p: 0, curve: { slope: 0.5, offset: 3 }, expected: 0 },
  ])('$says', ({ p, curve, expected }) => {
    expect(calibrateOdds(p, curve)).toBeCloseTo(expected, 12);
  });
});

describe('bands', () => {
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
    {
      says: 'whole years',
      distribution: ages({ 5: 0.5, 19: 0.25, 20: 0.25 }),
      expected: { 0: 0.5, 1: 0.25, 2: 0.25 },
    },
    { says: 'the open end', distribution: ages({ 69: 0.5, 99: 0.5 }), expected: { 6: 0.5, 7: 0.5 } },
    {
      says: 'what the curve moves, year by year and in part',
      distribution: ages({ 29: 1 }),
      curve: [[29, 29.25]] as AgeCurve,
      expected: { 2: 0.75, 3: 0.25 },
    },
    {
      says: 'what the curve moves below birth',
      distribution: ages({ 1: 0.5, 21: 0.5 }),
      curve: [[11, 6]] as AgeCurve,
      expected: { 0: 0.5, 1: 0.5 },
    },
  ])('shares out $says', ({ distribution, curve = [], expected }) => {
    const wanted = Array.from({ length: 8 }, (_, band) => (expected as Record<number, number>)[band] ?? 0);
    bandProbabilities(distribution, curve).forEach((p, band) => expect(p).toBeCloseTo(wanted[band]!, 6));
  });

  it('always adds up to 1', () => {
    const even = new Float32Array(100).fill(0.01);
    for (const move of [-20, -0.3, 0, 7.7, 40]) {
      const sum = bandProbabilities(even, [[50, 50 + move]]).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });
});

describe('AgeTally', () => {
  it('averages by weight, and forgets', () => {
    const tally = new AgeTally();
    tally.add(ages({ 20: 1 }), 3);
    tally.add(ages({ 40: 1 }));
    expect(tally.weight).toBe(4);
    expect(meanAge(tally.mean())).toBeCloseTo(25);
    tally.wipe();
    expect(tally.weight).toBe(0);
    expect(meanAge(tally.mean())).toBeNaN();
  });

  it('refuses what it can not add', () => {
    expect(() => new AgeTally().add([1, 2])).toThrow('2 years instead of 100');
    expect(() => new AgeTally(2).add([1, 2], -1)).toThrow(RangeError);
  });
});

describe('the calibration that the camera carries', () => {
  it('is a handful of numbers that rise from childhood to old age, and says what made it', () => {
    const curve = calibration.age as unknown as AgeCurve;
    expect(curve.length).toBeLessThan(10);
    const read = Array.from({ length: 96 }, (_, age) => calibrateAge(age, curve));
    read.slice(1).forEach((age, i) => expect(age).toBeGreaterThanOrEqual(read[i]!));
    expect(read[0]).toBeLessThan(10);
    expect(read[95]).toBeGreaterThan(70);
    expect(calibration.male.slope).toBeGreaterThan(0);
    expect(calibration.madeBy).toMatch(/^npm run eval/);
  });
});
