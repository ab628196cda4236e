import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { agreementOf } from '../../../../scenes/render/agreement.ts';
import {
  assembleTruth,
  clipOf,
  crossingsIn,
  motionOf,
  printTruth,
} from '../../../../scenes/truth/assemble.ts';
import { areaOf, boxAround, clip, iou, roundBox, union } from '../../../../scenes/truth/boxes.ts';
import { unclean } from '../../../../scenes/truth/clean.ts';
import { countCrossings } from '../../../../scenes/truth/crossings.ts';
import { roadIn } from '../../../../scenes/truth/road.ts';
import type { Box, Clip, Truth } from '../../../../scenes/truth/schema.ts';
import { ClipSchema, TruthSchema } from '../../../../scenes/truth/schema.ts';
import { passagesIn, staysIn } from '../../../../scenes/truth/stays.ts';
import { counting } from '../../../../scenes/worlds/counting/world.ts';
import { WORLDS } from '../../../../scenes/worlds/index.ts';
import { cutToPicture, linesOf, polygonInPicture } from '../../../../scenes/worlds/plan.ts';
import { CountingConfig } from '../../../../contract/index.ts';

const SAMPLES = join(import.meta.dirname, '../../../../public/samples');

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

describe('agreement of boxes and silhouettes', () => {
  const at = (box: Box | null, alone: Box | null) => [{ id: 'a', box, alone }];
  it.each([
    { says: 'the same', outlines: at([10, 10, 60, 110], [10, 10, 60, 110]), min: 1, poor: 0, count: 1 },
    { says: 'too wide', outlines: at([10, 10, 60, 110], [10, 10, 55, 110]), min: 0.9, poor: 1, count: 1 },
    {
      says: 'cut by the border',
      outlines: at([-1, 10, 60, 110], [0, 10, 60, 110]),
      min: 0,
      poor: 0,
      count: 0,
    },
    { says: 'not in the picture', outlines: at([10, 10, 60, 110], null), min: 0, poor: 0, count: 0 },
    {
      says: 'too small to be told',
      outlines: at([10, 10, 30, 110], [11, 11, 29, 109]),
      min: 0,
      poor: 0,
      count: 0,
    },
  ])('$says', ({ outlines, min, poor, count }) => {
    const agreement = agreementOf(counting, [7], [outlines]);
    expect(agreement).toMatchObject({ count, min: expect.closeTo(min, 9) as number });
    expect(agreement.poor).toHaveLength(poor);
  });
});

/**
 * Where many push one another for minutes, the last bit in which engines' exponentials differ becomes a step: there the
 * truth is what the browser reckoned that drew the pictures, and this engine cannot tell.
 */
const CHAOTIC = new Set(['crowding', 'streetscape']);

/** What a case's sample must hold besides, by world. */
const BESIDES: Readonly<Record<string, (clip: Clip, truth: Truth) => void>> = {
  attributes({ durationS }, { passages, objects }) {
    expect(passages.length).toBeGreaterThanOrEqual(12);
    expect(new Set(passages.map(({ identity }) => identity)).size).toBe(passages.length);
    const ages = objects.map(({ person }) => person!.age);
    expect(Math.min(...ages)).toBeLessThan(10);
    expect(Math.max(...ages)).toBeGreaterThan(75);
    for (const { facePx, toS } of passages) {
      expect(facePx).toBeGreaterThanOrEqual(40);
      expect(toS).toBeLessThanOrEqual(durationS);
    }
  },
  counting({ lines, zones, calibration }) {
    const config = { case: 'counting', lines, zones, calibration };
    expect(v.safeParse(CountingConfig, config).success).toBe(true);
  },
  crowding({ background, calibration }, { frames }) {
    expect(background && existsSync(join(SAMPLES, background))).toBe(true);
    expect(calibration).toBeDefined();
    expect(frames.every(({ occupancy }) => (occupancy['concourse']?.pedestrian ?? 0) >= 5)).toBe(true);
  },
  'repeat-visits'({ days }, { passages }) {
    expect(days).toHaveLength(4);
    expect(passages.filter(({ visit }) => visit > 1).length).toBeGreaterThanOrEqual(5);
    for (const { day, fromS } of passages) expect(days![day - 1]!.fromS).toBeLessThanOrEqual(fromS);
  },
  streetscape({ track, durationS }, { road, frames, objects }) {
    expect(track!.points.at(-1)!.atS).toBeGreaterThan(durationS - 2);
    expect(new Set(road!.map(({ state }) => state))).toEqual(new Set(['free', 'busy', 'jammed']));
    expect(road!.at(-1)!.toS).toBeCloseTo(durationS, 6);
    const aspects = frames.flatMap((frame) => frame.objects.flatMap(({ aspect }) => aspect ?? []));
    expect(new Set(aspects)).toEqual(new Set(['green', 'amber', 'red']));
    expect(objects.filter(({ kind }) => kind === 'sign').length).toBeGreaterThanOrEqual(4);
  },
  trajectories({ zones, calibrationFloorM }, { stays }) {
    expect(new Set(zones.map(({ role }) => role))).toEqual(new Set(['entrance', 'shelf', 'till']));
    expect(calibrationFloorM).toHaveLength(4);
    for (const { id } of zones) expect(stays.some(({ zone, whole }) => zone === id && whole)).toBe(true);
  },
};

const sampleOf = (id: string): { clip: Clip; truth: Truth } => {
  const clip = v.parse(ClipSchema, JSON.parse(readFileSync(join(SAMPLES, `${id}.json`), 'utf8')));
  const truth = v.parse(TruthSchema, JSON.parse(readFileSync(join(SAMPLES, clip.truth), 'utf8')));
  return { clip, truth };
};

describe.each(Object.values(WORLDS).map((plan) => [plan.id, plan] as const))('sample %s', (id, plan) => {
  it('is what its world says', () => {
    const { clip, truth } = sampleOf(id);
    const motion = motionOf(plan);
    expect(truth.crossings).toEqual(crossingsIn(plan, motion));
    if (!CHAOTIC.has(id)) {
      expect(truth.stays).toEqual(staysIn(plan, motion));
      expect(truth.passages).toEqual(passagesIn(plan, motion, truth.frames));
    }
    expect(truth.road).toEqual(roadIn(plan, motion));
    const { track, ...rest } = clipOf(plan, motion, truth);
    expect(clip).toMatchObject(rest);
    track?.points.forEach(({ lat, lon }, i) => {
      expect(clip.track!.points[i]).toMatchObject({
        lat: expect.closeTo(lat, 4),
        lon: expect.closeTo(lon, 4),
      });
    });
    expect(truth.frames).toHaveLength(clip.fps * clip.durationS);
  });

  it('is small enough', () => {
    expect(statSync(join(SAMPLES, sampleOf(id).clip.file)).size).toBeLessThanOrEqual(4e6);
  });

  it('holds what its case needs', () => {
    const { clip, truth } = sampleOf(id);
    BESIDES[id]!(clip, truth);
  });
});
