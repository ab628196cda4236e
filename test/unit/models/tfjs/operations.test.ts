/** Each operation by itself: a small graph run by TensorFlow.js and, converted, by ONNX Runtime. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { convert, type ConversionSpec } from '../../../../models/tfjs/convert.ts';
import { compare, noise, noisePicture, runOnPicture } from '../tools.ts';
import { loadGraph, runGraph, smallGraph, type SmallConstant } from './tensorflow.ts';

type Nodes = Parameters<typeof smallGraph>[2];
interface Row {
  says: string;
  /** What follows the 1 x 1 convolution "x", which turns the picture into `channels` channels. */
  nodes: Nodes;
  constants?: Record<string, SmallConstant>;
  channels?: number;
  height?: number;
  width?: number;
  output?: string;
}

const next = noise(11);
const random = (shape: number[], spread = 1): SmallConstant => ({
  shape,
  values: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (next() * 2 - 1) * spread),
});
const whole = (...values: number[]): SmallConstant => ({ shape: [values.length], values, type: 'int32' });
const window = (size: number, stride: number, padding: string, dilation = 1) => ({
  strides: [1, stride, stride, 1],
  dilations: [1, dilation, dilation, 1],
  ksize: [1, size, size, 1],
  padding,
  data_format: 'NHWC',
});

const convolutions: Row[] = [
  [1, 1, 'SAME', 1],
  [3, 1, 'SAME', 1],
  [3, 2, 'SAME', 1],
  [5, 2, 'SAME', 1],
  [3, 1, 'SAME', 2],
  [3, 2, 'VALID', 1],
  [2, 2, 'SAME', 1],
].flatMap(([size, stride, padding, dilation]) => {
  const [k, s, p, d] = [size as number, stride as number, padding as string, dilation as number];
  const attr = window(k, s, p, d);
  const named = `${k} x ${k}, stride ${s}, dilation ${d}, ${p}`;
  return [
    {
      says: `convolution ${named}`,
      constants: { w: random([k, k, 4, 6]) },
      nodes: [{ name: 'y', op: 'Conv2D', input: ['x', 'w'], attr }],
    },
    {
      says: `depthwise convolution ${named}`,
      constants: { w: random([k, k, 4, 2]) },
      nodes: [{ name: 'y', op: 'DepthwiseConv2dNative', input: ['x', 'w'], attr }],
    },
    {
      says: `odd sizes: convolution ${named}`,
      constants: { w: random([k, k, 4, 6]) },
      nodes: [{ name: 'y', op: 'Conv2D', input: ['x', 'w'], attr }],
      height: 13,
      width: 9,
    },
  ];
});

