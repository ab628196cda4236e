/** The depthwise kernels against sums in plain JavaScript, rounded where they round. */
import { describe, expect, it } from 'vitest';
import { depthwise, PARAMETERS, WINDOWS, type Window } from '../../../../models/runtime/depthwise.ts';
import type { NumberType } from '../../../../lib/wasm/small.ts';
import { kernelOf, numbers, UNTOUCHED } from './host.ts';

const SIGNATURE = Array<NumberType>(PARAMETERS).fill('i32');
const { fround } = Math;
/** Floats between what the kernel may write and the rest. */
const [FILTER, BUFFER, INPUT] = [64, 1024, 1024 + 128 * 128 + 64];

interface Shape {
  readonly height: number;
  readonly width: number;
  /** Above, left, below, right. */
  readonly padding: readonly [number, number, number, number];
}

function outputSize({ height, width, padding }: Shape, { size, stride }: Window): [number, number] {
  const [above, left, below, right] = padding;
  const along = (length: number) => Math.floor((length - size) / stride) + 1;
  return [along(height + above + below), along(width + left + right)];
}

/** As the runtime adds them up: over the window's rows, and zeros for what lies outside. */
function expected(
  shape: Shape,
  { size, stride }: Window,
  input: Float32Array,
  filter: Float32Array,
): number[] {
  const [rows, columns] = outputSize(shape, { size, stride } as Window);
  return Array.from({ length: rows * columns }, (_, i) => {
    const top = Math.floor(i / columns) * stride - shape.padding[0];
    const left = (i % columns) * stride - shape.padding[1];
    let sum = 0;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const inside = top + y >= 0 && top + y < shape.height && left + x >= 0 && left + x < shape.width;
        const pixel = inside ? input[(top + y) * shape.width + left + x]! : 0;
        sum = fround(sum + fround(pixel * filter[y * size + x]!));
      }
    }
    return sum;
  });
}

async function run(shape: Shape, window: Window, input: Float32Array, filter: Float32Array) {
  const { floats, words, run: kernel } = await kernelOf(SIGNATURE, [], depthwise(window, false));
  const [rows, columns] = outputSize(shape, window);
  const fields = { 24: shape.height, 28: shape.width, 60: shape.padding[0], 64: shape.padding[1] };
  for (const [offset, value] of Object.entries({ ...fields, 100: rows, 104: columns }))
    words[Number(offset) / 4] = value;
  floats.set(filter, FILTER);
  floats.set(input, INPUT);
  const output = INPUT + input.length + 64;
  kernel(...[0, INPUT, FILTER, 0, BUFFER, output, 0, rows * columns].map((at) => at * 4));
  return {
    found: floats.slice(output, output + rows * columns),
    around: [floats[output - 1], floats[output + rows * columns]],
  };
}

const same = (size: number): Shape['padding'] => {
  const half = (size - 1) / 2;
  return [half, half, half, half];
};

const SHAPES: { says: string; shape: (window: Window) => Shape }[] = [
  { says: 'a picture of whole blocks', shape: ({ size }) => ({ height: 6, width: 32, padding: same(size) }) },
  { says: 'an odd picture', shape: ({ size }) => ({ height: 9, width: 21, padding: same(size) }) },
  { says: 'a narrow picture', shape: ({ size }) => ({ height: 11, width: 5, padding: same(size) }) },
  { says: 'more window than picture', shape: ({ size }) => ({ height: 2, width: 2, padding: same(size) }) },
  { says: 'no padding', shape: () => ({ height: 8, width: 27, padding: [0, 0, 0, 0] }) },
  {
    says: 'padding below and right only',
    shape: ({ size }) => ({ height: 8, width: 24, padding: [0, 0, size - 2, size - 2] }),
  },
  {
    says: 'more padding above and left',
    shape: ({ size }) => ({ height: 7, width: 18, padding: [size - 1, size - 1, 0, 0] }),
  },
  { says: 'a wide picture', shape: ({ size }) => ({ height: 5, width: 300, padding: same(size) }) },
];

describe.each(WINDOWS)('a window of $size in steps of $stride', (window) => {
  it.each(SHAPES)('$says', async ({ shape: make }) => {
    const shape = make(window);
    const input = numbers(shape.height * shape.width, 5);
    const filter = numbers(window.size ** 2, 6);
    const { found, around } = await run(shape, window, input, filter);
    expect([...found]).toEqual(expected(shape, window, input, filter));
    expect(around).toEqual([UNTOUCHED, UNTOUCHED]);
  });
});
