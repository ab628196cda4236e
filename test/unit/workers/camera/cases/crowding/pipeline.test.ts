import { describe, expect, it } from 'vitest';
import type { CrowdingConfig } from '../../../../../../contract/index.ts';
import { isSealed } from '../../../../../../workers/camera/vision/anonymize/seal.ts';
import { random } from '../../vision/rng.ts';
import { LEFT_HALF } from '../areas.ts';
import {
  ABOVE,
  camera,
  CONFIG,
  crowds,
  empty,
  EVERYWHERE,
  FPS,
  frame,
  HEIGHT,
  person,
  pictures,
  sameBytes,
  size,
  WIDTH,
} from './crowding-camera.ts';

describe('what leaves of a crowd', () => {
  it('is one statement a second, and no picture without a background', async () => {
    const at = camera();
    const out = await at.run(6, empty, () => [person(80, 100)]);
    expect(crowds(out).length).toBeGreaterThanOrEqual(4);
    expect(crowds(out).at(-1)).toMatchObject({
      standing: 1,
      moving: 0,
      background: 'waiting',
      waitingFor: 'people',
    });
    expect(pictures(out)).toEqual([]);
  });

  it('is a sealed picture every few seconds, once the place was empty for a while', async () => {
    const at = camera();
    await at.run(9, empty);
    const out = await at.run(6, empty, () => [person(80, 100)]);
    expect(crowds(out).at(-1)).toMatchObject({ background: 'captured' });
    expect(pictures(out).length).toBeGreaterThanOrEqual(2);
    expect(pictures(out).at(-1)).toMatchObject({ case: 'crowding', icons: 1, width: WIDTH, height: HEIGHT });
    for (const picture of pictures(out)) expect(isSealed(picture)).toBe(true);
  });

  it('is made of the background and icons alone, whatever the frames show', async () => {
    const next = random(77);
    for (let run = 0; run < 4; run++) {
      // Two cameras at one empty place; then the same is found in entirely different frames.
      const [one, other] = [camera({ ...CONFIG, everyS: 1 }), camera({ ...CONFIG, everyS: 1 })];
      await one.run(9, empty);
      await other.run(9, empty);
      const before = one.composed.length;
      for (let i = 0; i < 8 * FPS; i++) {
        const found = Array.from({ length: Math.floor(next() * 8) }, () =>
          person(next() * WIDTH, 20 + next() * (HEIGHT - 20), 15 + next() * 60, next()),
        );
        // Every other second the place itself, or the cameras would take it for another one.
        const shown = () => (Math.floor(i / FPS) % 2 === 0 ? empty() : frame(() => Math.floor(next() * 256)));
        await one.show(shown(), found);
        await other.show(shown(), found);
      }
      expect(one.composed.length - before).toBeGreaterThan(5);
      expect(one.composed.map(size)).toEqual(other.composed.map(size));
      const differ = one.composed.filter(({ pixels }, i) => !sameBytes(pixels, other.composed[i]!.pixels));
      expect(differ).toHaveLength(0);
    }
  });

  it('is the background itself without detections, whatever the frames show', async () => {
    const next = random(78);
    const at = camera({ ...CONFIG, everyS: 1 });
    await at.run(9, empty);
    await at.run(4, () => frame(() => Math.floor(next() * 256)));
    expect(at.composed.length).toBeGreaterThan(3);
    for (const { pixels } of at.composed) expect(sameBytes(pixels, empty().pixels)).toBe(true);
  });

  it('are numbers a square metre and a level where the floor is known', async () => {
    const at = camera({ ...CONFIG, calibration: ABOVE, area: EVERYWHERE });
    const out = await at.run(4, empty, () => [person(40, 60), person(80, 80), person(120, 100)]);
    expect(crowds(out).at(-1)).toMatchObject({
      areaM2: 100,
      density: 0.03,
      level: 'a',
      limit: 108,
      restriction: 'none',
    });
  });

  it('counts only those who stand in the area', async () => {
    const at = camera({ ...CONFIG, area: LEFT_HALF });
    const out = await at.run(4, empty, () => [person(40, 60), person(120, 100)]);
    expect(crowds(out).at(-1)).toMatchObject({ standing: 1, moving: 0 });
    expect(crowds(out).at(-1)).not.toHaveProperty('density');
  });

  it.each([
    { says: 'a person who stands', x: () => 60, standing: 1, moving: 0 },
    { says: 'a person who walks', x: (s: number) => 20 + 16 * s, standing: 0, moving: 1 },
  ])('tells $says', async ({ x, standing, moving }) => {
    const at = camera({ ...CONFIG, calibration: ABOVE, area: EVERYWHERE });
    const out = await at.run(6, empty, (s) => [person(x(s), 90)]);
    expect(crowds(out).at(-1)).toMatchObject({ standing, moving });
  });

  it('warns when the limit was reached for a while', async () => {
    const at = camera({ ...CONFIG, limit: 2 });
    const out = await at.run(14, empty, () => [person(40, 60), person(80, 80), person(120, 100)]);
    expect(crowds(out)[0]).toMatchObject({ limit: 2, restriction: 'near' });
    expect(crowds(out).at(-1)).toMatchObject({ restriction: 'likely' });
  });
});

