/** The matrix kernel against sums in plain JavaScript, rounded where it rounds. */
import { describe, expect, it } from 'vitest';
import { gemmKernel } from '../../../../models/runtime/gemm.ts';
import type { NumberType } from '../../../../lib/wasm/small.ts';
import { kernelOf, numbers, UNTOUCHED } from './host.ts';

const SIGNATURE: NumberType[] = [...Array<NumberType>(8).fill('i32'), 'f32'];
const PANEL = 16;
const { fround } = Math;

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
  readonly alpha: number;
}

/** Panels of 16 columns, [k, 16] each, filled up with zeros. */
function packed(b: Float32Array, { columns, k }: Shape): Float32Array {
  const panels = Math.ceil(columns / PANEL);
  const out = new Float32Array(panels * k * PANEL);
  for (let row = 0; row < k; row++)
    for (let column = 0; column < columns; column++)
      out[(Math.floor(column / PANEL) * k + row) * PANEL + (column % PANEL)] = b[row * columns + column]!;
  return out;
}

/** Does all rows with as many calls as it takes. @returns c with its stride, and the rows of each call */
async function product(shape: Shape, adds: boolean, a: Float32Array, b: Float32Array, before: Float32Array) {
  const { rows, columns, k, alpha } = shape;
  const [strideA, strideC] = [k + 3, columns + 5];
  const kernel = await kernelOf(SIGNATURE, ['i32'], gemmKernel({ adds, relaxed: false }));
  const [atA, atB, atC] = [
    16,
    16 + rows * strideA,
    16 + rows * strideA + Math.ceil(columns / 16) * k * PANEL,
  ];
  for (let row = 0; row < rows; row++) {
    kernel.floats.set(a.subarray(row * k, (row + 1) * k), atA + row * strideA);
    kernel.floats.set(before.subarray(row * columns, (row + 1) * columns), atC + row * strideC);
  }
  kernel.floats.set(packed(b, shape), atB);
  const steps: number[] = [];
  for (let done = 0; done < rows; done += steps.at(-1)!) {
    const operands = [atA + done * strideA, atB, atC + done * strideC].map((at) => at * 4);
    steps.push(kernel.run(...operands, k, rows - done, columns, strideA, strideC, alpha)!);
  }
  return { c: kernel.floats.slice(atC, atC + rows * strideC), strideC, steps };
}

const SHAPES: (Shape & { says: string })[] = [
  { says: 'one number', rows: 1, columns: 1, k: 1, alpha: 1 },
  { says: 'whole tiles', rows: 8, columns: 32, k: 16, alpha: 1 },
  { says: 'an odd number of everything', rows: 7, columns: 29, k: 13, alpha: 1 },
  { says: 'one row', rows: 1, columns: 23, k: 40, alpha: 1 },
  { says: 'two rows and two columns', rows: 2, columns: 2, k: 5, alpha: 1 },
  { says: 'three rows, half a panel', rows: 3, columns: 8, k: 4, alpha: 1 },
  { says: 'a number more than half a panel', rows: 4, columns: 9, k: 7, alpha: 1 },
  { says: 'a factor', rows: 5, columns: 15, k: 6, alpha: -0.75 },
  { says: 'a long sum', rows: 4, columns: 17, k: 1000, alpha: 1 },
];

describe.each([
  { says: 'written over', adds: false },
  { says: 'added', adds: true },
])('a product that is $says', ({ adds }) => {
  it.each(SHAPES)('$says', async (shape) => {
    const { rows, columns, k, alpha } = shape;
    const [a, b, before] = [numbers(rows * k, 1), numbers(k * columns, 2), numbers(rows * columns, 3)];
    const { c, strideC, steps } = await product(shape, adds, a, b, before);
    expect(steps.reduce((sum, step) => sum + step, 0)).toBe(rows);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < strideC; column++) {
        let sum = 0;
        for (let i = 0; i < k; i++) sum = fround(sum + fround(a[row * k + i]! * b[i * columns + column]!));
        const value = fround(sum * alpha);
        const wanted = adds ? fround(value + before[row * columns + column]!) : value;
        expect(c[row * strideC + column]).toBe(column < columns ? wanted : UNTOUCHED);
      }
    }
  });
});