const bias = random([6]);
const rows: Row[] = [
  ...convolutions,
  {
    says: 'fused convolution, bias',
    constants: { w: random([3, 3, 4, 6]), b: bias },
    nodes: [
      {
        name: 'y',
        op: '_FusedConv2D',
        input: ['x', 'w', 'b'],
        attr: { ...window(3, 1, 'SAME'), fused_ops: ['BiasAdd'], num_args: 1 },
      },
    ],
  },
  ...['Relu', 'Relu6'].map((activation) => ({
    says: `fused convolution, bias and ${activation}`,
    constants: { w: random([3, 3, 4, 6], 3), b: bias },
    nodes: [
      {
        name: 'y',
        op: '_FusedConv2D',
        input: ['x', 'w', 'b'],
        attr: { ...window(3, 1, 'SAME'), fused_ops: ['BiasAdd', activation], num_args: 1 },
      },
    ],
  })),
  {
    says: 'fused depthwise convolution, bias and Relu6',
    constants: { w: random([3, 3, 4, 1], 3), b: random([4]) },
    nodes: [
      {
        name: 'y',
        op: 'FusedDepthwiseConv2dNative',
        input: ['x', 'w', 'b'],
        attr: { ...window(3, 2, 'SAME'), fused_ops: ['BiasAdd', 'Relu6'], num_args: 1 },
      },
    ],
  },
  ...['MaxPool', 'AvgPool'].flatMap((op) =>
    ['SAME', 'VALID'].map((padding) => ({
      says: `${op} ${padding}`,
      nodes: [{ name: 'y', op, input: ['x'], attr: window(2, 2, padding) }],
      // An average over an uneven border divides by what is inside in TensorFlow; sizes here divide evenly.
      height: 12,
      width: 8,
    })),
  ),
  {
    says: 'MaxPool SAME over an uneven border',
    nodes: [{ name: 'y', op: 'MaxPool', input: ['x'], attr: window(3, 2, 'SAME') }],
    height: 12,
    width: 9,
  },
  ...['Add', 'AddV2', 'Sub', 'Mul'].flatMap((op) => [
    {
      says: `${op} of two values`,
      constants: { w: random([1, 1, 4, 4]) },
      nodes: [
        { name: 'z', op: 'Conv2D', input: ['x', 'w'], attr: window(1, 1, 'SAME') },
        { name: 's', op: 'Sigmoid', input: ['x'] },
        { name: 'y', op, input: ['z', 's'] },
      ],
    },
    {
      says: `${op} of a value and one constant per channel`,
      constants: { c: random([4]) },
      nodes: [
        { name: 's', op: 'Sigmoid', input: ['x'] },
        { name: 'y', op, input: ['s', 'c'] },
      ],
    },
    {
      says: `${op} of a single constant and a value`,
      constants: { c: random([]) },
      nodes: [
        { name: 's', op: 'Sigmoid', input: ['x'] },
        { name: 'y', op, input: ['c', 's'] },
      ],
    },
    {
      says: `${op} of a value and a constant that varies over the picture`,
      constants: { c: random([12, 8, 4]) },
      nodes: [
        { name: 's', op: 'Sigmoid', input: ['x'] },
        { name: 'y', op, input: ['s', 'c'] },
      ],
    },
  ]),
  {
    says: 'Mul of a picture and a mean over it',
    constants: { axes: whole(1, 2) },
    nodes: [
      { name: 'm', op: 'Mean', input: ['x', 'axes'], attr: { keep_dims: true } },
      { name: 'y', op: 'Mul', input: ['x', 'm'] },
    ],
  },
  {
    says: 'RealDiv',
    constants: { c: { shape: [4], values: [2, 3, -4, 0.5] } },
    nodes: [
      { name: 's', op: 'Sigmoid', input: ['x'] },
      { name: 'y', op: 'RealDiv', input: ['s', 'c'] },
    ],
  },
  {
    says: 'batch normalisation as exporters leave it: Mul, then Add, after a depthwise convolution',
    constants: { w: random([3, 3, 4, 1]), scale: random([4]), shift: random([4]) },
    nodes: [
      { name: 'd', op: 'DepthwiseConv2dNative', input: ['x', 'w'], attr: window(3, 1, 'SAME') },
      { name: 'm', op: 'Mul', input: ['d', 'scale'] },
      { name: 'y', op: 'Add', input: ['m', 'shift'] },
    ],
  },
  {
    says: 'BiasAdd after a convolution',
    constants: { w: random([3, 3, 4, 6]), b: bias },
    nodes: [
      { name: 'c', op: 'Conv2D', input: ['x', 'w'], attr: window(3, 1, 'SAME') },
      { name: 'y', op: 'BiasAdd', input: ['c', 'b'], attr: { data_format: 'NHWC' } },
    ],
  },
  ...['Relu', 'Relu6', 'Sigmoid', 'Identity', 'Softmax'].map((op) => ({
    says: op,
    nodes: [{ name: 'y', op, input: ['x'] }],
  })),
  {
    says: 'Relu, Minimum 6, Maximum 0: one clip',
    constants: { six: { shape: [], values: [6] }, zero: { shape: [], values: [0] } },
    nodes: [
      { name: 'r', op: 'Relu', input: ['x'] },
      { name: 'm', op: 'Minimum', input: ['r', 'six'] },
      { name: 'y', op: 'Maximum', input: ['m', 'zero'] },
    ],
  },
  {
    says: 'Minimum alone, constant first',
    constants: { one: { shape: [], values: [1] } },
    nodes: [{ name: 'y', op: 'Minimum', input: ['one', 'x'] }],
  },
  {
    says: 'Maximum alone',
    constants: { low: { shape: [], values: [-1] } },
    nodes: [{ name: 'y', op: 'Maximum', input: ['x', 'low'] }],
  },
  {
    says: 'hard swish',
    constants: { three: { shape: [], values: [3] }, sixth: { shape: [], values: [0.1666259765625] } },
    nodes: [
      { name: 'a', op: 'Add', input: ['x', 'three'] },
      { name: 'r', op: 'Relu6', input: ['a'] },
      { name: 'm', op: 'Mul', input: ['sixth', 'x'] },
      { name: 'y', op: 'Mul', input: ['m', 'r'] },
    ],
  },
  ...[true, false].map((keep_dims) => ({
    says: `Mean ${keep_dims ? 'keeping' : 'dropping'} its axes`,
    constants: { axes: whole(1, 2) },
    nodes: [{ name: 'y', op: 'Mean', input: ['x', 'axes'], attr: { keep_dims } }],
  })),
  ...[
    { says: 'by its corners', attr: { align_corners: false, half_pixel_centers: false } },
    { says: 'by pixel centres', attr: { align_corners: false, half_pixel_centers: true } },
    { says: 'corner to corner', attr: { align_corners: true, half_pixel_centers: false } },
  ].flatMap(({ says, attr }) => [
    {
      says: `ResizeBilinear to twice the size ${says}`,
      constants: { size: whole(24, 16) },
      nodes: [{ name: 'y', op: 'ResizeBilinear', input: ['x', 'size'], attr }],
    },
    {
      says: `ResizeBilinear to any size ${says}`,
      constants: { size: whole(17, 11) },
      nodes: [{ name: 'y', op: 'ResizeBilinear', input: ['x', 'size'], attr }],
    },
  ]),
  ...[3, -1].map((axis) => ({
    says: `ConcatV2 of channels, axis ${axis}`,
    constants: { axis: { shape: [], values: [axis], type: 'int32' as const } },
    nodes: [
      { name: 's', op: 'Sigmoid', input: ['x'] },
      { name: 'y', op: 'ConcatV2', input: ['x', 's', 'x', 'axis'], attr: { N: 3 } },
    ],
  })),
  {
    says: 'ConcatV2 of rows',
    constants: { axis: { shape: [], values: [1], type: 'int32' } },
    nodes: [
      { name: 's', op: 'Sigmoid', input: ['x'] },
      { name: 'y', op: 'ConcatV2', input: ['x', 's', 'axis'], attr: { N: 2 } },
    ],
  },
  {
    says: 'Pad of channels',
    constants: { p: { shape: [4, 2], values: [0, 0, 0, 0, 0, 0, 0, 3], type: 'int32' } },
    nodes: [{ name: 'y', op: 'Pad', input: ['x', 'p'] }],
  },
  {
    says: 'Pad of a border, uneven',
    constants: { p: { shape: [4, 2], values: [0, 0, 1, 2, 0, 3, 0, 0], type: 'int32' } },
    nodes: [{ name: 'y', op: 'Pad', input: ['x', 'p'] }],
  },
  {
    says: 'Reshape of a picture into rows',
    constants: { s: whole(1, 192, 2) },
    nodes: [{ name: 'y', op: 'Reshape', input: ['x', 's'] }],
  },
  {
    says: 'a product of a vector and a matrix, bias and Relu',
    constants: { axes: whole(1, 2), w: random([4, 5]), b: random([5]) },
    nodes: [
      { name: 'm', op: 'Mean', input: ['x', 'axes'], attr: { keep_dims: false } },
      {
        name: 'y',
        op: '_FusedMatMul',
        input: ['m', 'w', 'b'],
        attr: { fused_ops: ['BiasAdd', 'Relu'], num_args: 1, transpose_a: false, transpose_b: false },
      },
    ],
  },
  {
    says: 'Softmax of a vector',
    constants: { axes: whole(1, 2) },
    nodes: [
      { name: 'm', op: 'Mean', input: ['x', 'axes'], attr: { keep_dims: false } },
      { name: 'y', op: 'Softmax', input: ['m'] },
    ],
  },
];

