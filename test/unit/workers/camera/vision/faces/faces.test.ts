import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import {
  chipOf,
  clarityOf,
  cropOf,
  passes,
  rollOf,
  sharpness,
  VIEW_GATE,
  viewOf,
  worthOf,
  yawOf,
  type FaceView,
  type Landmarks,
} from '../../../../../../workers/camera/vision/faces/faces.ts';
import { random } from '../rng.ts';

const DEGREE = Math.PI / 180;
const BOX: Box = [100, 100, 140, 140];

/** Landmarks of a head whose eyes are `apart` pixels apart, turned to the side by `yaw` and leant by `roll`. */
function head(yaw: number, roll = 0, apart = 20): Landmarks {
  const flat = [
    [(-apart / 2) * Math.cos(yaw), 0],
    [(apart / 2) * Math.cos(yaw), 0],
    [(apart / 2) * Math.sin(yaw), apart * 0.6],
  ] as const;
  const [c, s] = [Math.cos(roll), Math.sin(roll)];
  return flat.map(([x, y]) => [120 + c * x - s * y, 110 + s * x + c * y]);
}

describe('cropOf', () => {
  it.each([
    {
      says: 'a square around the box',
      box: BOX,
      options: { scale: 1, raise: 0 },
      expected: { cx: 120, cy: 120, side: 40, roll: 0 },
    },
    {
      says: 'by the longer side, moved up by a share of it',
      box: [0, 0, 30, 60] as Box,
      options: { scale: 1.5, raise: 0.1 },
      expected: { cx: 15, cy: 24, side: 90, roll: 0 },
    },
  ])('gives $says', ({ box, options, expected }) => {
    expect(cropOf({ box }, options)).toEqual(expected);
  });

  it('leans with the eyes, and moves up the face, not the picture', () => {
    const keypoints: Landmarks = [
      [120, 100],
      [120, 120],
    ];
    const crop = cropOf({ box: BOX, keypoints }, { scale: 1, raise: 0.25 });
    expect(crop.roll).toBeCloseTo(Math.PI / 2);
    // The crown of a head that leans to the right of the picture is there.
    expect(crop.cx).toBeCloseTo(130);
    expect(crop.cy).toBeCloseTo(120);
    expect(cropOf({ box: BOX, keypoints }, { upright: false }).roll).toBe(0);
  });

  it.each([
    { says: 'a box without area', box: [5, 5, 5, 5] as Box, options: {} },
    { says: 'a box that is not a number', box: [0, 0, NaN, NaN] as Box, options: {} },
    { says: 'no size', box: BOX, options: { scale: 0 } },
  ])('refuses $says', ({ box, options }) => {
    expect(() => cropOf({ box }, options)).toThrow(RangeError);
  });
});

describe('roll and yaw', () => {
  it.each([-40, -10, 0, 25])('reads a roll of %i degrees', (angle) => {
    expect(rollOf(head(0, angle * DEGREE)) / DEGREE).toBeCloseTo(angle);
  });

  it.each([
    { yaw: -60, roll: 0 },
    { yaw: 0, roll: 30 },
    { yaw: 35, roll: 0 },
    { yaw: 35, roll: -30 },
  ])('reads a yaw of $yaw degrees at a roll of $roll', ({ yaw, roll }) => {
    expect(yawOf(head(yaw * DEGREE, roll * DEGREE)) / DEGREE).toBeCloseTo(yaw);
  });

  it('says nothing without landmarks', () => {
    expect([rollOf([]), yawOf([])]).toEqual([0, 0]);
  });

  it('takes eyes in one place for a profile', () => {
    expect(yawOf(head(0, 0, 0))).toBe(Math.PI / 2);
  });
});

describe('the gate', () => {
  const good: FaceView = { size: 80, roll: 0, yaw: 0, inside: 1 };

  it.each([
    { says: 'a frontal face', view: good, lets: true },
    { says: 'a small one', view: { ...good, size: VIEW_GATE.minSize - 1 }, lets: false },
    { says: 'one leaning left', view: { ...good, roll: -50 * DEGREE }, lets: false },
    { says: 'a profile', view: { ...good, yaw: -60 * DEGREE }, lets: false },
    { says: 'one cut by the border', view: { ...good, inside: 0.5 }, lets: false },
    { says: 'one of unknown size', view: { ...good, size: NaN }, lets: false },
  ])('judges $says', ({ view, lets }) => {
    expect(passes(view)).toBe(lets);
  });

  it('sees how much of a face is inside the picture', () => {
    const view = viewOf({ box: [-10, 0, 30, 40] }, { width: 100, height: 100 });
    expect(view).toEqual({ size: 40, roll: 0, yaw: 0, inside: 0.75 });
  });

  it('prefers large, frontal, whole views', () => {
    const worths = [good, { ...good, size: 40 }, { ...good, yaw: 60 * DEGREE }, { ...good, inside: 0.5 }].map(
      (view) => worthOf(view),
    );
    expect(worths).toEqual([0.5, 0.25, expect.closeTo(0.25), 0.25]);
    expect(worthOf({ ...good, size: 1000 })).toBe(1);
  });
});

