/** "Why was this not counted?": each rule of the counters, told by its own number. */
import { describe, expect, it } from 'vitest';
import { HELD_BACK, type CountingConfig, type HeldBack } from '../../../../../../contract/index.ts';
import { CountingPipeline } from '../../../../../../workers/camera/cases/counting/pipeline.ts';
import type { Box, Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { random } from '../../vision/rng.ts';

const PICTURE = { width: 640, height: 360 };
const FPS = 10;
const LINE = {
  id: 'l',
  a: [0.5, 0.2],
  b: [0.5, 0.8],
  minAngleDeg: 30,
} satisfies CountingConfig['lines'][number];
const ZONE = {
  id: 'z',
  points: [
    [0.7, 0.2],
    [0.95, 0.2],
    [0.95, 0.9],
    [0.7, 0.9],
  ],
} satisfies CountingConfig['zones'][number];

interface Way {
  /** Middle of the box at a moment, pixels; undefined: not detected. */
  at: (timeS: number) => readonly [x: number, y: number] | undefined;
  score?: number;
  size?: readonly [width: number, height: number];
}

/** The numbers that were painted, in the order in which they changed. */
function told({ at, score = 0.8, size: [w, h] = [40, 80] }: Way, seconds: number, explain = true): string[] {
  const pipeline = new CountingPipeline({
    case: 'counting',
    lines: [LINE],
    zones: [ZONE],
    anchor: 'centre',
    explain,
  });
  const notes: string[] = [];
  for (let i = 0; i <= seconds * FPS; i++) {
    const place = at(i / FPS);
    const objects: Detection[] = [];
    if (place) {
      const [x, y] = place;
      const box: Box = [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
      objects.push({ box, score, label: 'person' });
    }
    const seen = { index: i, timeS: i / FPS, ...PICTURE, objects, faces: [] };
    pipeline.track(seen);
    pipeline.extract(seen);
    const [mark] = pipeline.marks();
    const note =
      mark?.note === undefined || mark.note === '✓' ? mark?.note : HELD_BACK[Number(mark.note) - 1];
    if (note !== undefined && note !== notes.at(-1)) notes.push(note);
  }
  return notes;
}

describe('an object near a line or a zone bears the rule that holds it back', () => {
  it.each<{ says: string; way: Way; seconds: number; last: HeldBack | '✓'; before?: HeldBack }>([
    { says: 'seen faintly', way: { at: () => [300, 180], score: 0.3 }, seconds: 3, last: 'faint' },
    {
      says: 'too small, and faint for that',
      way: { at: () => [315, 180], score: 0.3, size: [10, 20] },
      seconds: 3,
      last: 'small',
    },
    { says: 'seen once so far', way: { at: () => [300, 180] }, seconds: 0, last: 'new' },
    { says: 'coming up to the line', way: { at: () => [285, 180] }, seconds: 3, last: 'one-side' },
    { says: 'standing on the line', way: { at: () => [321, 180] }, seconds: 3, last: 'border' },
    {
      says: 'hidden on its way',
      way: { at: (t) => (t < 2 ? [260 + 20 * t, 180] : undefined) },
      seconds: 2.5,
      before: 'one-side',
      last: 'unseen',
    },
    {
      says: 'across at too flat an angle',
      way: { at: (t) => [290 + 12 * t, 110 + 28 * t] },
      seconds: 5,
      last: 'angle',
    },
    {
      says: 'past the end of the line',
      way: { at: (t) => [240 + 40 * t, 320] },
      seconds: 3,
      before: 'border',
      last: 'beyond',
    },
    {
      says: 'across, while its kind settles',
      way: { at: (t) => [200 + 80 * t, 180] },
      seconds: 2,
      before: 'border',
      last: 'settling',
    },
    {
      says: 'across, and counted',
      way: { at: (t) => [Math.min(350, 200 + 80 * t), 180] },
      seconds: 5,
      before: 'settling',
      last: '✓',
    },
    {
      says: 'found on the other side by a single leap',
      way: { at: (t) => (t < 2 ? [275, 180] : [350, 180]), size: [160, 80] },
      seconds: 3,
      last: 'leap',
    },
    { says: 'in the zone from the beginning', way: { at: () => [530, 200] }, seconds: 3, last: 'before' },
    {
      says: 'into the zone, and counted',
      way: { at: (t) => [Math.min(530, 380 + 50 * t), 250] },
      seconds: 6,
      before: 'settling',
      last: '✓',
    },
  ])('$says', ({ way, seconds, last, before }) => {
    const notes = told(way, seconds);
    expect(notes.at(-1)).toBe(last);
    if (before) expect(notes.at(-2)).toBe(before);
  });

  it('is not told of a part that is seen faintly in a known object', () => {
    const pipeline = new CountingPipeline({
      case: 'counting',
      lines: [LINE],
      zones: [],
      anchor: 'centre',
      explain: true,
    });
    for (let i = 0; i < 20; i++) {
      const objects: Detection[] = [
        { box: [290, 120, 340, 240], score: 0.8, label: 'person' },
        { box: [300, 118, 325, 140], score: 0.3, label: 'person' },
      ];
      const seen = {
        index: i,
        timeS: i / FPS,
        ...PICTURE,
        objects: objects.slice(0, i < 5 ? 1 : 2),
        faces: [],
      };
      pipeline.track(seen);
      pipeline.extract(seen);
      expect(pipeline.marks()).toHaveLength(1);
    }
  });

  it('is told of none that is far from all', () => {
    expect(told({ at: () => [100, 180] }, 3)).toEqual([]);
  });

  it('is told only when it is asked for', () => {
    expect(told({ at: () => [285, 180] }, 3, false)).toEqual([]);
  });
});

it('asking why changes no count, whatever moves', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const run = (explain: boolean) => {
      const next = random(seed);
      const walkers = Array.from({ length: 6 }, () => ({
        x: 640 * next(),
        y: 360 * next(),
        vx: 160 * (next() - 0.5),
        vy: 40 * (next() - 0.5),
      }));
      const pipeline = new CountingPipeline({
        case: 'counting',
        lines: [LINE],
        zones: [ZONE],
        anchor: seed % 2 ? 'centre' : 'ground',
        explain,
      });
      const records = [];
      for (let i = 0; i < 80; i++) {
        const timeS = i / FPS;
        const objects = walkers.flatMap(({ x, y, vx, vy }): Detection[] => {
          const [cx, cy] = [x + vx * timeS + 4 * next(), y + vy * timeS + 4 * next()];
          const box: Box = [cx - 15, cy - 35, cx + 15, cy + 35];
          return next() < 0.1 ? [] : [{ box, score: 0.2 + 0.7 * next(), label: 'person' }];
        });
        const seen = { index: i, timeS, ...PICTURE, objects, faces: [] };
        pipeline.track(seen);
        records.push(...pipeline.extract(seen));
        pipeline.marks();
      }
      return [...records, ...pipeline.finish()];
    };
    expect(run(true), `seed ${seed}`).toEqual(run(false));
  }
});
