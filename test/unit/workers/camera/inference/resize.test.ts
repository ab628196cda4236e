import { describe, expect, it } from 'vitest';
import { ModelInput, type Preparation } from '../../../../../workers/camera/inference/resize.ts';
import type { Region } from '../../../../../workers/camera/vision/geometry/letterbox.ts';
import { noisePicture, paintedPicture } from './pictures.ts';

const input = (width: number, height: number, more: Partial<Preparation> = {}) =>
  new ModelInput({ width, height, fit: 'letterbox', align: 'top-left', pad: 0, ...more });

const wordsOf = ({ pixels }: ModelInput) =>
  new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);

/** The same filter in plain floating-point arithmetic, pixel by pixel. */
function reference(picture: ReturnType<typeof noisePicture>, region: Region, width: number, height: number) {
  const steps = [region.width / width, region.height / height] as const;
  const times = Math.max(0, Math.floor(Math.log2(Math.min(...steps, picture.width, picture.height))));
  const block = 2 ** times;
  const tapsOf = (at: number, from: number, step: number, size: number): [number, number][] => {
    const blocks = Math.floor(size / block);
    const position = Math.min(Math.max((from + (at + 0.5) * step) / block - 0.5, 0), blocks - 1);
    const left = Math.floor(position);
    return [
      [left, 1 - (position - left)],
      [Math.min(left + 1, blocks - 1), position - left],
    ];
  };
  return (x: number, y: number, channel: number): number => {
    let sum = 0;
    for (const [by, wy] of tapsOf(y, region.y, steps[1], picture.height))
      for (const [bx, wx] of tapsOf(x, region.x, steps[0], picture.width))
        for (let r = 0; r < block; r++)
          for (let c = 0; c < block; c++) {
            const pixel = (by * block + r) * picture.width + bx * block + c;
            sum += (wx * wy * picture.pixels[pixel * 4 + channel]!) / block ** 2;
          }
    return sum;
  };
}

