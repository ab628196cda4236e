/**
 * Counting from stamps to records, with whatever goes wrong on the way: boxes that tremble, objects that are hidden until their
 * track is another, time stamps that jump. No count is invented and none is lost.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CountingConfig } from '../../../../../../contract/index.ts';
import { CountingPipeline } from '../../../../../../workers/camera/cases/counting/pipeline.ts';
import { Timeline } from '../../../../../../workers/camera/frames/sources/timeline.ts';
import type { Box, Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { normal, random } from '../../vision/rng.ts';
import { PICTURE } from '../../vision/world.ts';
import { KINDS, stander } from './vision/standing.ts';

const S = 1e6;
const MIDDLE = {
  id: 'middle',
  a: [0.5, 0],
  b: [0.5, 1],
  minAngleDeg: 0,
} satisfies CountingConfig['lines'][number];
/** Heights of the lanes in which objects do not meet. */
const LANES = [60, 180, 300] as const;

const walker = fc.record({
  toRight: fc.boolean(),
  /** Pixels a second. */
  speed: fc.integer({ min: 50, max: 160 }),
  startsS: fc.double({ min: 0, max: 3, noNaN: true }),
  /** Hidden from this share of its way on, for so long: after a second its track is another. */
  hiddenAt: fc.double({ min: 0.2, max: 0.8, noNaN: true }),
  hiddenS: fc.double({ min: 0, max: 1.3, noNaN: true }),
  /** Standard deviation of each edge, as a share of the size. */
  jitter: fc.double({ min: 0, max: 0.04, noNaN: true }),
  score: fc.double({ min: 0.45, max: 0.9, noNaN: true }),
});
type Walker = typeof walker extends fc.Arbitrary<infer T> ? T : never;

const still = fc.record({
  kind: fc.constantFrom(...KINDS),
  amount: fc.double({ min: 0, max: 0.15, noNaN: true }),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

/** Way that a walker goes, pixels; it enters over neither border. */
const [FROM, TO] = [70, 570];
const lasts = ({ startsS, speed }: Walker) => startsS + (TO - FROM) / speed;

function sightOf(way: Walker, lane: number, next: () => number) {
  return (timeS: number): Detection[] => {
    const goneS = timeS - way.startsS;
    const share = (goneS * way.speed) / (TO - FROM);
    const hidesS = (way.hiddenAt * (TO - FROM)) / way.speed;
    if (share < 0 || share > 1 || (goneS >= hidesS && goneS < hidesS + way.hiddenS)) return [];
    const x = FROM + (TO - FROM) * (way.toRight ? share : 1 - share);
    const shake = () => way.jitter * 56 * normal(next);
    const box: Box = [x - 20 + shake(), lane - 40 + shake(), x + 20 + shake(), lane + 40 + shake()];
    return [{ box, label: 'person', score: way.score }];
  };
}

/** Stamps of frames at a steady rate, which jump back or far forward before some of them. */
function stampsOf(frames: number, fps: number, jumps: readonly (readonly [share: number, byS: number])[]) {
  const at = new Map(jumps.map(([share, byS]) => [Math.max(4, Math.floor(share * frames)), byS]));
  const stamps: number[] = [];
  for (let i = 0, stamp = 0; i < frames; i++) {
    stamp += Math.round((at.get(i) ?? 1 / fps) * S);
    stamps.push(stamp);
  }
  return stamps;
}

it('counts each that crosses once, and none that stands, whatever the boxes, tracks and stamps do', () => {
  fc.assert(
    fc.property(
      fc.array(walker, { minLength: 0, maxLength: 2 }),
      still,
      fc.constantFrom(8, 10, 15, 25),
      fc.array(
        fc.tuple(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.oneof(fc.integer({ min: -90_000, max: -2 }), fc.integer({ min: 12, max: 90_000 })),
        ),
        { maxLength: 4 },
      ),
      fc.integer({ min: 1, max: 1e6 }),
      (walkers, stands, fps, jumps, seed) => {
        const next = random(seed);
        const sight = stander(stands.kind, stands.amount, stands.seed);
        const sights = walkers.map((way, i) => sightOf(way, LANES[i === 0 ? 0 : 2], next));
        const frames = Math.ceil((Math.max(3, ...walkers.map(lasts)) + 2) * fps);
        const timeline = new Timeline();
        const pipeline = new CountingPipeline({
          case: 'counting',
          lines: [MIDDLE],
          zones: [],
          anchor: 'centre',
        });
        const records = stampsOf(frames, fps, jumps).flatMap((stamp, index) => {
          const objects = [
            ...sights.flatMap((see) => see(index / fps)),
            { box: sight(index / fps), label: 'person', score: 0.7 },
          ];
          const seen = { index, timeS: timeline.place(stamp) / S, ...PICTURE, objects, faces: [] };
          pipeline.track(seen);
          return pipeline.extract(seen);
        });
        const directions = [...records, ...pipeline.finish()].flatMap((record) =>
          record.type === 'count' ? [record.direction] : [],
        );
        const expected = walkers.map(({ toRight }) => (toRight ? 'backward' : 'forward'));
        expect(directions.sort()).toEqual(expected.sort());
      },
    ),
    { numRuns: 120, seed: 14 },
  );
});
