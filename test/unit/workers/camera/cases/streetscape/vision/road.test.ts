import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../../../../workers/camera/vision/geometry/detection.ts';
import type { Raster } from '../../../../../../../workers/camera/vision/image/raster.ts';
import {
  RoadMeter,
  type Vehicle,
} from '../../../../../../../workers/camera/cases/streetscape/vision/road.ts';
import { Stillness } from '../../../../../../../workers/camera/cases/streetscape/vision/stillness.ts';
import { random } from '../../../vision/rng.ts';

const PICTURE = { width: 400, height: 225 };
const vehicle = (id: number, x: number, width: number, timeS: number): Vehicle => ({
  id,
  box: [x - width / 2, 150 - width * 0.8, x + width / 2, 150] as Box,
  lastSeenS: timeS,
});

/** Looks for six seconds, ten times a second. */
function watch(vehicles: (timeS: number) => Vehicle[], standing: (timeS: number) => boolean | undefined) {
  const meter = new RoadMeter(PICTURE);
  for (let i = 0; i <= 60; i++) meter.update(vehicles(i / 10), standing(i / 10), i / 10);
  return meter.state;
}

describe('the state of the road', () => {
  it.each([
    { says: 'free with nobody there', vehicles: () => [], standing: () => false, expected: 'free' },
    {
      says: 'free with a car far ahead',
      vehicles: (t: number) => [vehicle(1, 200, 20, t)],
      standing: () => false,
      expected: 'free',
    },
    {
      says: 'busy close behind a car that drives',
      vehicles: (t: number) => [vehicle(1, 200, 70, t)],
      standing: () => false,
      expected: 'busy',
    },
    {
      says: 'jammed close behind a car, standing',
      vehicles: (t: number) => [vehicle(1, 200, 70, t)],
      standing: () => true,
      expected: 'jammed',
    },
    {
      says: 'free where the camera stands with nobody ahead',
      vehicles: () => [],
      standing: () => true,
      expected: 'free',
    },
    {
      says: 'not jammed by a car parked at the side',
      vehicles: (t: number) => [vehicle(1, 40, 70, t)],
      standing: () => true,
      expected: 'free',
    },
    {
      says: 'busy when the gap closes fast',
      vehicles: (t: number) => [vehicle(1, 200, 3 * 1.5 ** t, t)],
      standing: () => false,
      expected: 'busy',
    },
    {
      says: 'not busy by one that comes fast and passes in the next lane',
      vehicles: (t: number) => [vehicle(1, 200 + 1.8 * 4 * 1.4 ** t, 4 * 1.4 ** t, t)],
      standing: () => false,
      expected: 'free',
    },
    {
      says: 'busy by one that fills its own lane a little aside',
      vehicles: (t: number) => [vehicle(1, 230, 70, t)],
      standing: () => false,
      expected: 'busy',
    },
    {
      says: 'busy with many ahead',
      vehicles: (t: number) => [170, 190, 210, 230].map((x, i) => vehicle(i, x, 18, t)),
      standing: () => false,
      expected: 'busy',
    },
    {
      says: 'free with many beside its lane, parked on both sides',
      vehicles: (t: number) => [40, 60, 340, 360].map((x, i) => vehicle(i, x, 18, t)),
      standing: () => false,
      expected: 'free',
    },
    {
      says: 'jammed only if it mostly stood',
      vehicles: (t: number) => [vehicle(1, 200, 70, t)],
      standing: (t: number) => t % 1 < 0.3,
      expected: 'busy',
    },
    {
      says: 'not jammed where motion is unknown',
      vehicles: (t: number) => [vehicle(1, 200, 70, t)],
      standing: () => undefined,
      expected: 'busy',
    },
  ])('$says', ({ vehicles, standing, expected }) => {
    expect(watch(vehicles, standing)).toBe(expected);
  });

  it('does not change for a moment', () => {
    const meter = new RoadMeter(PICTURE);
    for (let i = 0; i < 30; i++) meter.update([], false, i / 10);
    for (let i = 30; i < 36; i++)
      expect(meter.update([vehicle(1, 200, 70, i / 10)], false, i / 10)).toBe('free');
  });
});

describe('whether the camera stands', () => {
  const street = (shift: number, seed: number, light = 0): Raster => {
    const next = random(seed);
    const pixels = new Uint8ClampedArray(160 * 90 * 4);
    for (let i = 0; i < 160 * 90; i++) {
      const x = (i % 160) + shift;
      const value =
        120 + light + 80 * Math.sin(x / 9) * Math.cos(Math.floor(i / 160) / 7) + (next() - 0.5) * 10;
      pixels.set([value, value, value, 255], i * 4);
    }
    return { width: 160, height: 90, pixels };
  };
  it.each([
    { says: 'the same street with other noise', second: street(0, 2), expected: true },
    { says: 'the street has moved', second: street(5, 2), expected: false },
    {
      says: 'it has become brighter all over, which says nothing of standing',
      second: street(0, 2, 8),
      expected: false,
    },
  ])('$says', ({ second, expected }) => {
    const stillness = new Stillness();
    expect(stillness.look(street(0, 1), 0).standing).toBeUndefined();
    expect(stillness.look(second, 0.1).standing).toBe(expected);
  });

  it('does not compare across a gap, or with what it has forgotten', () => {
    const stillness = new Stillness();
    stillness.look(street(0, 1), 0);
    expect(stillness.look(street(0, 2), 5).standing).toBeUndefined();
    stillness.reset();
    expect(stillness.look(street(0, 2), 5.1).standing).toBeUndefined();
  });

  it('says how bright it is', () => {
    const dark: Raster = { width: 160, height: 90, pixels: new Uint8ClampedArray(160 * 90 * 4).fill(20) };
    expect(new Stillness().look(dark, 0).brightness).toBeCloseTo(20, 0);
  });
});
