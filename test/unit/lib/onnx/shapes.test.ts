import { describe, expect, it } from 'vitest';
import { inferShapes } from '../../../../lib/onnx/shapes.ts';
import { graphOf, type Sketch } from '../../models/graphs.ts';

type Row = Omit<Sketch, 'outputs' | 'inputs'> & {
  says: string;
  x?: number[];
  expected: number[] | number[][];
  data?: number[];
};

/** Output shapes worked out by hand from the operator definitions (onnx/docs/Operators.md). */
const rows: Row[] = [
  // Convolutions: floor((size + pads - (kernel - 1) * dilation - 1) / stride) + 1
  {
    says: 'a convolution with a border keeps the size',
    x: [1, 3, 32, 48],
    constants: { w: { dims: [8, 3, 3, 3] } },
    nodes: [['Conv', ['x', 'w'], ['y'], { pads: [1, 1, 1, 1] }]],
    expected: [1, 8, 32, 48],
  },
  {
    says: 'a convolution with a stride and an uneven border',
    x: [1, 3, 32, 48],
    constants: { w: { dims: [8, 3, 3, 3] } },
    nodes: [['Conv', ['x', 'w'], ['y'], { strides: [2, 2], pads: [0, 0, 1, 1] }]],
    expected: [1, 8, 16, 24],
  },
  {
    says: 'a dilated convolution without a border',
    x: [1, 4, 20, 20],
    constants: { w: { dims: [4, 1, 3, 3] } },
    nodes: [['Conv', ['x', 'w'], ['y'], { dilations: [2, 3], group: 4 }]],
    expected: [1, 4, 16, 14],
  },
  {
    says: 'a convolution that pads by itself',
    x: [1, 3, 33, 33],
    constants: { w: { dims: [8, 3, 5, 5] } },
    nodes: [['Conv', ['x', 'w'], ['y'], { strides: [2, 2], auto_pad: 'SAME_UPPER' }]],
    expected: [1, 8, 17, 17],
  },
  {
    says: 'a transposed convolution',
    x: [1, 8, 16, 16],
    constants: { w: { dims: [8, 4, 4, 4] } },
    nodes: [['ConvTranspose', ['x', 'w'], ['y'], { strides: [2, 2], pads: [1, 1, 1, 1] }]],
    expected: [1, 4, 32, 32],
  },
  // Pools
  {
    says: 'a pool that rounds down',
    x: [1, 2, 7, 8],
    nodes: [['MaxPool', ['x'], ['y'], { kernel_shape: [2, 2], strides: [2, 2] }]],
    expected: [1, 2, 3, 4],
  },
  {
    says: 'a pool that rounds up',
    x: [1, 2, 7, 8],
    nodes: [['MaxPool', ['x'], ['y'], { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 }]],
    expected: [1, 2, 4, 4],
  },
  {
    // ceil((3 + 2 - 2) / 2) + 1 = 3 windows, of which the last starts in the border
    says: 'a pool that rounds up but would start in its border',
    x: [1, 1, 3, 3],
    nodes: [
      [
        'AveragePool',
        ['x'],
        ['y'],
        { kernel_shape: [2, 2], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1 },
      ],
    ],
    expected: [1, 1, 2, 2],
  },
  {
    says: 'a pool over everything',
    x: [1, 5, 9, 4],
    nodes: [['GlobalAveragePool', ['x'], ['y']]],
    expected: [1, 5, 1, 1],
  },
  // Element by element
  {
    says: 'broadcasting on both sides',
    x: [2, 1, 4],
    constants: { c: { dims: [3, 1] } },
    nodes: [['Add', ['x', 'c'], ['y']]],
    expected: [2, 3, 4],
  },
  {
    says: 'a comparison',
    x: [2, 2],
    constants: { c: { dims: [] } },
    nodes: [['Greater', ['x', 'c'], ['y']]],
    expected: [2, 2],
  },
  {
    says: 'several operands at once',
    x: [1, 4],
    constants: { a: { dims: [3, 1] }, b: { dims: [1] } },
    nodes: [['Max', ['x', 'a', 'b'], ['y']]],
    expected: [3, 4],
  },
  {
    says: 'a choice between two',
    x: [4, 1],
    constants: { c: { dims: [1, 5] }, d: { dims: [] } },
    nodes: [['Where', ['c', 'x', 'd'], ['y']]],
    expected: [4, 5],
  },
  // Matrices
  {
    says: 'a product with a transposed matrix',
    x: [2, 8],
    constants: { w: { dims: [5, 8] } },
    nodes: [['Gemm', ['x', 'w'], ['y'], { transB: 1 }]],
    expected: [2, 5],
  },
  {
    says: 'a stack of products',
    x: [7, 1, 2, 3],
    constants: { w: { dims: [4, 3, 6] } },
    nodes: [['MatMul', ['x', 'w'], ['y']]],
    expected: [7, 4, 2, 6],
  },
  {
    says: 'a vector times a matrix',
    x: [3],
    constants: { w: { dims: [3, 6] } },
    nodes: [['MatMul', ['x', 'w'], ['y']]],
    expected: [6],
  },
  // Reductions
  {
    says: 'a mean that keeps its axes',
    x: [1, 3, 4, 5],
    nodes: [['ReduceMean', ['x'], ['y'], { axes: [2, -1] }]],
    expected: [1, 3, 1, 1],
  },
  {
    says: 'a sum whose axes are an input',
    x: [1, 3, 4],
    constants: { axes: [1] },
    nodes: [['ReduceSum', ['x', 'axes'], ['y'], { keepdims: 0 }]],
    expected: [1, 4],
  },
  {
    says: 'a sum over everything',
    x: [2, 3],
    nodes: [['ReduceSum', ['x'], ['y'], { keepdims: 0 }]],
    expected: [],
  },
  {
    says: 'the place of the largest',
    x: [1, 3, 4],
    nodes: [['ArgMax', ['x'], ['y'], { axis: -1, keepdims: 0 }]],
    expected: [1, 3],
  },
  // Arrangement
  {
    says: 'a reshape that copies a size and works one out',
    x: [1, 12, 4, 4],
    constants: { s: [0, 3, -1, 4] },
    nodes: [['Reshape', ['x', 's'], ['y']]],
    expected: [1, 3, 16, 4],
  },
  {
    says: 'flattening from an axis',
    x: [2, 3, 4, 5],
    nodes: [['Flatten', ['x'], ['y'], { axis: 2 }]],
    expected: [6, 20],
  },
  {
    says: 'a transposition',
    x: [1, 2, 3, 4],
    nodes: [['Transpose', ['x'], ['y'], { perm: [0, 2, 3, 1] }]],
    expected: [1, 3, 4, 2],
  },
  {
    says: 'a transposition of all axes',
    x: [2, 3, 4],
    nodes: [['Transpose', ['x'], ['y']]],
    expected: [4, 3, 2],
  },
  {
    says: 'squeezing named axes',
    x: [1, 3, 1, 1],
    constants: { a: [0, -1] },
    nodes: [['Squeeze', ['x', 'a'], ['y']]],
    expected: [3, 1],
  },
  {
    says: 'squeezing all axes of one',
    x: [1, 3, 1, 2],
    nodes: [['Squeeze', ['x'], ['y']]],
    expected: [3, 2],
  },
  {
    says: 'unsqueezing, axes as an attribute',
    x: [3, 4],
    nodes: [['Unsqueeze', ['x'], ['y'], { axes: [0, -1] }]],
    opset: 11,
    expected: [1, 3, 4, 1],
  },
  {
    says: 'joining',
    x: [1, 2, 5],
    constants: { c: { dims: [1, 7, 5] } },
    nodes: [['Concat', ['x', 'c', 'x'], ['y'], { axis: 1 }]],
    expected: [1, 11, 5],
  },
  {
    says: 'splitting into given parts',
    x: [1, 10],
    constants: { s: [3, 7] },
    nodes: [['Split', ['x', 's'], ['y', 'y1'], { axis: 1 }]],
    expected: [
      [1, 3],
      [1, 7],
    ],
  },
  {
    says: 'splitting evenly',
    x: [6, 4],
    nodes: [['Split', ['x'], ['y', 'y1', 'y2'], { axis: 0 }]],
    opset: 11,
    expected: [
      [2, 4],
      [2, 4],
      [2, 4],
    ],
  },
  {
    says: 'slicing with steps, to beyond the end, and from the end',
    x: [10, 10, 10],
    constants: { s: [1, -3, 0], e: [10, Number.MAX_SAFE_INTEGER, 4], a: [0, 1, 2], t: [2, 1, 1] },
    nodes: [['Slice', ['x', 's', 'e', 'a', 't'], ['y']]],
    expected: [5, 3, 4],
  },
  {
    says: 'slicing backwards',
    x: [5],
    constants: { s: [-1], e: [-(2 ** 53 - 1)], a: [0], t: [-1] },
    nodes: [['Slice', ['x', 's', 'e', 'a', 't'], ['y']]],
    expected: [5],
  },
  {
    says: 'slicing with attributes, as old files do',
    x: [1, 8],
    nodes: [['Slice', ['x'], ['y'], { starts: [2], ends: [6], axes: [1] }]],
    opset: 9,
    expected: [1, 4],
  },
  {
    says: 'gathering along an axis',
    x: [1, 4, 6],
    constants: { i: [2, 1, 0] },
    nodes: [['Gather', ['x', 'i'], ['y'], { axis: 1 }]],
    expected: [1, 3, 6],
  },
  {
    says: 'spreading out',
    x: [3, 1],
    constants: { s: [2, 1, 6] },
    nodes: [['Expand', ['x', 's'], ['y']]],
    expected: [2, 3, 6],
  },
  {
    says: 'tiling',
    x: [2, 3],
    constants: { r: [2, 2] },
    nodes: [['Tile', ['x', 'r'], ['y']]],
    expected: [4, 6],
  },
  {
    says: 'a border given as an input',
    x: [1, 2, 3, 3],
    constants: { p: [0, 1, 0, 0, 0, 1, 2, 2] },
    nodes: [['Pad', ['x', 'p'], ['y']]],
    expected: [1, 4, 5, 5],
  },
  {
    says: 'a border on some axes only',
    x: [1, 2, 3, 3],
    constants: { p: [1, 2], v: { dims: [] }, a: [-1] },
    nodes: [['Pad', ['x', 'p', 'v', 'a'], ['y']]],
    opset: 18,
    expected: [1, 2, 3, 6],
  },
  {
    says: 'depth to space',
    x: [1, 8, 2, 3],
    nodes: [['DepthToSpace', ['x'], ['y'], { blocksize: 2 }]],
    expected: [1, 2, 4, 6],
  },
  {
    says: 'space to depth',
    x: [1, 2, 4, 6],
    nodes: [['SpaceToDepth', ['x'], ['y'], { blocksize: 2 }]],
    expected: [1, 8, 2, 3],
  },
  // Resizing
  {
    says: 'resizing by factors, rounded down',
    x: [1, 2, 5, 5],
    constants: { f: { dims: [4], fill: 1.5 } },
    nodes: [['Resize', ['x', '', 'f'], ['y']]],
    expected: [1, 3, 7, 7],
  },
  {
    says: 'resizing to sizes',
    x: [1, 2, 5, 5],
    constants: { s: [1, 2, 9, 11] },
    nodes: [['Resize', ['x', '', '', 's'], ['y']]],
    expected: [1, 2, 9, 11],
  },
  {
    says: 'resizing as opset 10 writes it',
    x: [1, 2, 5, 5],
    constants: { f: { dims: [4], fill: 2 } },
    nodes: [['Resize', ['x', 'f'], ['y']]],
    opset: 10,
    expected: [2, 4, 10, 10],
  },
  // Quantisation and types
  {
    says: 'a cast',
    x: [3, 2],
    nodes: [['Cast', ['x'], ['y'], { to: 7 }]],
    expected: [3, 2],
  },
  // Sizes computed inside the graph, as PyTorch exports them
  {
    says: 'a shape known through Shape, Gather, Unsqueeze, Concat and Reshape',
    x: [1, 6, 8, 10],
    constants: { two: [2], rest: [-1], axes: [0] },
    nodes: [
      ['Shape', ['x'], ['all']],
      ['Gather', ['all', 'two'], ['height']],
      ['Squeeze', ['height', 'axes'], ['scalar']],
      ['Unsqueeze', ['scalar', 'axes'], ['vector']],
      ['Concat', ['vector', 'rest'], ['wanted'], { axis: 0 }],
      ['Reshape', ['x', 'wanted'], ['y']],
    ],
    expected: [8, 60],
  },
  {
    says: 'sizes computed by arithmetic: whole division cuts off',
    x: [1, 6, 9, 10],
    constants: { two: [2], s: [2], e: [4], a: [0] },
    nodes: [
      ['Shape', ['x'], ['all']],
      ['Slice', ['all', 's', 'e', 'a'], ['sides']],
      ['Div', ['sides', 'two'], ['y']],
    ],
    expected: [2],
    data: [4, 5],
  },
  {
    says: 'sizes computed through floats',
    x: [1, 6, 9, 10],
    constants: { s: [2], e: [4], a: [0], f: { dims: [1], fill: 1.5 } },
    nodes: [
      ['Shape', ['x'], ['all']],
      ['Slice', ['all', 's', 'e', 'a'], ['sides']],
      ['Cast', ['sides'], ['float'], { to: 1 }],
      ['Mul', ['float', 'f'], ['grown']],
      ['Floor', ['grown'], ['floored']],
      ['Cast', ['floored'], ['y'], { to: 7 }],
    ],
    expected: [2],
    data: [13, 15],
  },
  {
    says: 'a constant of a computed shape',
    x: [2, 3],
    nodes: [
      ['Shape', ['x'], ['s']],
      ['ConstantOfShape', ['s'], ['y']],
    ],
    expected: [2, 3],
  },
];

describe('shapes by hand', () => {
  it.each(rows)('$says', ({ x = [1], expected, data, ...sketch }) => {
    const outputs = sketch.nodes.at(-1)![2];
    const values = inferShapes(graphOf({ ...sketch, inputs: { x }, outputs }));
    const shapes = outputs.map((name) => values.get(name)?.dims);
    expect(shapes).toEqual(Array.isArray(expected[0]) ? expected : [expected]);
    if (data) expect(values.get(outputs[0]!)?.data).toEqual(data);
  });
});
