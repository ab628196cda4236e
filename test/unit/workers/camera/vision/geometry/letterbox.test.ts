import { describe, expect, it } from 'vitest';
import {
  boxToSource,
  place,
  pointToSource,
} from '../../../../../../workers/camera/vision/geometry/letterbox.ts';

const whole = (width: number, height: number) => ({ x: 0, y: 0, width, height });

describe('place', () => {
  it.each([
    { says: 'same proportions fill the input', region: [640, 360], input: [512, 288], at: [0, 0, 512, 288] },
    { says: 'a wide region leaves rows', region: [768, 432], input: [512, 512], at: [0, 0, 512, 288] },
    { says: 'a high region leaves columns', region: [300, 600], input: [256, 256], at: [0, 0, 128, 256] },
    { says: 'a small region grows', region: [8, 4], input: [64, 64], at: [0, 0, 64, 32] },
    { says: 'sides are whole pixels', region: [3, 1], input: [32, 32], at: [0, 0, 32, 11] },
    { says: 'a sliver keeps one pixel', region: [1000, 1], input: [32, 32], at: [0, 0, 32, 1] },
  ] as const)('letterboxes: $says', ({ region, input, at }) => {
    const { x, y, width, height } = place(whole(region[0], region[1]), input[0], input[1], {
      fit: 'letterbox',
      align: 'top-left',
    });
    expect([x, y, width, height]).toEqual(at);
  });

  it('centres', () => {
    const { x, y } = place(whole(768, 432), 512, 512, { fit: 'letterbox', align: 'centre' });
    expect([x, y]).toEqual([0, 112]);
  });

  it('stretches to fill the input', () => {
    const placement = place(whole(640, 360), 320, 240, { fit: 'stretch', align: 'top-left' });
    expect(placement).toMatchObject({ x: 0, y: 0, width: 320, height: 240, scaleX: 0.5, scaleY: 2 / 3 });
  });

  it.each([
    { says: 'a region without width', region: whole(0, 5), input: [8, 8] },
    { says: 'a region of no number', region: whole(Number.NaN, 5), input: [8, 8] },
    { says: 'an input without height', region: whole(5, 5), input: [8, 0] },
  ] as const)('refuses $says', ({ region, input }) => {
    expect(() => place(region, input[0], input[1], { fit: 'letterbox', align: 'centre' })).toThrow(
      RangeError,
    );
  });
});

describe('the way back', () => {
  it.each([
    { says: 'letterboxed', fit: 'letterbox', align: 'top-left' },
    { says: 'centred', fit: 'letterbox', align: 'centre' },
    { says: 'stretched', fit: 'stretch', align: 'top-left' },
  ] as const)('leads corners of the placement to corners of the region: $says', (fit) => {
    const region = { x: -20, y: 35, width: 333, height: 177 };
    const placement = place(region, 416, 416, fit);
    const { x, y, width, height } = placement;
    const box = boxToSource(placement, [x, y, x + width, y + height]);
    [-20, 35, 313, 212].forEach((side, i) => expect(box[i]).toBeCloseTo(side, 9));
    const [px, py] = pointToSource(placement, x + width / 2, y + height / 2);
    expect(px).toBeCloseTo(146.5, 9);
    expect(py).toBeCloseTo(123.5, 9);
  });
});