const spec: Omit<ConversionSpec, 'height' | 'width'> = {
  name: 'small',
  picture: 'picture',
  outputs: { out: { value: 'y' } },
  // Brings bytes to about -1..1, as networks like their numbers.
  normalisation: { channels: 'rgb', mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] },
};

describe('every operation gives in ONNX what it gives in TensorFlow.js', () => {
  beforeAll(() => tf.setBackend('cpu'));
  it.each(rows)('$says', async ({ nodes, constants = {}, channels = 4, height = 12, width = 8 }) => {
    const files = smallGraph({ height, width }, { first: random([1, 1, 3, channels], 4), ...constants }, [
      { name: 'x', op: 'Conv2D', input: ['picture', 'first'], attr: window(1, 1, 'SAME') },
      ...nodes,
    ]);
    const picture = noisePicture(width, height);
    const graph = await loadGraph(files);
    const [expected] = await runGraph(graph, picture, (rgb) => rgb.sub(127.5).div(127.5), ['y']);
    const { out } = await runOnPicture(
      convert(files.json, files.weights, { ...spec, height, width }),
      picture,
    );
    const { difference, scale } = compare(out!.data, expected!);
    // A handful of roundings of float32 (6e-8 each) in sums of up to a hundred terms.
    expect(difference).toBeLessThan(2e-6 * Math.max(scale, 1));
    expect(scale).toBeGreaterThan(0);
  });
});
