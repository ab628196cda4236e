import { describe, expect, it } from 'vitest';
import type { OnnxError } from '../../../../lib/onnx/errors.ts';
import { inferShapes } from '../../../../lib/onnx/shapes.ts';
import { graphOf, type Sketch } from '../../models/graphs.ts';

describe('open sizes', () => {
  const model = graphOf({
    inputs: { x: [1, 3, 'height', 'width'] },
    constants: { w: { dims: [8, 3, 3, 3] } },
    nodes: [['Conv', ['x', 'w'], ['y'], { strides: [2, 2], pads: [1, 1, 1, 1] }]],
    outputs: ['y'],
  });

  it('take the sizes that are given', () => {
    expect(inferShapes(model, { x: [1, 3, 288, 512] }).get('y')?.dims).toEqual([1, 8, 144, 256]);
  });

  it.each([
    { says: 'no sizes are given', inputs: {} },
    { says: 'a fixed size is given differently', inputs: { x: [1, 4, 32, 32] } },
    { says: 'the rank differs', inputs: { x: [1, 3, 32] } },
  ])('are refused as wrong-shape where $says', ({ inputs }) => {
    expect(() => inferShapes(model, inputs as Record<string, number[]>)).toThrow(
      expect.objectContaining({ reason: 'wrong-shape' }) as OnnxError,
    );
  });
});

describe('graphs that contradict themselves', () => {
  const refuse = (sketch: Omit<Sketch, 'outputs' | 'inputs'>, x = [1, 3, 8, 8]) => {
    const outputs = sketch.nodes.at(-1)![2];
    return () => inferShapes(graphOf({ ...sketch, inputs: { x }, outputs }));
  };
  it.each<{ says: string; reason: string; run: () => unknown }>([
    {
      says: 'a value nobody makes',
      reason: 'malformed',
      run: refuse({ nodes: [['Relu', ['nothing'], ['y']]] }),
    },
    {
      says: 'a convolution over the wrong number of channels',
      reason: 'malformed',
      run: refuse({ constants: { w: { dims: [8, 4, 3, 3] } }, nodes: [['Conv', ['x', 'w'], ['y']]] }),
    },
    {
      says: 'a kernel larger than the picture',
      reason: 'malformed',
      run: refuse({ constants: { w: { dims: [8, 3, 99, 99] } }, nodes: [['Conv', ['x', 'w'], ['y']]] }),
    },
    {
      says: 'sizes that do not broadcast',
      reason: 'malformed',
      run: refuse({ constants: { c: { dims: [5] } }, nodes: [['Add', ['x', 'c'], ['y']]] }),
    },
    {
      says: 'a reshape that loses elements',
      reason: 'malformed',
      run: refuse({ constants: { s: [7, -1] }, nodes: [['Reshape', ['x', 's'], ['y']]] }),
    },
    {
      says: 'an axis that is not there',
      reason: 'malformed',
      run: refuse({ nodes: [['Concat', ['x', 'x'], ['y'], { axis: 4 }]] }),
    },
    {
      says: 'a split that does not add up',
      reason: 'malformed',
      run: refuse({ nodes: [['Split', ['x'], ['y'], { axis: 1, split: [2] }]], opset: 11 }),
    },
    {
      says: 'more elements than any camera has',
      reason: 'malformed',
      run: refuse({ constants: { r: [9999, 9999, 9999, 9999] }, nodes: [['Tile', ['x', 'r'], ['y']]] }),
    },
    {
      says: 'an operation nobody knows',
      reason: 'unsupported',
      run: refuse({ nodes: [['Frobnicate', ['x'], ['y']]] }),
    },
    {
      says: 'a size that depends on the picture',
      reason: 'data-dependent',
      run: refuse({
        nodes: [
          ['Cast', ['x'], ['i'], { to: 7 }],
          ['Reshape', ['x', 'i'], ['y']],
        ],
      }),
    },
    {
      says: 'a missing input',
      reason: 'malformed',
      run: refuse({ nodes: [['Add', ['x', ''], ['y']]] }),
    },
  ])('$says is $reason', ({ reason, run }) => {
    expect(run).toThrow(expect.objectContaining({ name: 'OnnxError', reason }) as OnnxError);
  });
});