describe('ModelInput', () => {
  it.each([
    { says: 'a little smaller', from: [640, 360], to: [512, 288] },
    { says: 'the same size', from: [64, 32], to: [64, 32] },
    { says: 'larger', from: [50, 40], to: [200, 160] },
    { says: 'two and a half times smaller', from: [320, 180], to: [128, 72] },
    { says: 'nine times smaller, with odd sides', from: [577, 361], to: [64, 40] },
    { says: 'forty times smaller', from: [1280, 640], to: [32, 16] },
    { says: 'sides shrinking differently', from: [400, 100], to: [50, 50], fit: 'stretch' },
    { says: 'a single row', from: [40, 1], to: [20, 8], fit: 'stretch' },
    { says: 'a single pixel', from: [1, 1], to: [8, 8] },
  ] as const)('resizes within three grey levels of exact arithmetic: $says', ({ from, to, ...more }) => {
    const picture = noisePicture(from[0], from[1]);
    const target = input(to[0], to[1], more);
    const { width, height } = target.fill(picture);
    const exact = reference(picture, { x: 0, y: 0, width: from[0], height: from[1] }, width, height);
    let worst = 0;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let channel = 0; channel < 4; channel++) {
          const got = target.pixels[(y * to[0] + x) * 4 + channel]!;
          worst = Math.max(worst, Math.abs(got - exact(x, y, channel)));
        }
    expect(worst).toBeLessThanOrEqual(3);
  });

  it('leaves alpha at 255 and one colour as it is, however large the picture', () => {
    for (const size of [10, 100, 999]) {
      const target = input(64, 64);
      target.fill(paintedPicture(size, size, () => [10, 128, 250]));
      const colours = new Set(wordsOf(target));
      expect([...colours]).toEqual([0xfffa800a]);
    }
  });

  it('averages what it shrinks: a fine chequerboard turns grey instead of flickering', () => {
    const target = input(32, 32);
    target.fill(paintedPicture(256, 256, (x, y) => ((x + y) % 2 ? [255, 255, 255] : [0, 0, 0])));
    for (const channel of [0, 1, 2])
      for (let i = channel; i < target.pixels.length; i += 4)
        expect(target.pixels[i]).toBeCloseTo(127.5, -0.5);
  });

  it.each([
    {
      says: 'below, at the top left',
      align: 'top-left',
      picture: [40, 20],
      border: [20, 35],
      inside: [20, 10],
    },
    {
      says: 'above and below, centred',
      align: 'centre',
      picture: [40, 20],
      border: [20, 5],
      inside: [20, 20],
    },
    { says: 'to the right', align: 'top-left', picture: [20, 40], border: [35, 20], inside: [10, 20] },
    {
      says: 'left and right, centred',
      align: 'centre',
      picture: [20, 40],
      border: [5, 20],
      inside: [20, 20],
    },
  ] as const)('fills the border with opaque grey: $says', ({ align, picture, border, inside }) => {
    const target = input(40, 40, { align, pad: 114 });
    target.fill(paintedPicture(picture[0], picture[1], () => [1, 2, 3]));
    const at = ([x, y]: readonly [number, number]) => [...target.pixels.slice((y * 40 + x) * 4).slice(0, 4)];
    expect(at(border)).toEqual([114, 114, 114, 255]);
    expect(at(inside)).toEqual([1, 2, 3, 255]);
  });

  it('shows a region, and grey where the region reaches beyond the picture', () => {
    const picture = paintedPicture(100, 100, (x, y) => [x, y, 0]);
    const target = input(20, 20, { pad: 9 });
    const placement = target.fill(picture, { x: 90, y: -10, width: 20, height: 20 });
    expect(placement).toMatchObject({ x: 0, y: 0, width: 20, height: 20, scaleX: 1, scaleY: 1 });
    const at = (x: number, y: number) => [...target.pixels.slice((y * 20 + x) * 4).slice(0, 4)];
    expect(at(0, 10)).toEqual([90, 0, 0, 255]);
    expect(at(9, 19)).toEqual([99, 9, 0, 255]);
    expect(at(10, 15)).toEqual([9, 9, 9, 255]);
    expect(at(5, 9)).toEqual([9, 9, 9, 255]);
  });

  it('gives the same for a region as for a picture that was cut out before', () => {
    const picture = noisePicture(120, 80);
    const region = { x: 30, y: 20, width: 48, height: 32 };
    const cut = paintedPicture(48, 32, (x, y) => {
      const at = ((y + 20) * 120 + x + 30) * 4;
      return [picture.pixels[at]!, picture.pixels[at + 1]!, picture.pixels[at + 2]!];
    });
    const [whole, part] = [input(48, 32), input(48, 32)];
    whole.fill(cut);
    part.fill(picture, region);
    expect(part.pixels).toEqual(whole.pixels);
  });

  it('is all grey when the region lies outside of the picture', () => {
    const target = input(8, 8, { pad: 7 });
    target.fill(noisePicture(10, 10), { x: 50, y: 50, width: 10, height: 10 });
    expect([...new Set(wordsOf(target))]).toEqual([0xff070707]);
  });

  it('does not carry anything of one picture into the next', () => {
    const target = input(64, 48);
    target.fill(noisePicture(700, 300));
    target.fill(noisePicture(33, 44), { x: -5, y: 3, width: 60, height: 20 });
    target.fill(noisePicture(160, 120));
    const fresh = input(64, 48);
    fresh.fill(noisePicture(160, 120));
    expect(target.pixels).toEqual(fresh.pixels);
  });

  it('counts all it holds, and zeroes it', () => {
    const target = input(32, 32);
    const min = 32 * 32 * 4 + 2 * 32 * 4;
    expect(target.bytes).toBeGreaterThanOrEqual(min);
    target.fill(noisePicture(256, 256));
    // Two rows of the picture and after each of three halvings.
    expect(target.bytes).toBeGreaterThanOrEqual(min + 2 * (256 + 128 + 64 + 32) * 4);
    const held = new Uint8Array(target.pixels.buffer);
    const tables = held.slice(target.bytes);
    expect(held.subarray(0, target.bytes).some((byte) => byte !== 0)).toBe(true);
    target.wipe();
    expect(held.subarray(0, target.bytes).every((byte) => byte === 0)).toBe(true);
    // What is left depends on sizes only.
    const other = input(32, 32);
    other.fill(paintedPicture(256, 256, () => [1, 2, 3]));
    expect(new Uint8Array(other.pixels.buffer).slice(other.bytes)).toEqual(tables);
  });

  it('takes a picture that begins between two words', () => {
    const [shifted, plain] = [input(8, 8), input(8, 8)];
    const { pixels, ...size } = noisePicture(10, 10);
    const view = new Uint8ClampedArray(new ArrayBuffer(402), 2, 400);
    view.set(pixels);
    shifted.fill({ ...size, pixels: view });
    plain.fill({ ...size, pixels });
    expect(shifted.pixels).toEqual(plain.pixels);
  });

  it('stays within its memory whatever was resized before', () => {
    const target = input(37, 5, { fit: 'stretch' });
    const wide = noisePicture(1600, 4);
    target.fill(wide);
    const before = target.pixels.slice();
    for (const width of [1, 2, 3, 5, 1599]) target.fill(wide, { x: 1600 - width, y: 0, width, height: 4 });
    target.fill(wide);
    expect(target.pixels).toEqual(before);
  });

  it.each([
    { says: 'a buffer that is too short', pixels: new Uint8ClampedArray(100 * 4 - 1) },
    { says: 'a buffer that is too long', pixels: new Uint8ClampedArray(101 * 4) },
  ])('refuses $says', ({ pixels }) => {
    expect(() => input(8, 8).fill({ width: 10, height: 10, pixels })).toThrow(RangeError);
  });

  it.each([
    [0, 8],
    [8, -1],
    [8.5, 8],
  ])('refuses a size of %s x %s', (width, height) => {
    expect(() => input(width, height)).toThrow(RangeError);
  });
});
