import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../../../workers/camera/frames/frame.ts';
import { Downscaler, downscaledSize } from '../../../../../workers/camera/frames/downscale.ts';
import { FramePool } from '../../../../../workers/camera/frames/pool.ts';
import { Ledger } from '../../../../../workers/camera/ledger/ledger.ts';
import { sensorWidthOf } from '../../../../../workers/camera/runtime/frame-processor.ts';
import { random } from '../vision/rng.ts';
import { Gate } from '../../../../../workers/camera/isolation/gate.ts';
import { lower } from './downscaled.ts';

function picture(width: number, height: number, of: (x: number, y: number) => number): Picture {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const value = of(i % width, Math.floor(i / width));
    pixels.set([value, value, value, 255], i * 4);
  }
  return { width, height, pixels };
}
const empty = (width: number, height: number) => picture(width, height, () => 0);
/** By the definition: every pixel of the upper picture, weighted by the area that both share. */
function meansByArea(from: Picture, { width, height }: Picture): number[] {
  const shared = (i: number, step: number, k: number) =>
    Math.max(0, Math.min((i + 1) * step, k + 1) - Math.max(i * step, k));
  const [wide, high] = [from.width / width, from.height / height];
  return Array.from({ length: width * height * 4 }, (_, at) => {
    const [x, y] = [Math.floor(at / 4) % width, Math.floor(at / 4 / width)];
    let sum = 0;
    for (let v = Math.floor(y * high); v < Math.min(from.height, (y + 1) * high); v++)
      for (let u = Math.floor(x * wide); u < Math.min(from.width, (x + 1) * wide); u++)
        sum += shared(x, wide, u) * shared(y, high, v) * from.pixels[(v * from.width + u) * 4 + (at % 4)]!;
    return sum / wide / high;
  });
}
const greys = ({ pixels }: Picture) => [...pixels].filter((_, i) => i % 4 === 0);

describe('the lowered size', () => {
  it.each([
    { says: 'keeps the shape', width: 960, height: 540, to: 384, expected: [384, 216] },
    { says: 'rounds the other side', width: 641, height: 361, to: 320, expected: [320, 180] },
    { says: 'never enlarges', width: 320, height: 180, to: 640, expected: [320, 180] },
    {
      says: 'leaves a picture without a target width',
      width: 320,
      height: 180,
      to: undefined,
      expected: [320, 180],
    },
    {
      says: 'keeps a line of pixels of a very flat picture',
      width: 4000,
      height: 2,
      to: 160,
      expected: [160, 1],
    },
  ])('$says', ({ width, height, to, expected }) => {
    const size = downscaledSize({ width, height }, to);
    expect([size.width, size.height]).toEqual(expected);
  });
});

