import { describe, expect, it } from 'vitest';
import { analyse } from '../../../../lib/onnx/analysis.ts';
import { dissect, unknownOperators } from '../../../../lib/onnx/anatomy.ts';
import { sizesFor } from '../../../../lib/onnx/picture-sizes.ts';
import { occupancy } from '../../../../lib/onnx/liveness.ts';
import { graphOf, type Sketch } from '../../models/graphs.ts';

/** A 3 x 3 convolution of stride 2 with bias, a 1 x 1 one, and a shortcut around an activation. */
const small = graphOf({
  inputs: { x: [1, 3, 8, 8] },
  constants: {
    w: { dims: [4, 3, 3, 3] },
    b: { dims: [4] },
    v: { dims: [4, 4, 1, 1] },
  },
  nodes: [
    ['Conv', ['x', 'w', 'b'], ['c'], { strides: [2, 2], pads: [1, 1, 1, 1] }],
    ['Relu', ['c'], ['r']],
    ['Conv', ['r', 'v'], ['d']],
    ['Add', ['c', 'd'], ['y']],
  ],
  outputs: ['y'],
});

describe('a graph taken apart', () => {
  const anatomy = dissect(small);

  it('says the same as the card in total', () => {
    const { parameters, precision, macs, opset } = analyse(small);
    expect(anatomy).toMatchObject({ parameters, precision, macs, opset });
  });

  it('gives multiply-accumulates, number and kernels of each operation, the dearest first', () => {
    expect(anatomy.operators).toEqual([
      { op: 'Conv', count: 2, preparing: 0, macs: 4 * 4 * 4 * 27 + 4 * 4 * 4 * 4, kernels: [1, 3] },
      { op: 'Add', count: 1, preparing: 0, macs: 0, kernels: [] },
      { op: 'Relu', count: 1, preparing: 0, macs: 0, kernels: [] },
    ]);
  });

  it('tells what only prepares the picture', () => {
    const model = graphOf({
      inputs: { x: [1, 8, 8, 3] },
      constants: { w: { dims: [4, 3, 1, 1] } },
      nodes: [
        ['Transpose', ['x'], ['t'], { perm: [0, 3, 1, 2] }],
        ['Conv', ['t', 'w'], ['c']],
        ['Transpose', ['c'], ['y'], { perm: [0, 2, 3, 1] }],
      ],
      outputs: ['y'],
    });
    const { operators, picture } = dissect(model);
    expect(operators.find(({ op }) => op === 'Transpose')).toMatchObject({ count: 2, preparing: 1 });
    expect(picture).toEqual({ width: 8, height: 8 });
  });

  it('gives what is alive at each step', () => {
    // x 192 elements and c 64; c and r; c, r and d; c, d and y
    expect(anatomy.steps.map(({ op, alive }) => [op, alive.int8])).toEqual([
      ['Conv', 256],
      ['Relu', 128],
      ['Conv', 192],
      ['Add', 192],
    ]);
    expect(anatomy.steps.map(({ alive }) => alive.fp32 / alive.int8)).toEqual([4, 4, 4, 4]);
    expect(anatomy.peakActivationBytes).toEqual({ fp32: 1024, int8: 256 });
  });

  it('stores weights at three precisions; vectors keep four bytes at int8', () => {
    const elements = 4 * 27 + 4 + 16;
    expect(anatomy.weightBytes).toEqual({
      fp32: 4 * elements,
      fp16: 2 * elements,
      int8: 4 * 27 + 16 + 4 * 4,
    });
  });

  it('lets an activation function work in place where nobody else needs its input', () => {
    const model = graphOf({
      inputs: { x: [1, 4, 8, 8] },
      constants: { w: { dims: [4, 4, 1, 1] } },
      nodes: [
        ['Conv', ['x', 'w'], ['c']],
        ['Relu', ['c'], ['r']],
        ['Sigmoid', ['r'], ['s']],
        ['Conv', ['s', 'w'], ['y']],
      ],
      outputs: ['y'],
    });
    // x and c; c overwritten twice; then c and y
    expect(dissect(model).steps.map(({ alive }) => alive.int8)).toEqual([512, 256, 256, 512]);
  });

  it('never overwrites what goes in, or what comes out of the graph', () => {
    const model = graphOf({
      inputs: { x: [1, 4, 8, 8] },
      nodes: [
        ['Relu', ['x'], ['a']],
        ['Sigmoid', ['a'], ['y']],
      ],
      outputs: ['a', 'y'],
    });
    expect(dissect(model).steps.map(({ alive }) => alive.int8)).toEqual([512, 512]);
  });

  it('names the largest values, the largest first', () => {
    expect(anatomy.largest[0]).toEqual({ name: 'x', dims: [1, 3, 8, 8], bytes: { fp32: 768, int8: 192 } });
    expect(anatomy.largest).toHaveLength(5);
  });

  it('counts whole numbers as they are, also where floats take one byte', () => {
    const model = graphOf({
      inputs: { x: [1, 10] },
      nodes: [['ArgMax', ['x'], ['y'], { axis: 1 }]],
      outputs: ['y'],
    });
    expect(dissect(model).steps[0]?.alive).toEqual({ fp32: 40 + 8, int8: 10 + 8 });
  });
});

