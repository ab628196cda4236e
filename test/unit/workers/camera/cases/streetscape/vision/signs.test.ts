import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../../../../workers/camera/vision/geometry/detection.ts';
import type { Raster } from '../../../../../../../workers/camera/vision/image/raster.ts';
import { hsv } from '../../../../../../../workers/camera/vision/image/colour.ts';
import { lampOf } from '../../../../../../../workers/camera/cases/streetscape/vision/lamps.ts';

type Rgb = readonly [number, number, number];
const BLACK: Rgb = [35, 37, 40];

/** A picture from a colour for each point; four samples a pixel, as a sensor would mix them. */
function paint(width: number, height: number, colour: (x: number, y: number) => Rgb): Raster {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let c = 0; c < 3; c++) {
      const samples = [0.25, 0.75].flatMap((dy) => [0.25, 0.75].map((dx) => colour(x + dx, y + dy)[c]!));
      pixels[i * 4 + c] = samples.reduce((sum, value) => sum + value, 0) / 4;
    }
  }
  return { width, height, pixels };
}

describe('the lamp of a signal', () => {
  const head = (lit: Rgb, at: number) =>
    paint(40, 20, (x, y) => {
      if (x < 5 || x > 35 || y < 5 || y > 15) return [150, 170, 190];
      const lamp = Math.round((x - 10) / 10);
      const near = Math.hypot(x - (10 + lamp * 10), y - 10) < 3.5;
      return near ? (lamp === at ? lit : [50, 45, 40]) : BLACK;
    });
  const BOX: Box = [5, 5, 35, 15];
  it.each([
    { says: 'green, which is bluish in Japan', lit: [20, 240, 190] as Rgb, at: 0, expected: 'green' },
    { says: 'amber', lit: [255, 180, 30] as Rgb, at: 1, expected: 'amber' },
    { says: 'red', lit: [255, 45, 35] as Rgb, at: 2, expected: 'red' },
    { says: 'none', lit: [50, 45, 40] as Rgb, at: 2, expected: undefined },
  ])('$says', ({ lit, at, expected }) => {
    expect(lampOf(head(lit, at), BOX)).toBe(expected);
  });

  it.each([
    { says: 'a red signboard is no lamp', picture: paint(40, 20, () => [220, 40, 30]) },
    { says: 'sky is no lamp', picture: paint(40, 20, () => [120, 170, 235]) },
    {
      says: 'two colours as strong as one another say nothing',
      picture: paint(40, 20, (x) => (x < 15 ? [255, 40, 30] : x > 25 ? [20, 240, 150] : BLACK)),
    },
  ])('$says', ({ picture }) => {
    expect(lampOf(picture, BOX)).toBeUndefined();
  });

  it('may lie beyond the border', () => {
    expect(lampOf(head([255, 45, 35], 2), [-50, -50, -10, -10])).toBeUndefined();
  });
});

describe('colours', () => {
  it.each([
    { rgb: [255, 0, 0] as Rgb, expected: [0, 1, 1] },
    { rgb: [0, 255, 0] as Rgb, expected: [120, 1, 1] },
    { rgb: [0, 0, 128] as Rgb, expected: [240, 1, 128 / 255] },
    { rgb: [255, 0, 255] as Rgb, expected: [300, 1, 1] },
    { rgb: [90, 90, 90] as Rgb, expected: [0, 0, 90 / 255] },
  ])('$rgb has its hue', ({ rgb, expected }) => {
    hsv(...rgb).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 9));
  });
});