describe('lowering', () => {
  it.each([
    {
      says: 'takes the mean of whole pixels',
      from: picture(4, 2, (x, y) => (x < 2 ? 0 : 200) + y * 20),
      size: [2, 1],
      expected: [10, 210],
    },
    {
      says: 'divides pixels between neighbours',
      from: picture(3, 1, (x) => [0, 90, 180][x]!),
      size: [2, 1],
      expected: [30, 150],
    },
    { says: 'ends in a single pixel', from: picture(5, 5, (x) => x * 10), size: [1, 1], expected: [20] },
  ])('$says', ({ from, size: [width, height], expected }) => {
    const to = empty(width!, height!);
    lower(from, to);
    expect(greys(to)).toEqual(expected);
  });

  it('keeps the mean of the whole picture and alpha, whatever the sizes', () => {
    const next = random(5);
    for (let run = 0; run < 40; run++) {
      const from = picture(9 + Math.floor(next() * 40), 9 + Math.floor(next() * 40), () =>
        Math.floor(next() * 256),
      );
      const to = empty(1 + Math.floor(next() * from.width), 1 + Math.floor(next() * from.height));
      lower(from, to);
      const mean = (all: number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;
      expect(Math.abs(mean(greys(to)) - mean(greys(from)))).toBeLessThan(0.6);
      expect(to.pixels.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
    }
  });

  it.each([
    { says: 'a clip for the street camera', from: [960, 540], to: [384, 216] },
    { says: 'rows that end within a read', from: [637, 41], to: [255, 17] },
    { says: 'narrower than a read', from: [3, 5], to: [2, 3] },
    { says: 'as it is', from: [37, 11], to: [37, 11] },
    { says: 'hardly lower', from: [65, 64], to: [64, 63] },
    { says: 'many pixels into one', from: [300, 200], to: [7, 3] },
  ])('gives the mean of every channel by area: $says', ({ from, to }) => {
    const next = random(9);
    const upper = picture(from[0]!, from[1]!, () => 0);
    upper.pixels.forEach((_, i) => (upper.pixels[i] = Math.floor(next() * 256)));
    const lowered = empty(to[0]!, to[1]!);
    lower(upper, lowered);
    const worst = meansByArea(upper, lowered).reduce(
      (max, mean, i) => Math.max(max, Math.abs(mean - lowered.pixels[i]!)),
      0,
    );
    expect(worst).toBeLessThan(0.501);
  });

  it('leaves nothing of a picture in its memory once it was wiped', () => {
    const lowering = lower(
      picture(37, 23, () => 200),
      empty(15, 9),
    );
    const all = new Uint8Array(lowering.full.buffer, 0, lowering.bytes);
    expect(all.some((byte) => byte !== 0)).toBe(true);
    const beyond = new Uint8Array(lowering.full.buffer, lowering.bytes).slice();
    lowering.wipe();
    expect(all.every((byte) => byte === 0)).toBe(true);
    // What follows are the tables, which know sizes only.
    expect(new Uint8Array(lowering.full.buffer, lowering.bytes)).toEqual(beyond);
    expect(new Downscaler({ width: 37, height: 23 }, { width: 15, height: 9 }).full.buffer).toEqual(
      lowering.full.buffer,
    );
  });

  it('refuses to invent pixels', () => {
    expect(() => lower(empty(4, 4), empty(5, 4))).toThrow(RangeError);
  });
});

describe('a pool with a lowered sensor', () => {
  const source = (copied: Uint8ClampedArray[], fail = false) => ({
    timestampUs: 0,
    width: 64,
    height: 36,
    bytes: 64 * 36 * 1.5,
    copyTo: (target: Uint8ClampedArray) => {
      target.fill(77);
      copied.push(target);
      return fail ? Promise.reject(new Error('decoder gone')) : Promise.resolve();
    },
    close: () => {},
  });
  const tally = new Gate(() => {}).tally;

  it('keeps the full picture only while it makes the low one, and enters every byte', async () => {
    const ledger = new Ledger(1);
    const pool = new FramePool(1, ledger);
    const copied: Uint8ClampedArray[] = [];
    const frame = await pool.acquire(source(copied), 0, 16);
    expect([frame.width, frame.height, frame.pixels.length]).toEqual([16, 9, 16 * 9 * 4]);
    expect(frame.pixels.every((value) => value === 77)).toBe(true);
    expect(copied[0]).toHaveLength(64 * 36 * 4);
    expect(copied[0]!.every((value) => value === 0)).toBe(true);
    const { acquired, alive } = ledger.snapshot(tally).pixelBytes;
    expect(alive).toBe(16 * 9 * 4);
    const { bytes } = new Downscaler({ width: 64, height: 36 }, { width: 16, height: 9 });
    // The full picture, the sums of a row of it, and the lower picture before it is copied out.
    expect(bytes).toBeGreaterThanOrEqual(64 * 36 * 4 + 64 * 16 + 16 * 9 * 4);
    expect(acquired).toBe(64 * 36 * 1.5 + bytes + 16 * 9 * 4);
    frame.destroy();
    const second = await pool.acquire(source(copied), 1, 16);
    expect(copied[1]!.buffer).toBe(copied[0]!.buffer);
    second.destroy();
    expect(ledger.snapshot(tally).pixelBytes.alive).toBe(0);
  });

  it('leaves nothing behind when the copy fails', async () => {
    const ledger = new Ledger(1);
    const copied: Uint8ClampedArray[] = [];
    await expect(new FramePool(1, ledger).acquire(source(copied, true), 0, 16)).rejects.toThrowError(
      'decoder',
    );
    expect(copied[0]!.every((value) => value === 0)).toBe(true);
    expect(ledger.snapshot(tally).pixelBytes.alive).toBe(0);
  });
});

describe('several cases on one camera', () => {
  it.each([
    { says: 'the lowest wins', widths: [640, 320, undefined], expected: 320 },
    { says: 'none lowers it', widths: [undefined, undefined], expected: undefined },
    { says: 'no case at all', widths: [], expected: undefined },
  ])('$says', ({ widths, expected }) => {
    expect(sensorWidthOf(widths.map((sensorWidth) => ({ sensorWidth })))).toBe(expected);
  });
});
