import { describe, expect, it } from 'vitest';
import { analyse } from '../../../../lib/onnx/analysis.ts';
import { peakOf } from '../../../../lib/onnx/liveness.ts';
import { float32Tensor, halved } from '../../../../lib/onnx/tensors.ts';
import { graphOf } from '../../models/graphs.ts';

describe('multiply-accumulates', () => {
  it.each([
    {
      // 16 x 16 x 8 outputs, each a sum over 3 x 3 x 3
      says: 'a convolution',
      x: [1, 3, 32, 32],
      w: [8, 3, 3, 3],
      node: ['Conv', ['x', 'w'], ['y'], { strides: [2, 2], pads: [0, 0, 1, 1] }] as const,
      macs: 16 * 16 * 8 * 27,
    },
    {
      // 10 x 10 x 4 outputs, each a sum over 3 x 3 of its own channel
      says: 'a depthwise convolution',
      x: [1, 4, 10, 10],
      w: [4, 1, 3, 3],
      node: ['Conv', ['x', 'w'], ['y'], { group: 4, pads: [1, 1, 1, 1] }] as const,
      macs: 10 * 10 * 4 * 9,
    },
    {
      // each of 5 x 5 x 8 inputs is spread over 2 channels of 2 x 2
      says: 'a transposed convolution',
      x: [1, 8, 5, 5],
      w: [8, 2, 2, 2],
      node: ['ConvTranspose', ['x', 'w'], ['y'], { strides: [2, 2] }] as const,
      macs: 5 * 5 * 8 * 2 * 4,
    },
    {
      says: 'a matrix product',
      x: [1, 64],
      w: [64, 10],
      node: ['Gemm', ['x', 'w'], ['y'], {}] as const,
      macs: 640,
    },
    {
      says: 'a stack of matrix products',
      x: [2, 3, 4],
      w: [4, 5],
      node: ['MatMul', ['x', 'w'], ['y'], {}] as const,
      macs: 2 * 3 * 5 * 4,
    },
    {
      says: 'an addition has none',
      x: [1, 64],
      w: [64],
      node: ['Add', ['x', 'w'], ['y'], {}] as const,
      macs: 0,
    },
  ])('$says', ({ x, w, node: [op, inputs, outputs, attributes], macs }) => {
    const model = graphOf({
      inputs: { x },
      constants: { w: { dims: w } },
      nodes: [[op, [...inputs], [...outputs], attributes as Record<string, number[]>]],
      outputs: ['y'],
    });
    expect(analyse(model).macs).toBe(macs);
  });
});

describe('parameters', () => {
  it('are weights and biases, not sizes, bounds, scales or leftovers', () => {
    const model = graphOf({
      inputs: { x: [1, 3, 4, 4] },
      constants: {
        w: { dims: [8, 3, 1, 1] },
        b: { dims: [8] },
        low: { dims: [] },
        scales: { dims: [4], fill: 1 },
        shape: [1, -1],
        unread: { dims: [100] },
      },
      nodes: [
        ['Conv', ['x', 'w', 'b'], ['c']],
        ['Clip', ['c', 'low'], ['r']],
        ['Resize', ['r', '', 'scales'], ['s']],
        ['Reshape', ['s', 'shape'], ['y']],
      ],
      outputs: ['y'],
    });
    expect(analyse(model)).toMatchObject({ parameters: 24 + 8, precision: 'fp32' });
  });

  it.each([
    { says: 'nearly all in half precision', half: 950, full: 50, precision: 'fp16' },
    { says: 'half and half', half: 500, full: 500, precision: 'mixed' },
    { says: 'nearly all in full precision', half: 50, full: 950, precision: 'fp32' },
  ])('$says: $precision', ({ half, full, precision }) => {
    const model = graphOf({
      inputs: { x: [1] },
      constants: { h: halved(float32Tensor('h', [half], Array<number>(half).fill(0)))!, f: { dims: [full] } },
      nodes: [
        ['Cast', ['h'], ['w'], { to: 1 }],
        ['Add', ['x', 'w'], ['a']],
        ['Add', ['x', 'f'], ['b']],
      ],
      outputs: ['a', 'b'],
    });
    const found = analyse(model);
    expect(found).toMatchObject({ parameters: half + full, precision });
    // The cast of the weights happens once, when the model is loaded.
    expect(found.operators).toEqual({ Add: 2 });
  });
});

describe('memory', () => {
  const schedule = (sizes: Record<string, number>, steps: [string[], string[]][], outputs: string[]) =>
    peakOf({
      steps: steps.map(([reads, makes]) => ({ reads, makes })),
      inputs: ['x'],
      outputs,
      bytes: (name) => sizes[name]!,
    });
  it.each([
    {
      // x + a = 30, then a + b = 25
      says: 'a chain: two neighbours at a time',
      peak: schedule(
        { x: 10, a: 20, b: 5 },
        [
          [['x'], ['a']],
          [['a'], ['b']],
        ],
        ['b'],
      ),
      expected: 30,
    },
    {
      // x + a, x + a + b = 40, b is dropped after c: x + b + c ...
      says: 'a shortcut keeps its source alive',
      peak: schedule(
        { x: 10, a: 20, b: 20, c: 10 },
        [
          [['x'], ['a']],
          [['a'], ['b']],
          [['x', 'b'], ['c']],
        ],
        ['c'],
      ),
      expected: 50,
    },
    {
      says: 'an output made early stays to the end',
      peak: schedule(
        { x: 1, a: 10, b: 10, c: 10 },
        [
          [['x'], ['a']],
          [['x'], ['b']],
          [['b'], ['c']],
        ],
        ['a', 'c'],
      ),
      expected: 30,
    },
    {
      says: 'a value without readers lives for its own step only',
      peak: schedule(
        { x: 1, a: 5, unread: 100, b: 5 },
        [
          [['x'], ['a', 'unread']],
          [['a'], ['b']],
        ],
        ['b'],
      ),
      expected: 106,
    },
    {
      says: 'a value read twice by one step counts once',
      peak: schedule({ x: 10, a: 10 }, [[['x', 'x'], ['a']]], ['a']),
      expected: 20,
    },
  ])('$says', ({ peak, expected }) => {
    expect(peak).toBe(expected);
  });

  it('counts bytes as bytes and floats as four, whatever their type', () => {
    const model = graphOf({
      inputs: { x: { type: 'uint8', dims: [100] } },
      nodes: [
        ['Cast', ['x'], ['half'], { to: 10 }],
        ['Cast', ['half'], ['y'], { to: 6 }],
      ],
      outputs: ['y'],
    });
    // 100 bytes and 100 floats; then 100 floats and 100 int32
    expect(analyse(model).peakActivationBytes).toBe(800);
  });
});

it('counts the operations that run for a picture, sorted by name, and tells the opset', () => {
  const model = graphOf({
    inputs: { x: [1, 4, 2, 2] },
    constants: { i: [0] },
    nodes: [
      ['Sigmoid', ['x'], ['s']],
      ['Relu', ['s'], ['r']],
      ['Shape', ['r'], ['shape']],
      ['Gather', ['shape', 'i'], ['n']],
      ['Relu', ['r'], ['y']],
    ],
    outputs: ['y'],
    opset: 13,
  });
  const found = analyse(model);
  expect(found).toMatchObject({ operators: { Relu: 2, Sigmoid: 1 }, opset: 13 });
  expect(Object.keys(found.operators)).toEqual(['Relu', 'Sigmoid']);
});