describe('its configuration', () => {
  it.each([
    {
      says: 'an area without any area',
      config: {
        ...CONFIG,
        area: { id: 'z1', points: EVERYWHERE.points.map(() => [0.5, 0.5] as [number, number]) },
      },
      code: 'zone-too-small',
    },
    {
      says: 'a floor that is none',
      config: {
        ...CONFIG,
        calibration: {
          ...ABOVE,
          points: [ABOVE.points[0], ABOVE.points[0], ABOVE.points[0], ABOVE.points[0]],
        },
      },
      code: 'calibration-degenerate',
    },
  ] as { says: string; config: CrowdingConfig; code: string }[])('refuses $says', ({ config, code }) => {
    expect(() => camera(config)).toThrow(expect.objectContaining({ code }) as Error);
    const at = camera();
    expect(() => at.pipeline.configure(config)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('may change while people are followed', async () => {
    const at = camera();
    await at.run(4, empty, () => [person(80, 100)]);
    at.pipeline.configure({ ...CONFIG, calibration: ABOVE, area: EVERYWHERE });
    const out = await at.run(4, empty, () => [person(80, 100)]);
    expect(crowds(out).at(-1)).toMatchObject({ standing: 1, density: 0.01 });
  });
});

describe('closer looks', () => {
  const view = { picture: { width: WIDTH, height: HEIGHT }, input: { width: 64, height: 48 }, max: 4 };

  it.each([
    { says: 'no person has been seen', found: [], some: false },
    { says: 'people are large', found: [person(40, 119, 118), person(120, 119, 118)], some: false },
    {
      says: 'people are small',
      found: [person(30, 70, 40), person(80, 80, 44), person(130, 90, 48)],
      some: true,
    },
  ])('are asked for when they pay: $says', async ({ found, some }) => {
    const at = camera();
    await at.run(6, empty, () => found);
    const regions = at.pipeline.closerLooks(view);
    expect(regions.length > 0).toBe(some);
    const out = await at.run(2, empty, () => found);
    expect(crowds(out)[0]?.closerLooks).toBe(regions.length);
  });

  it('stay where people are seen, and leave the rest of the picture alone', async () => {
    const at = camera();
    await at.run(6, empty, () => [person(30, 70, 40), person(80, 80, 44), person(130, 90, 48)]);
    for (const { y, height } of at.pipeline.closerLooks({ ...view, input: { width: 128, height: 48 } })) {
      expect(y).toBeGreaterThan(5);
      expect(y + height).toBeLessThan(HEIGHT - 5);
    }
  });
});
