import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { TestCard } from '../../../../../../workers/camera/frames/sources/testcard.ts';

function draw(width: number, height: number, fps: number, index: number, filling = 0): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(filling);
  new TestCard(width, height, fps).draw(pixels, index);
  return pixels;
}

describe('TestCard', () => {
  it('writes every pixel, opaque, whatever was in the buffer before', () => {
    const over = draw(320, 180, 25, 40, 77);
    expect(over).toEqual(draw(320, 180, 25, 40, 0));
    for (let i = 3; i < over.length; i += 4) expect(over[i]).toBe(255);
  });

  it('has bars in the order of a broadcast card', () => {
    const [width, height] = [700, 400];
    const pixels = draw(width, height, 25, 0);
    const bars = Array.from({ length: 7 }, (_, i) => {
      const at = (20 * width + i * 100 + 50) * 4;
      return [...pixels.subarray(at, at + 3)].map((c) => (c > 100 ? 1 : 0)).join('');
    });
    expect(bars).toEqual(['111', '110', '011', '010', '101', '100', '001']);
  });

  it('moves from frame to frame, and shows the frame within its second', () => {
    const hashes = Array.from({ length: 60 }, (_, i) =>
      createHash('sha256')
        .update(draw(160, 90, 30, i))
        .digest('hex'),
    );
    expect(new Set(hashes).size).toBe(60);
  });

  it.each([
    { says: 'one pixel', width: 1, height: 1 },
    { says: 'a line', width: 300, height: 1 },
    { says: 'a column', width: 1, height: 300 },
    { says: 'odd sides', width: 333, height: 187 },
    { says: 'a tall picture', width: 90, height: 160 },
  ])('fits into $says', ({ width, height }) => {
    const pixels = draw(width, height, 25, 1_000_000);
    for (let i = 3; i < pixels.length; i += 4) expect(pixels[i]).toBe(255);
  });

  it('stays inside a buffer that is a part of a larger one', () => {
    const [width, height] = [64, 36];
    const whole = new Uint8ClampedArray((width * height + 8) * 4).fill(9);
    new TestCard(width, height, 25).draw(whole.subarray(16, 16 + width * height * 4), 3);
    expect([...whole.subarray(0, 16), ...whole.subarray(-16)]).toEqual(Array.from({ length: 32 }, () => 9));
  });
});
