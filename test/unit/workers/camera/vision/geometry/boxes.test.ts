import { describe, expect, it } from 'vitest';
import {
  areaOf,
  boxAt,
  bufferedIou,
  centreOf,
  clip,
  coverage,
  groundPointOf,
  grow,
  intersection,
  iou,
  nesting,
  sizeOf,
  union,
} from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import type { Box } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { random } from '../rng.ts';

describe('iou and its relatives', () => {
  it.each<{ says: string; a: Box; b: Box; iou: number; nesting: number }>([
    { says: 'the same box', a: [0, 0, 10, 10], b: [0, 0, 10, 10], iou: 1, nesting: 1 },
    { says: 'half of it', a: [0, 0, 10, 10], b: [0, 0, 10, 5], iou: 0.5, nesting: 1 },
    { says: 'a quarter shared', a: [0, 0, 10, 10], b: [5, 5, 15, 15], iou: 25 / 175, nesting: 0.25 },
    { says: 'touching edges', a: [0, 0, 10, 10], b: [10, 0, 20, 10], iou: 0, nesting: 0 },
    { says: 'apart', a: [0, 0, 10, 10], b: [30, 0, 40, 10], iou: 0, nesting: 0 },
    { says: 'a box without area', a: [5, 5, 5, 5], b: [0, 0, 10, 10], iou: 0, nesting: 0 },
    { says: 'a reversed box has none', a: [8, 8, 2, 2], b: [0, 0, 10, 10], iou: 0, nesting: 0 },
  ])('$says', ({ a, b, iou: expected, nesting: nested }) => {
    expect(iou(a, b)).toBeCloseTo(expected, 12);
    expect(iou(b, a)).toBeCloseTo(expected, 12);
    expect(nesting(a, b)).toBeCloseTo(nested, 12);
  });

  it('the buffer brings boxes together that just miss each other', () => {
    const a: Box = [0, 0, 10, 10];
    const b: Box = [12, 0, 22, 10];
    expect(bufferedIou(a, b, 0)).toBe(0);
    // Grown by 2: [-2, -2, 12, 12] and [10, -2, 24, 12] share 2 x 14 of 2 x 14 x 14.
    expect(bufferedIou(a, b, 2)).toBeCloseTo(28 / (392 - 28), 12);
    expect(bufferedIou(a, a, 5)).toBe(1);
  });

  it('a buffer of nothing is plain IoU, and union, intersection and areas agree, on 500 random pairs', () => {
    const next = random(3);
    const some = (): Box => {
      const [x, y] = [next() * 100, next() * 100];
      return [x, y, x + 1 + next() * 60, y + 1 + next() * 60];
    };
    for (let n = 0; n < 500; n++) {
      const [a, b] = [some(), some()];
      expect(bufferedIou(a, b, 0)).toBeCloseTo(iou(a, b), 12);
      expect(coverage(a, b) * areaOf(a)).toBeCloseTo(intersection(a, b), 9);
      expect(coverage(a, union(a, b))).toBeCloseTo(1, 12);
      expect(nesting(a, b)).toBeGreaterThanOrEqual(iou(a, b));
    }
  });
});

describe('places and sizes', () => {
  const box: Box = [10, 20, 30, 60];
  it('has a centre, a foot and a size', () => {
    expect(centreOf(box)).toEqual([20, 40]);
    expect(groundPointOf(box)).toEqual([20, 60]);
    expect(sizeOf(box)).toBeCloseTo(Math.sqrt(800), 12);
    expect(boxAt(20, 40, 20, 40)).toEqual(box);
  });

  it.each<{ says: string; box: Box; clipped: Box }>([
    { says: 'inside: unchanged', box: [1, 2, 3, 4], clipped: [1, 2, 3, 4] },
    { says: 'over the corner', box: [-5, -5, 5, 5], clipped: [0, 0, 5, 5] },
    { says: 'outside: empty, on the border', box: [120, 10, 130, 20], clipped: [100, 10, 100, 20] },
  ])('clip: $says', ({ box: b, clipped }) => {
    expect(clip(b, 100, 50)).toEqual(clipped);
  });

  it('grows, and shrinks to its centre at most', () => {
    expect(grow(box, 5)).toEqual([5, 15, 35, 65]);
    expect(grow(box, -5)).toEqual([15, 25, 25, 55]);
    expect(grow(box, -15)).toEqual([20, 35, 20, 45]);
  });
});
