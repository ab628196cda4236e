import { describe, expect, it } from 'vitest';
import { iou } from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import type { Box, Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { BoxGrid } from '../../../../../../workers/camera/vision/tracking/grid.ts';
import { LabelGroups } from '../../../../../../workers/camera/vision/tracking/labels.ts';
import { cluster, nms } from '../../../../../../workers/camera/vision/tracking/nms.ts';
import { mergeClasses } from '../../../../../../workers/camera/vision/tracking/cross-class-merge.ts';
import { random } from '../rng.ts';

const d = (label: string, score: number, x: number, width = 10): Detection => ({
  label,
  score,
  box: [x, 0, x + width, 10],
});
const names = (found: readonly Detection[]) => found.map((f) => `${f.label} ${f.score}`);

describe('nms', () => {
  it.each([
    { says: 'nothing', found: [], kept: [] },
    { says: 'the surer of two', found: [d('car', 0.4, 0), d('car', 0.9, 1)], kept: ['car 0.9'] },
    { says: 'both when apart', found: [d('car', 0.4, 0), d('car', 0.9, 20)], kept: ['car 0.9', 'car 0.4'] },
    {
      says: 'both when of two classes',
      found: [d('car', 0.4, 0), d('bus', 0.9, 0)],
      kept: ['bus 0.9', 'car 0.4'],
    },
    {
      says: 'what only the suppressed one overlaps stays',
      found: [d('car', 0.9, 0), d('car', 0.8, 3), d('car', 0.7, 6)],
      kept: ['car 0.9', 'car 0.7'],
    },
    { says: 'of equals the first', found: [d('car', 0.5, 0), d('car', 0.5, 1)], kept: ['car 0.5'] },
  ])('keeps $says', ({ found, kept }) => {
    expect(names(nms(found, 0.45))).toEqual(kept);
  });

  it('an overlap at the threshold is allowed', () => {
    expect(nms([d('car', 0.9, 0, 10), d('car', 0.8, 0, 5)], 0.5)).toHaveLength(2);
  });

  it('can take all classes together', () => {
    expect(names(nms([d('car', 0.4, 0), d('bus', 0.9, 0)], 0.45, () => true))).toEqual(['bus 0.9']);
  });

  it('refuses a threshold that is no share', () => {
    expect(() => nms([], 1.2)).toThrow('maxIou must be within 0..1, got 1.2.');
  });

  it('leaves no two rivals that overlap and drops nothing without a surer rival, on 100 random scenes', () => {
    const next = random(4);
    for (let n = 0; n < 100; n++) {
      const found = Array.from({ length: 60 }, (): Detection => {
        const [x, y] = [next() * 80, next() * 80];
        const label = next() < 0.5 ? 'a' : 'b';
        return { label, score: next(), box: [x, y, x + 5 + next() * 30, y + 5 + next() * 30] };
      });
      const clusters = cluster(found, 0.4);
      const kept = clusters.map(([best]) => best);
      const wronglyKept = kept.filter((a) =>
        kept.some((b) => a !== b && a.label === b.label && iou(a.box, b.box) > 0.4),
      );
      const wronglyDropped = clusters.flatMap(([best, ...absorbed]) =>
        absorbed.filter((other) => iou(best.box, other.box) <= 0.4 || best.score < other.score),
      );
      expect({ wronglyKept, wronglyDropped }).toEqual({ wronglyKept: [], wronglyDropped: [] });
      expect(clusters.flat()).toHaveLength(found.length);
    }
  });
});

describe('BoxGrid', () => {
  it('finds exactly the boxes that touch, each once, on 50 random scenes of very unequal boxes', () => {
    const next = random(5);
    for (let n = 0; n < 50; n++) {
      const some = (): Box => {
        const side = 2 + next() ** 4 * 300;
        const [x, y] = [next() * 640 - 50, next() * 360 - 50];
        return [x, y, x + side, y + side * (0.3 + next())];
      };
      const boxes = Array.from({ length: 80 }, some);
      const grid = new BoxGrid(boxes);
      for (let q = 0; q < 20; q++) {
        const area = some();
        const found: number[] = [];
        grid.each(area, (i) => found.push(i));
        const touching = boxes.flatMap((b, i) =>
          b[0] <= area[2] && b[2] >= area[0] && b[1] <= area[3] && b[3] >= area[1] ? [i] : [],
        );
        expect(found.sort((a, b) => a - b)).toEqual(touching);
      }
    }
  });

  it('can be empty', () => {
    const found: number[] = [];
    new BoxGrid([]).each([0, 0, 10, 10], (i) => found.push(i));
    expect(found).toEqual([]);
  });
});

describe('sightings', () => {
  const groups = new LabelGroups();
  const seen = (...found: Detection[]) => mergeClasses(found, groups, 0.6, 0.35);

  it.each([
    {
      says: 'car and truck in one place are one vehicle',
      found: [d('car', 0.5, 0), d('truck', 0.4, 1)],
      labels: ['car'],
    },
    {
      says: 'the group with more score in all names it, not the surest label',
      found: [d('person', 0.2, 0), d('car', 0.19, 0), d('truck', 0.1, 0)],
      labels: ['car'],
    },
    {
      says: 'of equal groups the surest label names it',
      found: [d('person', 0.3, 0), d('car', 0.3, 0)],
      labels: ['person'],
    },
    {
      says: 'a rider and his bicycle, which overlap by half, are two',
      found: [d('person', 0.5, 0), d('bicycle', 0.4, 0, 5)],
      labels: ['person', 'bicycle'],
    },
    {
      says: 'a faint bicycle that coincides with a person is the person',
      found: [d('person', 0.5, 0), d('bicycle', 0.2, 0)],
      labels: ['person'],
    },
    {
      says: 'bicycle and motorcycle in one place are one',
      found: [d('bicycle', 0.3, 0), d('motorcycle', 0.2, 0)],
      labels: ['bicycle'],
    },
    { says: 'boxes apart are two', found: [d('car', 0.5, 0), d('car', 0.4, 8)], labels: ['car', 'car'] },
  ])('$says', ({ found, labels }) => {
    expect(seen(...found).map((s) => s.label)).toEqual(labels);
  });

  it('takes box and score of the surest and keeps all that was said', () => {
    const [one] = seen(d('person', 0.2, 0), d('car', 0.4, 1));
    expect(one).toMatchObject({ score: 0.4, sure: true, box: [1, 0, 11, 10], label: 'car' });
    expect(one!.detections).toHaveLength(2);
    expect(seen(d('car', 0.34, 0))[0]!.sure).toBe(false);
  });
});
