/** The scanner of `npm run prove` finds a picture in every form it may have, and counts copies; it finds no other picture. */
import { describe, expect, test } from 'vitest';
import { COLUMNS, makeCanary, ROWS, toI420, toRgb } from '../../prove/canary.ts';
import { Count, count, Traces, type Copies } from '../../prove/traces.ts';

const [WIDTH, HEIGHT] = [640, 360];
const canary = makeCanary(20261130);
const traces = new Traces(canary);
const decoy = new Traces(makeCanary(7));

/** Colours of each pixel. */
function pixels(width: number, height: number) {
  const colours = canary.blocks.map((line) => line.map((block) => toRgb(block, 'bt709')));
  return Array.from(
    { length: width * height },
    (_, i) =>
      colours[Math.floor((Math.floor(i / width) * ROWS) / height)]![
        Math.floor(((i % width) * COLUMNS) / width)
      ]!,
  );
}
const bytes = (values: Uint8Array | Uint8ClampedArray | Float32Array) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
const packed = (order: readonly number[]) =>
  Uint8Array.from(pixels(WIDTH, HEIGHT).flatMap((rgb) => order.map((i) => (i < 3 ? rgb[i]! : 255))));
const normalised = (value: number) => (value - 123.7) / 58.4;

/** A memory in which the parts lie among other things. */
function found(...parts: Uint8Array[]): { canary: Copies; decoy: Copies } {
  const noise = Uint8Array.from({ length: 65_536 }, (_, i) => (Math.imul(i, 2654435761) >>> 24) & 255);
  const all = parts.flatMap((part) => [noise, part]);
  const memory = new Uint8Array(all.reduce((length, part) => length + part.length, 0) & ~3);
  let at = 0;
  for (const part of all) {
    memory.set(part.subarray(0, memory.length - at), at);
    at += part.length;
  }
  const counts = [new Count(traces), new Count(decoy)] as const;
  count(new Uint32Array(memory.buffer), 0, counts);
  return { canary: counts[0].total(), decoy: counts[1].total() };
}

describe('a picture is found once', () => {
  const planar = Float32Array.from(
    [0, 1, 2].flatMap((i) => pixels(320, 192).map((rgb) => normalised(rgb[i]!))),
  );
  const three = Float32Array.from(pixels(320, 192).flatMap((rgb) => rgb.map(normalised)));
  const four = Float32Array.from(pixels(320, 192).flatMap((rgb) => [...rgb.map((v) => v / 255), 1]));
  const i420 = toI420(canary, WIDTH, HEIGHT);
  const nv12 = Uint8Array.from(i420);
  const half = (WIDTH * HEIGHT) / 4;
  for (let i = 0; i < half; i++) {
    nv12[4 * half + 2 * i] = i420[4 * half + i]!;
    nv12[4 * half + 2 * i + 1] = i420[5 * half + i]!;
  }
  test.each([
    ['as planes Y, U, V', 'yuv', i420],
    ['as a plane Y and a plane UV', 'yuv', nv12],
    ['as the colour of a plane Y and a plane UV alone', 'yuv', nv12.subarray(4 * half)],
    ['as RGBA', 'rgba', packed([0, 1, 2, 3])],
    ['as BGRA', 'bgra', packed([2, 1, 0, 3])],
    ['as RGB', 'rgb', packed([0, 1, 2])],
    ['as floats in planes, normalised', 'floats', bytes(planar)],
    ['as floats in threes, normalised', 'floats', bytes(three)],
    ['as floats in fours, 0 to 1', 'floats', bytes(four)],
  ] as const)('%s', (_, kind, memory) => {
    const seen = found(memory);
    // Beginning and end of a picture may lie in other pieces: a row less is not a picture less.
    expect(seen.canary[kind]).toBeGreaterThan(0.85);
    expect(seen.canary[kind]).toBeLessThanOrEqual(1);
    expect(Object.keys(seen.canary)).toEqual([kind]);
    expect(seen.decoy).toEqual({});
  });
});

test('three copies are three, half a picture is half a copy', () => {
  const picture = packed([2, 1, 0, 3]);
  expect(found(picture, picture, picture).canary.bgra).toBeCloseTo(3, 0);
  expect(found(picture.subarray(0, picture.length / 2)).canary.bgra).toBeCloseTo(0.5, 0);
});

test('a picture that was turned by a quarter', () => {
  const upright = pixels(WIDTH, HEIGHT);
  const turned = Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, at) => {
    const [x, y] = [(at >> 2) % HEIGHT, Math.floor((at >> 2) / HEIGHT)];
    return at % 4 === 3 ? 255 : upright[(HEIGHT - 1 - x) * WIDTH + y]![at % 4]!;
  });
  expect(found(turned).canary.rgba).toBeCloseTo(1, 1);
});

test('a memory without it', () => {
  expect(found()).toEqual({ canary: {}, decoy: {} });
});
