import { describe, expect, it } from 'vitest';
import type { Box, Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import {
  mergeViews,
  planGrid,
  planTiles,
  SMALL,
} from '../../../../../../workers/camera/vision/tracking/tiles.ts';

const PICTURE = { width: 960, height: 540 };
const INPUT = { width: 512, height: 288 };
const WHOLE = 512 / 960;
/** A level floor with its horizon at row 100: a person is taller the lower they stand. */
const station = ([, y]: readonly [number, number]) => (y > 100 ? 0.5 * (y - 100) : undefined);

const plan = (change: Partial<Parameters<typeof planTiles>[0]> = {}) =>
  planTiles({ picture: PICTURE, input: INPUT, max: 4, heightAt: station, ...change });

describe('planning closer looks', () => {
  it.each([
    { says: 'no person is small', change: { heightAt: () => SMALL / WHOLE + 1 } },
    { says: 'people are too small even for a closer look', change: { heightAt: () => 15 } },
    { says: 'there is no time', change: { max: 0 } },
    { says: 'nothing is known of heights', change: { heightAt: () => undefined } },
    { says: 'the input shows every pixel anyway', change: { input: PICTURE } },
    {
      says: 'people are small only outside of the area',
      change: {
        area: [
          [0, 400],
          [960, 400],
          [960, 540],
          [0, 540],
        ] as const,
      },
    },
  ])('none when $says', ({ change }) => expect(plan(change)).toEqual([]));

  it('cover all small people, whole, in one tile or another, and never enlarge', () => {
    const tiles = plan();
    expect(tiles.length).toBeGreaterThan(1);
    for (const { x, y, width, height } of tiles) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(PICTURE.width + 1);
      expect(y + height).toBeLessThanOrEqual(PICTURE.height + 1);
      const scale = Math.min(INPUT.width / width, INPUT.height / height);
      expect(scale).toBeLessThanOrEqual(1.01);
      expect(scale).toBeGreaterThan(1.3 * WHOLE);
    }
    for (let foot = 145; foot < 275; foot += 10) {
      const height = station([0, foot])!;
      for (let x = 40; x < 920; x += 15) {
        const [x0, x1] = [x - height / 4, x + height / 4];
        const whole = tiles.some(
          (t) => x0 >= t.x && x1 <= t.x + t.width && foot - height >= t.y - 1 && foot <= t.y + t.height,
        );
        expect(whole, `somebody at ${x}, ${foot}`).toBe(true);
      }
    }
  });

  it('become fewer and wider when there is less time', () => {
    const [two, one] = [plan({ max: 2 }), plan({ max: 1 })];
    expect(two.length).toBeLessThanOrEqual(2);
    expect(one.length).toBeLessThanOrEqual(1);
  });
});

const person = (box: Box, score: number): Detection => ({ box, score, label: 'person' });

describe('joining the views', () => {
  const left = { x: 0, y: 100, width: 500, height: 250 };
  const right = { x: 450, y: 100, width: 510, height: 250 };

  it.each([
    {
      says: 'a person seen in both is one',
      whole: [person([100, 150, 130, 230], 0.4)],
      found: [person([101, 151, 130, 229], 0.7)],
      boxes: [[101, 151, 130, 229]],
    },
    {
      says: 'a person seen only in the tile is added',
      whole: [],
      found: [person([100, 150, 120, 200], 0.5)],
      boxes: [[100, 150, 120, 200]],
    },
    {
      says: 'a person cut off by an inner border is left to the neighbour',
      whole: [],
      found: [person([480, 150, 500, 220], 0.6)],
      boxes: [],
    },
    {
      says: 'the border of the picture cuts no person off',
      whole: [],
      found: [person([0, 150, 20, 220], 0.6)],
      boxes: [[0, 150, 20, 220]],
    },
    {
      says: 'two who stand beside one another stay two',
      whole: [person([100, 150, 130, 230], 0.6)],
      found: [person([124, 150, 154, 230], 0.5)],
      boxes: [
        [100, 150, 130, 230],
        [124, 150, 154, 230],
      ],
    },
  ])('$says', ({ whole, found, boxes }) => {
    const merged = mergeViews(whole, [{ region: left, found }], PICTURE);
    expect(merged.map(({ box }) => [...box])).toEqual(boxes);
  });

  it('a person in the overlap of two tiles is one', () => {
    const a = person([460, 150, 485, 220], 0.5);
    const merged = mergeViews(
      [],
      [
        { region: left, found: [a] },
        { region: right, found: [{ ...a, score: 0.6 }] },
      ],
      PICTURE,
    );
    expect(merged).toHaveLength(1);
  });

  it('without tiles nothing is changed', () => {
    const whole = [person([0, 0, 10, 20], 0.5), person([1, 0, 11, 20], 0.4)];
    expect(mergeViews(whole, [], PICTURE)).toEqual(whole);
  });
});

describe('a grid over a crowd from above', () => {
  const grid = (change: Partial<Parameters<typeof planGrid>[0]> = {}) =>
    planGrid({
      picture: PICTURE,
      input: INPUT,
      max: 9,
      height: 40,
      region: { x: 0, y: 0, ...PICTURE },
      ...change,
    });
  const inside = (b: Box, { x, y, width, height }: (typeof tiles)[number]) =>
    b[0] >= x && b[1] >= y && b[2] <= x + width && b[3] <= y + height;
  let tiles: ReturnType<typeof grid> = [];

  it.each([9, 6, 4])(
    'has every person of that height whole in one of at most %i tiles, all within the picture',
    (max) => {
      tiles = grid({ max });
      expect(tiles.length).toBeGreaterThan(1);
      expect(tiles.length).toBeLessThanOrEqual(max);
      for (const { x, y, width, height } of tiles) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(PICTURE.width);
        expect(y + height).toBeLessThanOrEqual(PICTURE.height);
      }
      for (let x = 10; x < PICTURE.width - 10; x += 7) {
        for (let y = 42; y < PICTURE.height - 2; y += 7) {
          const box: Box = [x - 8, y - 40, x + 8, y];
          expect(
            tiles.some((tile) => inside(box, tile)),
            `${x},${y}`,
          ).toBe(true);
        }
      }
    },
  );

  it.each([
    { says: 'there is no time', change: { max: 0 } },
    { says: 'they are large enough in the whole', change: { height: 110 } },
    { says: 'one tile could be no closer than the whole', change: { max: 1 } },
  ])('is none where $says', ({ change }) => expect(grid(change)).toEqual([]));

  it('lies over the part where people stand, and is as small as shows them large enough', () => {
    const region = { x: 300, y: 200, width: 320, height: 180 };
    const [only, ...more] = grid({ region });
    expect(more).toEqual([]);
    expect(only!.x).toBeLessThanOrEqual(300);
    expect(only!.x + only!.width).toBeGreaterThanOrEqual(620);
  });
});
