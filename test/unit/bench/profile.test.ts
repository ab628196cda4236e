/** The parts of the profile that compute: shares of operators, differences of outputs, and the loop of the roofline. */
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../bench/profile/levers.ts';
import { sharesOf } from '../../bench/profile/operators.ts';
import { FLOPS_A_ROUND, peakModule } from '../../bench/profile/peaks.ts';

/** A line as ONNX Runtime writes it. */
const event = (node: string, op: string, dur: number, weights: number[], output: number[]) =>
  `${JSON.stringify({
    name: `${node}_kernel_time`,
    dur,
    args: {
      op_name: op,
      input_type_shape: [{ float: [1, 8, 4, 4] }, { float: weights }],
      output_type_shape: [{ float: output }],
    },
  })},`;

describe('shares of operators', () => {
  it('sorts convolutions, takes the fastest run of each operator and adds up its kind', () => {
    const shares = sharesOf([
      'something else on the console',
      event('a', 'FusedConv', 900, [16, 8, 1, 1], [1, 16, 4, 4]),
      event('a', 'FusedConv', 300, [16, 8, 1, 1], [1, 16, 4, 4]),
      event('b', 'Conv', 100, [16, 16, 1, 1], [1, 16, 4, 4]),
      event('c', 'Conv', 500, [8, 1, 3, 3], [1, 8, 4, 4]),
      event('d', 'Mul', 100, [8], [1, 8, 4, 4]),
    ]);
    expect(shares.map(({ kind, ms, share }) => [kind, ms, share])).toEqual([
      ['convolution, depthwise', 0.5, 0.5],
      ['convolution, pointwise', 0.4, 0.4],
      ['Mul', 0.1, 0.1],
    ]);
    // 8 channels of 16 outputs, 9 multiplications and additions each, in 500 microseconds.
    expect(shares[0]!.gflops).toBeCloseTo((2 * 8 * 16 * 9) / 500 / 1000, 10);
    expect(shares[1]!.gflops).toBeCloseTo((2 * 256 * (8 + 16)) / 400 / 1000, 10);
    expect(shares[2]!.gflops).toBeUndefined();
  });

  it('is nothing for a trace of nothing', () => expect(sharesOf(['[', ']'])).toEqual([]));
});

it.each([
  { says: 'the same', a: [1, -4], b: [1, -4], difference: 0 },
  { says: 'a share of the largest value', a: [1.5, -4], b: [1, -4], difference: 0.125 },
  { says: 'not comparable', a: [1], b: [1, -4], difference: undefined },
])('the difference of outputs: $says', ({ a, b, difference }) => {
  expect(differenceOf({ out: a }, { out: b })).toBe(difference);
});

describe('the loop of the roofline', () => {
  it('is a module that runs as many rounds as it is told and answers', async () => {
    const { instance } = await WebAssembly.instantiate(Uint8Array.from(peakModule(false)));
    const run = instance.exports['run'] as (rounds: number) => number;
    expect([0, 1]).toContain(run(1000));
    expect(FLOPS_A_ROUND % 8).toBe(0);
  });

  it('differs with fused instructions in nothing but them', () => {
    expect(peakModule(true).length).toBeLessThan(peakModule(false).length);
  });
});
