import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { Knobs, LIVE_WORLDS } from '../../../../scenes/live/contract.ts';
import { fitKnobs, WORLD_KNOBS } from '../../../../scenes/live/knobs.ts';
import { raised } from '../../../../scenes/live/world.ts';
import { worldOf } from '../../../../scenes/worlds/index.ts';

describe.each(LIVE_WORLDS)('the knobs of %s', (world) => {
  const { start, cameraM, tiltDeg } = WORLD_KNOBS[world];

  it('begin where the camera of the sample stands, so that its lines fit the scene', () => {
    const { camera, mount } = worldOf(world);
    if (mount) return expect([start.cameraM, start.tiltDeg]).toEqual([mount.heightM, mount.pitchDeg]);
    const live = raised(camera, start.cameraM, start.tiltDeg);
    expect(live.positionM[0]).toBe(camera.positionM[0]);
    expect(live.positionM[1]).toBeCloseTo(camera.positionM[1], 1);
    // Half a hundredth of the way is less than a pixel at 640 x 360.
    expect(Math.abs(live.targetM[1] - camera.targetM[1])).toBeLessThan(0.02);
  });

  it('begin within their ranges and steps, and within the contract', () => {
    expect(v.is(Knobs, start)).toBe(true);
    expect(fitKnobs(world, start)).toEqual(start);
    for (const [value, { min, step }] of [
      [start.cameraM, cameraM],
      [start.tiltDeg, tiltDeg],
    ] as const) {
      const steps = (value - min) / step;
      expect(steps).toBeCloseTo(Math.round(steps), 6);
    }
  });

  it('are the contract’s at both ends', () => {
    for (const end of ['min', 'max'] as const) {
      expect(v.is(Knobs, { ...start, cameraM: cameraM[end], tiltDeg: tiltDeg[end] })).toBe(true);
    }
  });
});

describe('knobs turned too far', () => {
  it.each([
    { says: 'a crowd beyond measure', part: { density: 99 }, fit: { density: 2.5 } },
    { says: 'a camera above the ceiling', part: { cameraM: 9 }, fit: { cameraM: 4.1 } },
    { says: 'dusk under a roof', part: { light: 'dusk' }, fit: { light: 'indoor' } },
    { says: 'more pictures than the maximum', part: { fps: 240 }, fit: { fps: 30 } },
  ] as const)('come back to what the world has: $says', ({ part, fit }) => {
    const { start } = WORLD_KNOBS.crowding;
    expect(fitKnobs('crowding', { ...start, ...part })).toEqual({ ...start, ...fit });
  });
});
