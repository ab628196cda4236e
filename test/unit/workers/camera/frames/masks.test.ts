import { describe, expect, it } from 'vitest';
import type { Point } from '../../../../../contract/index.ts';
import { MASK_GREY, PrivacyMasks } from '../../../../../workers/camera/frames/masks.ts';

/** Masks a picture of white pixels and draws what came out: '#' masked, '.' untouched. */
function drawn(width: number, height: number, ...polygons: Point[][]): string[] {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  const masks = new PrivacyMasks(polygons.map((points, i) => ({ id: `m${i}`, points })));
  const masked = masks.apply({ width, height, pixels });
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (pixels[(y * width + x) * 4] === MASK_GREY ? '#' : '.')).join(''),
  );
  expect(masked).toBe(rows.join('').split('#').length - 1);
  return rows;
}

describe('PrivacyMasks', () => {
  const rows: { says: string; size: [number, number]; polygons: Point[][]; picture: string[] }[] = [
    {
      says: 'a rectangle on pixel borders covers its pixels, and those whose upper or left border its outline runs along',
      size: [6, 4],
      polygons: [[[1 / 6, 0.25], [4 / 6, 0.25], [4 / 6, 0.75], [1 / 6, 0.75]]], // prettier-ignore
      picture: ['......', '.####.', '.####.', '.####.'],
    },
    {
      says: 'a rectangle inside pixels covers every pixel it touches',
      size: [6, 4],
      polygons: [[[1.4 / 6, 1.4 / 4], [3.6 / 6, 1.4 / 4], [3.6 / 6, 2.6 / 4], [1.4 / 6, 2.6 / 4]]], // prettier-ignore
      picture: ['......', '.###..', '.###..', '......'],
    },
    {
      says: 'the whole picture',
      size: [3, 2],
      polygons: [[[0, 0], [1, 0], [1, 1], [0, 1]]], // prettier-ignore
      picture: ['###', '###'],
    },
    {
      says: 'a triangle leaves no sliver at its slopes',
      size: [8, 4],
      polygons: [[[0.06, 0.97], [0.5, 0.03], [0.94, 0.97]]], // prettier-ignore
      picture: ['...##...', '..####..', '.######.', '########'],
    },
    {
      says: 'a shape smaller than a pixel still hides the pixel it lies in',
      size: [4, 4],
      polygons: [[[0.3, 0.3], [0.32, 0.3], [0.31, 0.32]]], // prettier-ignore
      picture: ['....', '.#..', '....', '....'],
    },
    {
      says: 'corners on one line hide what is under the line',
      size: [5, 3],
      polygons: [[[0.1, 0.5], [0.5, 0.5], [0.9, 0.5]]], // prettier-ignore
      picture: ['.....', '#####', '.....'],
    },
    {
      says: 'three times the same corner hides its pixel',
      size: [3, 3],
      polygons: [[[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]], // prettier-ignore
      picture: ['...', '.#.', '...'],
    },
    {
      says: 'what lies outside the picture is cut off',
      size: [4, 3],
      polygons: [[[-0.5, -0.5], [0.4, -0.5], [0.4, 0.4], [-0.5, 0.4]]], // prettier-ignore
      picture: ['##..', '##..', '....'],
    },
    {
      says: 'a mask that is outside altogether does nothing',
      size: [4, 3],
      polygons: [[[1.2, 0.2], [1.8, 0.2], [1.8, 0.8], [1.2, 0.8]], [[0.2, -2], [0.8, -2], [0.5, -1]]], // prettier-ignore
      picture: ['....', '....', '....'],
    },
    {
      says: 'a bow tie is filled on both sides of its crossing',
      size: [8, 4],
      polygons: [[[0.05, 0.05], [0.95, 0.95], [0.95, 0.05], [0.05, 0.95]]], // prettier-ignore
      picture: ['##....##', '########', '########', '##....##'],
    },
    {
      says: 'a ring drawn in one stroke leaves its hole open (even-odd rule)',
      size: [9, 9],
      polygons: [
        [
          [0.5 / 9, 0.5 / 9], [8.5 / 9, 0.5 / 9], [8.5 / 9, 8.5 / 9], [0.5 / 9, 8.5 / 9], [0.5 / 9, 0.5 / 9],
          [2.5 / 9, 2.5 / 9], [2.5 / 9, 6.5 / 9], [6.5 / 9, 6.5 / 9], [6.5 / 9, 2.5 / 9], [2.5 / 9, 2.5 / 9],
        ], // prettier-ignore
      ],
      picture: [
        '#########',
        '#########',
        '#########',
        '###...###',
        '###...###',
        '###...###',
        '#########',
        '#########',
        '#########',
      ],
    },
    {
      says: 'masks that overlap are one',
      size: [6, 2],
      polygons: [
        [[0.1, 0.1], [0.6, 0.1], [0.6, 0.4], [0.1, 0.4]],
        [[0.4, 0.1], [0.9, 0.1], [0.9, 0.4], [0.4, 0.4]],
      ], // prettier-ignore
      picture: ['######', '......'],
    },
    { says: 'no mask, no change', size: [3, 1], polygons: [], picture: ['...'] },
  ];
  it.each(rows)('$says', ({ size, polygons, picture }) => {
    expect(drawn(...size, ...polygons)).toEqual(picture);
  });

  it('paints an opaque flat grey', () => {
    const pixels = new Uint8ClampedArray([1, 2, 3, 4]);
    new PrivacyMasks([{ id: 'a', points: [[0, 0], [1, 0], [1, 1]] }]).apply({ width: 1, height: 1, pixels }); // prettier-ignore
    expect([...pixels]).toEqual([128, 128, 128, 255]);
  });

  it('covers whatever a fine grid of points finds inside, for random polygons', () => {
    const [width, height] = [23, 17];
    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    for (let round = 0; round < 60; round++) {
      const points = Array.from({ length: 3 + Math.floor(random() * 6) }, (): Point => [random(), random()]);
      const picture = drawn(width, height, points);
      for (let v = 0.005; v < 1; v += 0.01) {
        for (let u = 0.005; u < 1; u += 0.01) {
          if (isInside(u, v, points))
            expect(picture[Math.floor(v * height)]![Math.floor(u * width)]).toBe('#');
        }
      }
    }
  });

  it('follows a picture that changes its size', () => {
    const masks = new PrivacyMasks([{ id: 'a', points: [[0, 0], [0.4, 0], [0.4, 0.9], [0, 0.9]] }]); // prettier-ignore
    const white = (n: number) => new Uint8ClampedArray(n * n * 4).fill(255);
    expect(masks.apply({ width: 10, height: 10, pixels: white(10) })).toBe(4 * 9 + 9 + 5);
    expect(masks.apply({ width: 2, height: 2, pixels: white(2) })).toBe(2);
  });
});

/** The even-odd rule by its definition: how many edges a ray to the left crosses. */
function isInside(u: number, v: number, points: readonly Point[]): boolean {
  let inside = false;
  points.forEach(([xa, ya], i) => {
    const [xb, yb] = points[(i + 1) % points.length]!;
    if (ya > v !== yb > v && u > xa + ((v - ya) / (yb - ya)) * (xb - xa)) inside = !inside;
  });
  return inside;
}
