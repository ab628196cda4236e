import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { assembleTruth, clipOf, crossingsIn, motionOf, printTruth } from '../../../scenes/truth/assemble.ts';
import { areaOf, boxAround, clip, iou, roundBox, union } from '../../../scenes/truth/boxes.ts';
import { unclean } from '../../../scenes/truth/clean.ts';
import { countCrossings } from '../../../scenes/truth/crossings.ts';
import { ClipSchema, TruthSchema } from '../../../scenes/truth/schema.ts';
import { counting } from '../../../scenes/worlds/counting.ts';
import { WORLDS } from '../../../scenes/worlds/index.ts';
import { cutToPicture, linesOf, polygonInPicture } from '../../../scenes/worlds/plan.ts';
import { CountingConfig } from '../../../workers/contract.ts';

const SAMPLES = join(import.meta.dirname, '../../../public/samples');

describe('boxes', () => {
  it.each([
    { says: 'the same box', a: [0, 0, 2, 2], b: [0, 0, 2, 2], expected: 1 },
    { says: 'half over', a: [0, 0, 2, 2], b: [1, 0, 3, 2], expected: 1 / 3 },
    { says: 'apart', a: [0, 0, 1, 1], b: [2, 2, 3, 3], expected: 0 },
    { says: 'both empty', a: [1, 1, 1, 1], b: [1, 1, 1, 1], expected: 0 },
  ] as const)('IoU of $says', ({ a, b, expected }) => {
    expect(iou([...a], [...b])).toBeCloseTo(expected, 9);
  });

  it('goes round points, joins, cuts and rounds', () => {
    expect(boxAround([])).toBeNull();
    expect(
      boxAround([
        [3, 1],
        [-1, 5],
      ]),
    ).toEqual([-1, 1, 3, 5]);
    expect(union([0, 0, 1, 1], [2, -1, 3, 0.5])).toEqual([0, -1, 3, 1]);
    expect(clip([-5, 2, 5, 8], 4, 6)).toEqual([0, 2, 4, 6]);
    expect(clip([-5, 2, -1, 8], 4, 6)).toBeNull();
    expect(roundBox([0.123, 1.16, 2, 3.05])).toEqual([0.1, 1.2, 2, 3.1]);
    expect(areaOf([2, 2, 1, 1])).toBe(0);
  });
});

describe('what the picture shows of lines and zones', () => {
  it.each([
    {
      says: 'inside stays',
      a: [0.2, 0.2],
      b: [0.8, 0.8],
      expected: [
        [0.2, 0.2],
        [0.8, 0.8],
      ],
    },
    {
      says: 'cut at both ends',
      a: [0.5, -1],
      b: [0.5, 2],
      expected: [
        [0.5, 0],
        [0.5, 1],
      ],
    },
    { says: 'outside is nothing', a: [2, 0], b: [2, 1], expected: null },
  ] as const)('line: $says', ({ a, b, expected }) => {
    expect(cutToPicture(a, b)).toEqual(expected);
  });

  it('cuts a zone that reaches beyond the border', () => {
    const points = polygonInPicture([
      [-0.5, 0.2],
      [0.5, 0.2],
      [0.5, 0.8],
      [-0.5, 0.8],
    ]);
    expect(new Set(points.map(String))).toEqual(new Set(['0,0.2', '0.5,0.2', '0.5,0.8', '0,0.8']));
  });
});

describe('assembled truth', () => {
  const plan = { ...counting, durationS: 1 };
  const motion = motionOf(plan);
  const somebody = [...motion.frames[0]!.keys()][0]!;
  const outline = {
    id: somebody,
    box: [1, 2, 30, 90],
    seen: [1, 2, 20, 90],
    alonePixels: 200,
    seenPixels: 150,
  };
  const outlines = motion.frames.map(() => [
    outline as typeof outline & {
      box: [number, number, number, number];
      seen: [number, number, number, number];
    },
  ]);

  it('keeps to its schema, also when printed', () => {
    const truth = assembleTruth(plan, motion, outlines);
    expect(v.parse(TruthSchema, JSON.parse(printTruth(truth)))).toEqual(truth);
    expect(truth.frames[0]!.objects[0]).toMatchObject({ id: somebody, occlusion: 0.25 });
    expect(v.parse(ClipSchema, clipOf(plan, motion, truth)).id).toBe('counting');
  });

  it('refuses an outline of someone who does not exist', () => {
    expect(() => assembleTruth(plan, motion, [[{ ...outlines[0]![0]!, id: 'ghost-1' }]])).toThrow(/ghost-1/);
  });

  it.each([
    { says: 'a box inside out', change: { box: [5, 0, 1, 1] } },
    { says: 'occlusion over 1', change: { occlusion: 1.2 } },
    { says: 'an unknown field', change: { colour: 'red' } },
  ])('refuses $says', ({ change }) => {
    const truth = assembleTruth(plan, motion, outlines);
    const frames = [{ objects: [{ ...truth.frames[0]!.objects[0]!, ...change }], occupancy: {} }];
    expect(v.safeParse(TruthSchema, { ...truth, frames }).success).toBe(false);
  });
});

describe('the counting world', () => {
  const motion = motionOf(counting);

  it('has crossings of every kind both ways, none of them doubtful', () => {
    const counts = countCrossings(linesOf(counting), crossingsIn(counting, motion))['street']!;
    for (const kind of ['pedestrian', 'bicycle', 'car'] as const) {
      expect(counts[kind]!.forward, kind).toBeGreaterThanOrEqual(1);
      expect(counts[kind]!.backward, kind).toBeGreaterThanOrEqual(1);
    }
    expect(unclean(counting, motion)).toEqual([]);
  });
});

describe.each(Object.values(WORLDS).map((plan) => [plan.id, plan] as const))('sample %s', (id, plan) => {
  const described = join(SAMPLES, `${id}.json`);
  it('is what its world says', ({ skip }) => {
    if (!existsSync(described)) skip(`${id} has not been rendered yet`);
    const clip = v.parse(ClipSchema, JSON.parse(readFileSync(described, 'utf8')));
    const truth = v.parse(TruthSchema, JSON.parse(readFileSync(join(SAMPLES, clip.truth), 'utf8')));
    expect(truth.crossings).toEqual(crossingsIn(plan, motionOf(plan)));
    expect(clip.counts).toEqual(countCrossings(truth.lines, truth.crossings));
    expect(clip.lines).toEqual(linesOf(plan));
    expect(truth.frames).toHaveLength(clip.fps * clip.durationS);
    if (id === 'counting') {
      const { lines, zones, calibration } = clip;
      const config = { case: 'counting', lines, zones, calibration };
      expect(v.safeParse(CountingConfig, config).success).toBe(true);
    }
  });
});
