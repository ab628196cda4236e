import { describe, expect, it } from 'vitest';
import {
  COLUMNS,
  drawCanary,
  makeCanary,
  ROWS,
} from '../../../../../../workers/camera/runtime/proof/canary.ts';
import { Traces } from '../../../../../../workers/camera/runtime/proof/traces.ts';
import { random } from '../../vision/rng.ts';

const WIDTH = 640;
const HEIGHT = 360;
const canaryOf = (seed: number) => {
  const next = random(seed);
  return makeCanary({ width: WIDTH, height: HEIGHT }, (bytes) =>
    bytes.forEach((_, i) => (bytes[i] = next() * 256)),
  );
};
const canary = canaryOf(1);
const traces = new Traces(canary);

function drawn(of = canary): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  drawCanary(of, pixels);
  return pixels;
}

/** Nearest neighbours, [height, width, 3]. */
function scaled(width: number, height: number, of = canary): number[][] {
  const pixels = drawn(of);
  return Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [
      Math.floor(((i % width) * WIDTH) / width),
      Math.floor((Math.floor(i / width) * HEIGHT) / height),
    ];
    return [...pixels.subarray((y * WIDTH + x) * 4, (y * WIDTH + x) * 4 + 3)];
  });
}

/** Something that has been in memory before, at an odd place. */
function memoryWith(bytes: ArrayBufferView, at = 4096 + 12): ArrayBuffer {
  const next = random(9);
  const memory = new Uint8Array(at + bytes.byteLength + 100_000).map(() => next() * 256);
  memory.set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), at);
  return memory.buffer;
}

const planes = (pixels: number[][], of: (value: number) => number) =>
  Float32Array.from({ length: pixels.length * 3 }, (_, i) =>
    of(pixels[i % pixels.length]![Math.floor(i / pixels.length)]!),
  );

describe('a canary is found', () => {
  it.each([
    { form: 'RGBA', memory: () => drawn() },
    {
      form: 'BGRA',
      memory: () => drawn().map((_, i, all) => (i % 4 === 3 ? 255 : all[i - (i % 4) + 2 - (i % 4)]!)),
    },
    { form: 'RGB bytes', memory: () => Uint8Array.from(scaled(WIDTH, HEIGHT).flat()) },
    {
      form: 'brightness in bytes',
      memory: () =>
        Uint8Array.from(scaled(WIDTH, HEIGHT), ([r, g, b]) => 0.299 * r! + 0.587 * g! + 0.114 * b!),
    },
    {
      form: 'RGBA, half as large',
      memory: () => Uint8Array.from(scaled(320, 180).flatMap((p) => [...p, 255])),
    },
    { form: 'floats in planes, normalised', memory: () => planes(scaled(320, 192), (x) => x / 127.5 - 1) },
    {
      form: 'floats in pixels, normalised',
      memory: () => Float32Array.from(scaled(320, 192).flat(), (x) => (x - 104) / 58),
    },
    { form: 'floats, turned to a negative', memory: () => planes(scaled(512, 288), (x) => 1 - x / 255) },
    {
      form: 'a part, enlarged',
      memory: () =>
        Uint8Array.from(
          scaled(2 * WIDTH, 2 * HEIGHT)
            .filter((_, i) => i % (2 * WIDTH) < 500)
            .flatMap((p) => [...p, 255]),
        ),
    },
  ])('as $form', ({ memory }) => {
    expect(traces.find(memoryWith(memory()))).toBe(true);
  });

  it('as floats of half precision', () => {
    const { buffer } = Uint16Array.from(
      planes(scaled(320, 192), (x) => x / 255),
      (x) => {
        if (x === 0) return 0;
        const exponent = Math.floor(Math.log2(x));
        return ((exponent + 15) << 10) | Math.round((x / 2 ** exponent - 1) * 1023);
      },
    );
    expect(traces.find(memoryWith(new Uint8Array(buffer)))).toBe(true);
  });

  it('also where only a few of its rows are left', () => {
    const pixels = drawn();
    const rowBytes = (WIDTH * 4 * HEIGHT) / ROWS;
    expect(traces.find(memoryWith(pixels.subarray(4 * rowBytes, 7 * rowBytes)))).toBe(true);
  });
});

describe('a canary is not found', () => {
  it.each([
    { says: 'in zeros', memory: () => new Uint8Array(1 << 20) },
    { says: 'in noise', memory: () => drawn().map((_, i) => (i * 2654435761) >>> 24) },
    { says: 'in another canary', memory: () => drawn(canaryOf(2)) },
    { says: 'in one block', memory: () => drawn().fill(77) },
    { says: 'in a ramp', memory: () => Uint8Array.from({ length: 1 << 18 }, (_, i) => (i >> 6) & 255) },
    {
      says: 'in steps of random weights',
      memory: () => {
        const next = random(5);
        return Float32Array.from({ length: 1 << 16 }, (_, i) =>
          i % 16 === 0 ? (step = next() - 0.5) : step,
        );
      },
    },
  ])('$says', ({ memory }) => {
    expect(traces.find(memoryWith(memory()))).toBe(false);
  });
});
let step = 0;

it('no two canaries are alike', () => {
  const [one, other] = [makeCanary({ width: 64, height: 36 }), makeCanary({ width: 64, height: 36 })];
  expect(one.colours).not.toEqual(other.colours);
  expect(one.colours.flat()).toHaveLength(ROWS * COLUMNS);
});

it('searches a hundred megabytes in about a second', () => {
  const next = random(3);
  const words = Float32Array.from({ length: 25_000_000 }, () => next());
  const before = process.cpuUsage();
  expect(traces.find(words.buffer)).toBe(false);
  // Of this process alone, in microseconds; the machine may be busy. Some 70 ms on an idle core.
  expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
});
