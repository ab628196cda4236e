import { describe, expect, it } from 'vitest';
import type { Vec } from '../../../../../../../workers/camera/vision/geometry/boxes.ts';
import {
  TrajectorySmoother,
  type Placed,
} from '../../../../../../../workers/camera/cases/trajectories/vision/trajectory-smoother.ts';
import { normal, random } from '../../../vision/rng.ts';

const FPS = 10;
const placed = (at: Vec, sd = 0.3): Placed => ({ at, sd: [sd, sd], unit: 1 });
const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / Math.max(1, values.length));
const off = (a: Vec, b: Vec) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Walks 4 m at 1 m/s, stands for 4 s, walks on to the left: as a visitor in a shop does. */
function shopper(timeS: number): Vec {
  if (timeS < 4) return [timeS, 0];
  return timeS < 8 ? [4, 0] : [4, timeS - 8];
}

function noisy(seed: number, sd: number, seconds = 12): { timeS: number; truth: Vec; placed: Placed }[] {
  const next = random(seed);
  return Array.from({ length: seconds * FPS }, (_, i) => {
    const timeS = i / FPS;
    const truth = shopper(timeS);
    const at: Vec = [truth[0] + sd * normal(next), truth[1] + sd * normal(next)];
    return { timeS, truth, placed: placed(at, sd) };
  });
}

describe('the line of a walker', () => {
  it('is smoothed to well under the error of its places, and under that of the filter', () => {
    const ratios = [1, 2, 3, 4, 5].map((seed) => {
      const line = new TrajectorySmoother();
      const samples = noisy(seed, 0.3);
      const filtered = samples.map(({ timeS, placed: p, truth }) => {
        line.add(timeS, p);
        return off(line.now!.at, truth);
      });
      const smooth = line.settle().map(({ at }, i) => off(at, samples[i]!.truth));
      expect(rms(smooth)).toBeLessThan(rms(filtered));
      return rms(smooth) / (0.3 * Math.SQRT2);
    });
    for (const ratio of ratios) expect(ratio).toBeLessThan(0.5);
  });

  it('is the same whether it is settled at once or piece by piece, but for the last of each piece', () => {
    const samples = noisy(9, 0.2);
    const whole = new TrajectorySmoother();
    const pieces = new TrajectorySmoother();
    const got: Vec[] = [];
    for (const { timeS, placed: p } of samples) {
      whole.add(timeS, p);
      pieces.add(timeS, p);
      got.push(...pieces.settle(timeS - 2).map(({ at }) => at));
    }
    got.push(...pieces.settle().map(({ at }) => at));
    const all = whole.settle();
    expect(got).toHaveLength(all.length);
    for (const [i, { at }] of all.entries()) expect(off(at, got[i]!)).toBeLessThan(0.05);
    expect(pieces.length).toBe(0);
  });

  it('goes straight on over a gap', () => {
    const line = new TrajectorySmoother();
    for (let i = 0; i <= 40; i++) if (i <= 10 || i >= 30) line.add(i / FPS, placed([i / FPS, 0], 0.1));
    for (const { timeS, at } of line.settle()) expect(off(at, [timeS, 0])).toBeLessThan(0.05);
  });

  it('is hardly moved by one wild place', () => {
    const line = new TrajectorySmoother();
    for (let i = 0; i <= 40; i++) line.add(i / FPS, placed(i === 20 ? [2, 5] : [i / FPS, 0], 0.1));
    for (const { timeS, at } of line.settle()) expect(off(at, [timeS, 0])).toBeLessThan(0.4);
  });

  it('believes the axis that is known better', () => {
    const line = new TrajectorySmoother();
    const next = random(3);
    for (let i = 0; i < 60; i++) {
      const at: Vec = [0.05 * normal(next), 1 * normal(next)];
      line.add(i / FPS, { at, sd: [0.05, 1], unit: 1 });
    }
    const points = line.settle();
    expect(rms(points.map(({ at }) => at[0]))).toBeLessThan(0.05);
    expect(rms(points.map(({ at }) => at[1]))).toBeLessThan(0.7);
  });

  it('has no place before the first', () => {
    expect(new TrajectorySmoother().now).toBeUndefined();
    expect(new TrajectorySmoother().settle()).toEqual([]);
  });
});
