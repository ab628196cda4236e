import { describe, expect, it } from 'vitest';
import type { ModelCard } from '../../../../../workers/camera/inference/detector.ts';
import { inputSize } from '../../../../../workers/camera/inference/input-size.ts';

const card = (width: number, height: number, multipleOf?: number) => ({
  id: 'model',
  input: { width, height, ...(multipleOf && { multipleOf }) } as ModelCard['input'],
});
const free = card(512, 512, 32);
const fixed = card(416, 416);

describe('inputSize', () => {
  it.each([
    { says: '16:9', aspect: 16 / 9, size: [512, 288] },
    { says: '16:9 of a camera that has 854 x 480', aspect: 854 / 480, size: [512, 288] },
    { says: '16:9 of a camera that has 848 x 480', aspect: 848 / 480, size: [512, 288] },
    { says: '4:3', aspect: 4 / 3, size: [512, 384] },
    { says: '1:1', aspect: 1, size: [512, 512] },
    { says: '9:16, upright', aspect: 9 / 16, size: [288, 512] },
    { says: '3:4, upright', aspect: 3 / 4, size: [384, 512] },
    { says: 'a panorama keeps one multiple', aspect: 100, size: [512, 32] },
    { says: 'an upright panorama keeps one multiple', aspect: 0.01, size: [32, 512] },
    { says: 'a wished width', aspect: 16 / 9, wish: { width: 640 }, size: [640, 352] },
    { says: 'a wished height', aspect: 16 / 9, wish: { height: 192 }, size: [352, 192] },
    { says: 'a wished width, upright', aspect: 9 / 16, wish: { width: 160 }, size: [160, 288] },
    { says: 'a wished long side', aspect: 16 / 9, wish: { longSide: 384 }, size: [384, 224] },
    { says: 'a wished long side, upright', aspect: 9 / 16, wish: { longSide: 384 }, size: [224, 384] },
    { says: 'both wished', aspect: 16 / 9, wish: { width: 320, height: 320 }, size: [320, 320] },
  ])('follows the source: $says', ({ aspect, wish, size }) => {
    const { width, height } = inputSize(free, aspect, wish);
    expect([width, height]).toEqual(size);
  });

  it('keeps the size of a fixed graph', () => {
    expect(inputSize(fixed, 16 / 9)).toEqual({ width: 416, height: 416 });
    expect(inputSize(fixed, 16 / 9, { width: 416 })).toEqual({ width: 416, height: 416 });
    expect(inputSize(fixed, 16 / 9, { longSide: 384 })).toEqual({ width: 416, height: 416 });
  });

  it.each([
    { says: 'another size than the only one', of: fixed, wish: { width: 320 } },
    { says: 'another height than the only one', of: fixed, wish: { width: 416, height: 320 } },
    { says: 'a width between two multiples', of: free, wish: { width: 500 } },
  ])('refuses $says', ({ of, wish }) => {
    expect(() => inputSize(of, 1, wish)).toThrow(
      expect.objectContaining({ code: 'config-invalid', subject: 'model' }),
    );
  });

  it.each([0, -1, Number.NaN, Infinity])('refuses an aspect of %s', (aspect) => {
    expect(() => inputSize(free, aspect)).toThrow(RangeError);
  });
});
