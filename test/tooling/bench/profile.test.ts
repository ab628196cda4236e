/** The parts of the profile that compute: operators' shares, differences, eight-bit numbers, the loop of the roofline. */
import { describe, expect, it } from 'vitest';
import { scaleOf, wholeWeights } from '../../bench/profile/int8.ts';
import { differenceOf, rmsOf } from '../../bench/profile/levers.ts';
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

  it('takes the shape of weights from what is known where the trace has it not', () => {
    const known = new Map([['Conv_1', [8, 1, 3, 3]]]);
    const [share] = sharesOf([event('Conv_1_token_7', 'QLinearConv', 500, [], [1, 4, 4, 8])], known);
    expect(share!.kind).toBe('convolution, depthwise');
    expect(share!.gflops).toBeCloseTo((2 * 8 * 16 * 9) / 500 / 1000, 10);
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

it('the root mean square of differences is a share of that of the worst output', () => {
  expect(rmsOf({ a: [3, 4], b: [1, 1] }, { a: [3, 4], b: [2, 0] })).toBeCloseTo(Math.SQRT1_2, 10);
  expect(rmsOf({ a: [3] }, { a: [3, 4] })).toBeUndefined();
});

describe('eight bits', () => {
  it.each([
    { says: 'both sides of nought', min: -5, max: 46, scale: 0.2, zero: 25 },
    { says: 'nought as the least', min: 0, max: 51, scale: 0.2, zero: 0 },
    { says: 'a range without nought, which is taken in', min: 10, max: 51, scale: 0.2, zero: 0 },
    { says: 'nothing but negative', min: -51, max: -10, scale: 0.2, zero: 255 },
    { says: 'nothing at all', min: 0, max: 0, scale: 1, zero: 0 },
  ])('cover $says', ({ min, max, scale, zero }) => {
    const found = scaleOf({ min, max });
    expect(found.scale).toBeCloseTo(scale, 10);
    expect(found.zero).toBe(zero);
  });

  it('hold weights to half a step of each output', () => {
    const weights = [0.5, -1, 0.25, 100, 30, -127, 0, 0, 0];
    const { whole, scales } = wholeWeights(weights, 3);
    expect([...whole]).toEqual([64, -127, 32, 100, 30, -127, 0, 0, 0]);
    weights.forEach((weight, i) => {
      const scale = scales[Math.floor(i / 3)]!;
      expect(Math.abs(whole[i]! * scale - weight)).toBeLessThanOrEqual(scale / 2 + 1e-6);
    });
  });
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