describe('sharpness', () => {
  const SIDE = 32;
  const picture = (grey: (x: number, y: number) => number) => {
    const rgba = new Uint8Array(SIDE * SIDE * 4);
    for (let i = 0; i < SIDE * SIDE; i++) {
      rgba.fill(grey(i % SIDE, Math.floor(i / SIDE)), 4 * i, 4 * i + 3);
      rgba[4 * i + 3] = 255;
    }
    return sharpness(rgba, SIDE, SIDE);
  };
  const next = random(3);
  const noise = Array.from({ length: SIDE * SIDE }, () => 100 * next());
  const noiseAt = (x: number, y: number) => noise[(y % SIDE) * SIDE + (x % SIDE)]!;
  const blurred = (x: number, y: number) =>
    (noiseAt(x, y) + noiseAt(x + 1, y) + noiseAt(x, y + 1) + noiseAt(x + 1, y + 1)) / 4;

  it('is about 20 for noise: four neighbours of variance one, and sixteen times the middle', () => {
    expect(picture(noiseAt)).toBeGreaterThan(17);
    expect(picture(noiseAt)).toBeLessThan(23);
  });

  it('falls with blur', () => {
    expect(picture(blurred)).toBeLessThan(picture(noiseAt) / 2);
  });

  it('does not depend on contrast or light', () => {
    expect(picture((x, y) => 100 + noiseAt(x, y))).toBeCloseTo(picture(noiseAt), 0);
    expect(picture((x, y) => 2 * Math.round(noiseAt(x, y)))).toBeCloseTo(
      picture((x, y) => Math.round(noiseAt(x, y))),
      6,
    );
  });

  it('is none for a ramp and for a single colour', () => {
    expect(picture((x) => 4 * x)).toBeCloseTo(0, 12);
    expect(picture(() => 77)).toBe(0);
  });

  it('refuses what is no picture', () => {
    expect(() => sharpness(new Uint8Array(16), 2, 2)).toThrow(RangeError);
    expect(() => sharpness(new Uint8Array(16), 4, 4)).toThrow(RangeError);
  });
});

describe('chipOf', () => {
  // Eyes 35.3 pixels apart, the mouth 39.6 below them: a square of 100 pixels.
  const keypoints: Landmarks = [
    [82.35, 100],
    [117.65, 100],
    [100, 120],
    [100, 139.6],
    [60, 110],
    [140, 110],
  ];

  it('puts eyes and mouth where the network expects them', () => {
    const { cx, cy, side, roll } = chipOf({ box: BOX, keypoints });
    expect(side).toBeCloseTo(100, 6);
    expect([cx, roll]).toEqual([100, 0]);
    // The eyes lie 18.9 pixels above the middle.
    expect(cy).toBeCloseTo(118.9, 6);
  });

  it('leans with the eyes', () => {
    const turned = keypoints.map(([x, y]) => [-y, x] as const);
    const { cx, cy, side, roll } = chipOf({ box: BOX, keypoints: turned });
    expect([cx, cy, side].map((each) => Math.round(10 * each) / 10)).toEqual([-118.9, 100, 100]);
    expect(roll).toBeCloseTo(Math.PI / 2, 6);
  });

  it('takes the middle of both corners for the mouth, where there are corners', () => {
    const corners: Landmarks = [...keypoints.slice(0, 3), [90, 139.6], [110, 139.6]];
    expect(chipOf({ box: BOX, keypoints: corners })).toEqual(chipOf({ box: BOX, keypoints }));
  });

  it.each([
    { says: 'no landmarks', keypoints: undefined },
    { says: 'eyes alone', keypoints: keypoints.slice(0, 2) },
    { says: 'landmarks in one point', keypoints: keypoints.map(() => [100, 100] as const) },
  ])('goes by the box where there are $says', ({ keypoints: given }) => {
    const { cx, cy, side } = chipOf({ box: BOX, keypoints: given });
    expect([cx, cy]).toEqual([120, 120]);
    expect(side).toBeCloseTo(46.4, 6);
  });
});

describe('clarityOf', () => {
  it.each([
    { says: 'no detail at all', sharp: 0, worth: [0, 0] },
    { says: 'a blurred face', sharp: 0.0003, worth: [0, 0.3] },
    { says: 'a small, sharp face', sharp: 0.003, worth: [0.7, 0.8] },
    { says: 'a large, sharp face', sharp: 0.01, worth: [0.9, 1] },
  ])('$says', ({ sharp, worth: [min, max] }) => {
    expect(clarityOf(sharp, 224)).toBeGreaterThanOrEqual(min!);
    expect(clarityOf(sharp, 224)).toBeLessThanOrEqual(max!);
  });

  it('asks more of smaller crops, in which the same face has more of it', () => {
    // Medians of faces of 60 pixels: .003 in 224 pixels, .022 in 112, .010 in 150.
    expect(clarityOf(0.022, 112)).toBeCloseTo(clarityOf(0.003, 224), 1);
    expect(clarityOf(0.01, 150)).toBeCloseTo(clarityOf(0.003, 224), 1);
  });
});
