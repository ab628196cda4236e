import { describe, expect, it } from 'vitest';
import {
  isReadable,
  NativeReader,
  type NativeFormat,
  type PlaneLayout,
} from '../../../../../workers/camera/frames/native-picture.ts';
import { turn } from '../../../../../workers/camera/frames/turning.ts';

/** Shares of red and blue in luminance: ITU-R BT.601-7 and BT.709-6. */
const SHARES: Record<string, [number, number]> = { bt709: [0.2126, 0.0722], smpte170m: [0.299, 0.114] };

interface Planes {
  readonly layout: PlaneLayout[];
  readonly bytes: Uint8Array;
  /** Luminance and both colour differences of a pixel. */
  at(x: number, y: number): [number, number, number];
}

/** Random planes of a format, with a padded row. */
function planes(format: 'I420' | 'I422' | 'I444' | 'NV12', width: number, height: number): Planes {
  const columns = format === 'I444' ? width : (width + 1) >> 1;
  const rows = format === 'I420' || format === 'NV12' ? (height + 1) >> 1 : height;
  const stride = width + 3;
  const paired = format === 'NV12';
  const chroma = (paired ? 2 * columns : columns) + 1;
  const layout = [
    { offset: 0, stride },
    { offset: stride * height, stride: chroma },
    ...(paired ? [] : [{ offset: stride * height + chroma * rows, stride: chroma }]),
  ];
  let state = 1;
  const bytes = Uint8Array.from({ length: stride * height + chroma * rows * (paired ? 1 : 2) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  const at = (x: number, y: number): [number, number, number] => {
    const [cx, cy] = [format === 'I444' ? x : x >> 1, rows === height ? y : y >> 1];
    const [u, v] = [layout[1]!, layout[2] ?? layout[1]!];
    return [
      bytes[y * stride + x]!,
      bytes[u.offset + cy * u.stride + (paired ? 2 * cx : cx)]!,
      bytes[v.offset + cy * v.stride + (paired ? 2 * cx + 1 : cx)]!,
    ];
  };
  return { layout, bytes, at };
}

/** The standards' own formula, in floating point. */
function rgb([y, u, v]: [number, number, number], matrix: string, fullRange: boolean): number[] {
  const [kr, kb] = SHARES[matrix]!;
  const kg = 1 - kr - kb;
  const luma = fullRange ? y : ((y - 16) * 255) / 219;
  const scale = fullRange ? 1 : 255 / 224;
  const [cb, cr] = [(u - 128) * scale, (v - 128) * scale];
  const red = luma + 2 * (1 - kr) * cr;
  const blue = luma + 2 * (1 - kb) * cb;
  const green = luma - (2 * (1 - kb) * kb * cb) / kg - (2 * (1 - kr) * kr * cr) / kg;
  return [red, green, blue].map((value) => Math.min(255, Math.max(0, value)));
}

function read(picture: NativeFormat, layout: PlaneLayout[], bytes: Uint8Array) {
  const reader = new NativeReader();
  const target = new Uint8ClampedArray(picture.width * picture.height * 4);
  const place = reader.planes(bytes.length, picture);
  place.set(bytes);
  reader.convert(bytes.length, layout, picture, target);
  return { target, place };
}

describe('planes to RGBA', () => {
  it.each([
    { format: 'I420', matrix: 'bt709', fullRange: false, size: [19, 7] },
    { format: 'I420', matrix: 'smpte170m', fullRange: true, size: [8, 4] },
    { format: 'NV12', matrix: 'smpte170m', fullRange: false, size: [21, 5] },
    { format: 'I422', matrix: 'bt709', fullRange: false, size: [6, 3] },
    { format: 'I444', matrix: 'bt709', fullRange: true, size: [1, 1] },
  ] as const)('$format, $matrix, full range $fullRange: within one step of the formula', (row) => {
    const { format, matrix, fullRange, size } = row;
    const [width, height] = size;
    const { layout, bytes, at } = planes(format, width, height);
    const { target } = read({ format, width, height, matrix, fullRange }, layout, bytes);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const pixel = target.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
        expect(pixel[3]).toBe(255);
        rgb(at(x, y), matrix, fullRange).forEach((value, i) =>
          expect(Math.abs(pixel[i]! - value)).toBeLessThanOrEqual(1),
        );
      }
    }
  });

  it('overwrites the planes and what was made of them', () => {
    const { layout, bytes } = planes('I420', 16, 16);
    const { place } = read({ format: 'I420', width: 16, height: 16 }, layout, bytes);
    expect(new Uint8Array(place.buffer).every((byte) => byte === 0)).toBe(true);
  });

  it('overwrites a memory that has become too small', () => {
    const reader = new NativeReader();
    const small = reader.planes(100, { format: 'I420', width: 8, height: 8 });
    small.fill(7);
    reader.planes(400_000, { format: 'I420', width: 512, height: 512 });
    expect(new Uint8Array(small.buffer).every((byte) => byte === 0)).toBe(true);
  });

  it('takes packed colours in either order; what is transparent stands before black', () => {
    const bytes = Uint8Array.of(10, 20, 30, 255, 100, 120, 140, 51);
    const layout = [{ offset: 0, stride: 8 }];
    const size = { width: 2, height: 1 };
    expect([...read({ format: 'BGRA', ...size }, layout, bytes).target]).toEqual([
      ...[30, 20, 10, 255],
      ...[28, 24, 20, 255],
    ]);
    expect([...read({ format: 'RGBX', ...size }, layout, bytes).target]).toEqual([
      ...[10, 20, 30, 255],
      ...[100, 120, 140, 255],
    ]);
  });

  it('takes ten bits as eight', () => {
    const words = Uint16Array.of(504, 504, 504, 504, 512, 512);
    const layout = [
      { offset: 0, stride: 4 },
      { offset: 8, stride: 2 },
      { offset: 10, stride: 2 },
    ];
    const picture = { format: 'I420P10', width: 2, height: 2, matrix: 'bt709' };
    const { target } = read(picture, layout, new Uint8Array(words.buffer));
    expect([...target.subarray(0, 4)]).toEqual([128, 128, 128, 255]);
  });

  it.each([
    [null, false],
    ['NV12', true],
    ['a format of tomorrow', false],
  ] as const)('%s can be read: %s', (format, can) => {
    expect(isReadable(format)).toBe(can);
  });
});

describe('turning', () => {
  it.each([
    [0, false, [1, 2, 3, 4, 5, 6]],
    [90, false, [5, 3, 1, 6, 4, 2]],
    [180, false, [6, 5, 4, 3, 2, 1]],
    [270, false, [2, 4, 6, 1, 3, 5]],
    [0, true, [2, 1, 4, 3, 6, 5]],
    [90, true, [1, 3, 5, 2, 4, 6]],
  ] as const)('by %s degrees, mirrored %s', (rotation, flip, pixels) => {
    // Two pixels across, three down.
    const from = new Uint8ClampedArray(new Uint32Array([1, 2, 3, 4, 5, 6]).buffer);
    const to = new Uint8ClampedArray(24);
    turn(from, { width: 2, height: 3 }, to, rotation, flip);
    expect([...new Uint32Array(to.buffer)]).toEqual(pixels);
  });
});
