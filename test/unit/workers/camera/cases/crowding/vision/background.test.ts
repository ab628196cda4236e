import { describe, expect, it } from 'vitest';
import {
  backgroundSize,
  BackgroundTaker,
} from '../../../../../../../workers/camera/cases/crowding/vision/background.ts';
import { MotionModel } from '../../../../../../../workers/camera/cases/crowding/vision/motion.ts';
import type { Raster } from '../../../../../../../workers/camera/vision/image/raster.ts';
import { normal, random } from '../../../vision/rng.ts';

const WIDTH = 96;
const HEIGHT = 54;
const FPS = 10;
/** Cells of 4 x 4 pixels; those of a real camera's picture are larger. */
const MOTION = { columns: 24 };

/** An empty place with the sensor's noise. */
function place(next: () => number, shift = 0): Raster {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let i = 0; i < pixels.length; i += 4) {
    const grey = 90 + ((i >> 2) % WIDTH) / 2 + shift + 2 * normal(next);
    pixels.set([grey, grey, grey, 255], i);
  }
  return { width: WIDTH, height: HEIGHT, pixels };
}

/** A person stands there, in a red that the place does not have. */
function withSomebody(picture: Raster, x: number): Raster {
  for (let y = 20; y < 44; y++) {
    for (let column = x; column < x + 10; column++) {
      if (column >= 0 && column < WIDTH) picture.pixels.set([255, 0, 0, 255], (y * WIDTH + column) * 4);
    }
  }
  return picture;
}

describe('the motion model', () => {
  it.each([
    { says: 'noise is no motion', frame: (next: () => number) => place(next), moves: false },
    {
      says: 'a lamp that dims everything is none',
      frame: (next: () => number) => place(next, -12),
      moves: false,
    },
    {
      says: 'a person who appears is',
      frame: (next: () => number) => withSomebody(place(next), 40),
      moves: true,
    },
  ])('$says', ({ frame, moves }) => {
    const next = random(5);
    const model = new MotionModel(MOTION);
    for (let i = 0; i < 40; i++) model.update(place(next), i / FPS);
    expect(model.update(frame(next), 4)).toBe(moves);
  });

  it('gets used to what stands still, and notices when it leaves', () => {
    const next = random(6);
    const model = new MotionModel(MOTION);
    let quiet = 0;
    for (let i = 0; i < 100; i++) if (!model.update(withSomebody(place(next), 30), i / FPS)) quiet++;
    expect(quiet).toBeGreaterThan(60);
    expect(model.update(place(next), 10)).toBe(true);
  });

  it('says of the first frame that it moves, and holds nothing after a wipe', () => {
    const model = new MotionModel(MOTION);
    expect(model.update(place(random(1)), 0)).toBe(true);
    expect(model.bytes).toBeGreaterThan(0);
    model.wipe();
    expect(model.bytes).toBe(0);
  });
});

describe('taking the background', () => {
  /** Runs a script: who is there in each frame, and whether the detector sees it. */
  function run(seconds: number, someone: (s: number) => { x?: number; seen: boolean }, seed = 3) {
    const next = random(seed);
    const taker = new BackgroundTaker({ motion: MOTION });
    const waits: string[] = [];
    for (let i = 0; i < seconds * FPS; i++) {
      const { x, seen } = someone(i / FPS);
      const picture = x === undefined ? place(next) : withSomebody(place(next), x);
      const background = taker.update(picture, seen, i / FPS);
      if (background) return { background, atS: i / FPS, taker, waits };
      waits.push(taker.waiting);
    }
    return { taker, waits };
  }

  it('takes some quiet seconds, and is then the mean of the place', () => {
    const { background, atS, taker } = run(10, () => ({ seen: false }));
    expect(atS).toBeGreaterThanOrEqual(4);
    expect(atS).toBeLessThan(8);
    expect(taker.bytes).toBe(0);
    const next = random(9);
    const one = place(next);
    let off = 0;
    for (let i = 0; i < one.pixels.length; i += 4) {
      off += Math.abs(background!.pixels[i]! - (90 + ((i >> 2) % WIDTH) / 2));
    }
    expect(off / (one.pixels.length / 4)).toBeLessThan(0.8);
  });

  it.each([
    { says: 'a person whom the detector sees', someone: () => ({ x: 40, seen: true }), wait: 'people' },
    {
      says: 'a person who walks about unseen by the detector',
      someone: (s: number) => ({ x: Math.round((s * 12) % 80), seen: false }),
      wait: 'motion',
    },
  ])('waits as long as there is $says', ({ someone, wait }) => {
    const { background, waits } = run(20, someone);
    expect(background === undefined).toBe(true);
    expect(waits.slice(5)).toContain(wait);
  });

  it('never holds a pixel of a frame that may contain a person, whenever people come and go', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const next = random(seed);
      // Visits at random times; half of them are seen by the detector only after a second, or not at all.
      const visits = Array.from({ length: 4 }, () => {
        const from = next() * 14;
        return { from, to: from + 0.5 + next() * 3, blindS: next() < 0.5 ? 0 : next() * 2 };
      });
      const { background } = run(
        30,
        (s) => {
          const visit = visits.find(({ from, to }) => s >= from && s < to);
          if (!visit) return { seen: false };
          return { x: Math.round(10 + (s - visit.from) * 15), seen: s - visit.from >= visit.blindS };
        },
        seed + 100,
      );
      expect(background, `seed ${seed}`).toBeDefined();
      const { pixels } = background!;
      // The place is grey: red beyond green would be the person's.
      let red = 0;
      for (let i = 0; i < pixels.length; i += 4) red = Math.max(red, pixels[i]! - pixels[i + 1]!);
      expect(red, `seed ${seed}`).toBeLessThan(4);
    }
  });

  it('begins anew when time runs backwards', () => {
    const next = random(8);
    const taker = new BackgroundTaker({ motion: MOTION });
    for (let i = 0; i < 40; i++) taker.update(place(next), false, i / FPS);
    expect(taker.update(place(next), false, 0)).toBeUndefined();
  });

  it.each([
    { says: 'keeps a small picture as it is', width: 320, height: 180, to: { width: 320, height: 180 } },
    { says: 'makes a large one smaller', width: 1920, height: 1080, to: { width: 640, height: 360 } },
  ])('$says', ({ width, height, to }) => {
    expect(backgroundSize({ width, height })).toEqual(to);
  });

  it('refuses guards that leave no time between them', () => {
    expect(() => new BackgroundTaker({ quietS: 2, guardS: 1 })).toThrow(RangeError);
  });
});