it('tells what is alive during each step, before anything is let go', () => {
  const sizes: Record<string, number> = { x: 10, a: 20, b: 5 };
  const steps = [
    { reads: ['x'], makes: ['a'] },
    { reads: ['a'], makes: ['b'] },
  ];
  expect(occupancy({ steps, inputs: ['x'], outputs: ['b'], bytes: (name) => sizes[name]! })).toEqual([
    30, 25,
  ]);
});

describe('open sizes', () => {
  const side = { width: 64, height: 32 };
  it.each<{ says: string; inputs: Sketch['inputs']; sizes: Record<string, number[]>; open: boolean }>([
    { says: 'fixed sizes stay', inputs: { x: [1, 3, 8, 8] }, sizes: { x: [1, 3, 8, 8] }, open: false },
    {
      says: 'an open batch is one picture',
      inputs: { x: ['N', 3, 8, 8] },
      sizes: { x: [1, 3, 8, 8] },
      open: false,
    },
    {
      says: 'open sides of a picture, channels first',
      inputs: { x: ['N', 3, 'h', null] },
      sizes: { x: [1, 3, 32, 64] },
      open: true,
    },
    {
      says: 'open sides of a picture, channels last',
      inputs: { x: [1, 'height', 'width', 4] },
      sizes: { x: [1, 32, 64, 4] },
      open: true,
    },
    {
      says: 'a picture of which nothing is known has three channels, first',
      inputs: { x: [null, null, null, null] },
      sizes: { x: [1, 3, 32, 64] },
      open: true,
    },
    {
      says: 'other open axes are one',
      inputs: { x: [1, 'words', 16], y: [2] },
      sizes: { x: [1, 1, 16], y: [2] },
      open: false,
    },
  ])('$says', ({ inputs, sizes, open }) => {
    expect(sizesFor(graphOf({ inputs, nodes: [], outputs: [] }), side)).toEqual({ sizes, open });
  });

  it('cannot be guessed where not even the number of axes is known', () => {
    const model = graphOf({ inputs: { x: [1] }, nodes: [], outputs: [] });
    model.graph.inputs[0]!.dims = null;
    expect(() => sizesFor(model, side)).toThrow(expect.objectContaining({ reason: 'wrong-shape' }) as Error);
  });
});

it('names every unknown operation once, foreign ones with their domain', () => {
  const model = graphOf({
    inputs: { x: [1] },
    nodes: [
      ['Relu', ['x'], ['a']],
      ['NonMaxSuppression', ['a'], ['b']],
      ['FusedGelu', ['b'], ['c']],
      ['NonMaxSuppression', ['c'], ['y']],
    ],
    outputs: ['y'],
  });
  model.graph.nodes[2]!.domain = 'com.microsoft';
  expect(unknownOperators(model)).toEqual(['NonMaxSuppression', 'com.microsoft:FusedGelu']);
});
