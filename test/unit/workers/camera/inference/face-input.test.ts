import { describe, expect, it } from 'vitest';
import { FaceInput } from '../../../../../workers/camera/inference/face-input.ts';
import { noisePicture, paintedPicture } from './pictures.ts';

const SIDE = 64;
const at = (input: FaceInput, x: number, y: number) => [
  ...input.pixels.subarray(4 * (y * SIDE + x), 4 * (y * SIDE + x) + 4),
];
const upright = { cx: 60, cy: 50, side: SIDE, roll: 0 };

/** Smooth, so that interpolation can be compared with the formula. */
const light = (x: number, y: number) => 120 + 60 * Math.sin(x / 9) + 50 * Math.cos(y / 11);
const smooth = paintedPicture(120, 100, (x, y) => [light(x + 0.5, y + 0.5), x, y]);

describe('FaceInput', () => {
  it('shows an upright face pixel by pixel', () => {
    const picture = noisePicture(120, 100);
    const input = new FaceInput(SIDE, 0);
    input.fill(picture, upright);
    for (const [x, y] of [
      [0, 0],
      [63, 0],
      [10, 50],
      [63, 63],
    ] as const) {
      const from = 4 * ((y + 50 - 32) * 120 + (x + 60 - 32));
      expect(at(input, x, y)).toEqual([...picture.pixels.subarray(from, from + 4)]);
    }
  });

  it.each([
    { says: 'leaning a little', roll: 0.1, side: 64 },
    { says: 'leaning to the left', roll: -0.7, side: 64 },
    { says: 'lying', roll: Math.PI / 2, side: 50 },
    { says: 'upside down', roll: Math.PI, side: 60 },
    { says: 'half a diagonal, the farthest the square reaches', roll: Math.PI / 4, side: 64 },
  ])('turns a face upright: $says', ({ roll, side }) => {
    const input = new FaceInput(SIDE, 0);
    input.fill(smooth, { ...upright, side, roll });
    let worst = 0;
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const [u, v] = [((x + 0.5) / SIDE - 0.5) * side, ((y + 0.5) / SIDE - 0.5) * side];
        const sx = 60 + Math.cos(roll) * u - Math.sin(roll) * v;
        const sy = 50 + Math.sin(roll) * u + Math.cos(roll) * v;
        const [red, , , alpha] = at(input, x, y) as [number, number, number, number];
        worst = Math.max(worst, Math.abs(red - light(sx, sy)));
        expect(alpha).toBe(255);
      }
    expect(worst).toBeLessThan(4);
  });

  it("pads beyond the picture's border with the card's grey, opaque", () => {
    const input = new FaceInput(SIDE, 90);
    input.fill(smooth, { ...upright, cx: 0, roll: 0.3 });
    expect(at(input, 0, 20)).toEqual([90, 90, 90, 255]);
  });

  it('averages a large face instead of skipping through it', () => {
    const stripes = paintedPicture(512, 512, (x) => (x % 2 ? [255, 255, 255] : [0, 0, 0]));
    const input = new FaceInput(SIDE, 0);
    input.fill(stripes, { cx: 256, cy: 256, side: 256, roll: 0.2 });
    for (const place of [5, 32, 60]) expect(Math.abs(at(input, place, place)[0]! - 127)).toBeLessThan(3);
  });

  it('mirrors left and right, and back', () => {
    const input = new FaceInput(SIDE, 0);
    input.fill(smooth, upright);
    const before = input.pixels.slice();
    const [left, right] = [at(input, 3, 20), at(input, SIDE - 4, 20)];
    input.mirror();
    expect([at(input, SIDE - 4, 20), at(input, 3, 20)]).toEqual([left, right]);
    input.mirror();
    expect(input.pixels).toEqual(before);
  });

  it('forgets the face', () => {
    const input = new FaceInput(SIDE, 0);
    input.fill(smooth, { ...upright, roll: 0.3 });
    input.wipe();
    expect(input.pixels.every((byte) => byte === 0)).toBe(true);
    // The intermediate picture, too: what is turned next is black.
    expect(input.bytes).toBeGreaterThan(SIDE * SIDE * 4 * 2);
  });
});
