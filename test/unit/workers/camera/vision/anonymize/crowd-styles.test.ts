import { describe, expect, it } from 'vitest';
import { CROWD_PALETTES, CROWD_STYLES } from '../../../../../../contract/index.ts';
import { CROWD_COLOURS } from '../../../../../../contract/palette.ts';
import type { CrowdMember } from '../../../../../../workers/camera/vision/anonymize/crowding.ts';
import { composeOnBackground } from '../../../../../../workers/camera/vision/anonymize/iconise.ts';
import type { Raster } from '../../../../../../workers/camera/vision/image/raster.ts';
import { random } from '../rng.ts';

const SIZE = { width: 120, height: 80 };

/** A background of noise, so that a pixel that was touched is seen. */
function background(): Raster {
  const next = random(7);
  const pixels = new Uint8ClampedArray(SIZE.width * SIZE.height * 4).map((_, i) =>
    i % 4 === 3 ? 255 : next() * 255,
  );
  return { ...SIZE, pixels };
}

const people: CrowdMember[] = [
  { foot: [30, 50], height: 24 },
  { foot: [80, 60], height: 24, heading: [1, 0] },
];

const at = ({ width, pixels }: Raster, x: number, y: number) => [
  ...pixels.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
];
const touched = (a: Raster, b: Raster) =>
  Array.from({ length: SIZE.width * SIZE.height }, (_, i) => i).filter((i) =>
    [0, 1, 2].some((c) => a.pixels[i * 4 + c] !== b.pixels[i * 4 + c]),
  );

describe.each(CROWD_STYLES)('a crowd shown as %s', (style) => {
  it.each(CROWD_PALETTES)(
    'has the colours of the %s palette where people stand, and leaves the background as it was',
    (palette) => {
      const empty = background();
      const before = empty.pixels.slice();
      const picture = composeOnBackground(empty, people, 1, CROWD_COLOURS[palette], style);
      expect(empty.pixels).toEqual(before);
      const y = (foot: number) => (style === 'figures' ? foot - 8 : foot - 2);
      const nearest = (x: number, foot: number, wished: readonly number[]) => {
        const found = at(picture, x, y(foot));
        return Math.max(...wished.map((value, c) => Math.abs(value - found[c]!)));
      };
      // Shaded squares let the background through; figures and dots do not.
      const slack = style === 'areas' ? 170 : 2;
      expect(nearest(30, 50, CROWD_COLOURS[palette].standing)).toBeLessThanOrEqual(slack);
      expect(nearest(80, 60, CROWD_COLOURS[palette].moving)).toBeLessThanOrEqual(slack);
    },
  );

  it('touches nothing far from anybody', () => {
    const empty = background();
    const picture = composeOnBackground(empty, people, 1, CROWD_COLOURS.calm, style);
    for (const i of touched(empty, picture)) {
      const [x, y] = [i % SIZE.width, Math.floor(i / SIZE.width)];
      const near = people.some(({ foot }) => Math.abs(foot[0] - x) <= 24 && Math.abs(foot[1] - y) <= 30);
      expect(near, `${x} ${y}`).toBe(true);
    }
  });

  it('is the background itself where nobody is, and does not fail at the edges', () => {
    const empty = background();
    expect(touched(empty, composeOnBackground(empty, [], 1, CROWD_COLOURS.calm, style))).toEqual([]);
    const edge: CrowdMember[] = [
      { foot: [0, SIZE.height], height: 20 },
      { foot: [SIZE.width + 40, -40], height: 20, heading: [0, 1] },
    ];
    expect(() => composeOnBackground(empty, edge, 1, CROWD_COLOURS.calm, style)).not.toThrow();
  });
});

describe('shaded squares', () => {
  it("show how many people there are, and nobody's shape: the same people elsewhere in the square look the same", () => {
    const picture = (feet: readonly [number, number][]) =>
      composeOnBackground(
        background(),
        feet.map((foot) => ({ foot, height: 20 })),
        1,
        CROWD_COLOURS.calm,
        'areas',
      );
    expect(picture([[31, 41]]).pixels).toEqual(picture([[38, 48]]).pixels);
    const one = touched(background(), picture([[31, 41]]));
    const x = one[0]! % SIZE.width;
    const y = Math.floor(one[0]! / SIZE.width);
    const distance = (raster: Raster) =>
      at(raster, x, y).reduce((sum, value, c) => sum + Math.abs(value - CROWD_COLOURS.calm.standing[c]!), 0);
    expect(
      distance(
        picture([
          [31, 41],
          [38, 48],
        ]),
      ),
    ).toBeLessThan(distance(picture([[31, 41]])));
  });
});
