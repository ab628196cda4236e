/** What the converter does beside translating operations: folding, freeing sizes, dropping channels, refusing. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { inferShapes } from '../../../../models/onnx/shapes.ts';
import { writeModel } from '../../../../models/onnx/write.ts';
import { convert, type ConversionSpec } from '../../../../models/tfjs/convert.ts';
import { ConversionError } from '../../../../models/tfjs/errors.ts';
import { importGraph } from '../../../../models/tfjs/import.ts';
import { joinClips } from '../../../../models/tfjs/passes.ts';
import { windowed } from '../../../../models/tfjs/sizes.ts';
import { readWeights } from '../../../../models/tfjs/weights.ts';
import { compare, noise, noisePicture, runOnPicture } from '../tools.ts';
import { loadGraph, runGraph, smallGraph, type GraphFiles, type SmallConstant } from './tensorflow.ts';

const next = noise(5);
const random = (...shape: number[]): SmallConstant => ({
  shape,
  values: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next() * 2 - 1),
});
const window = (stride: number, padding = 'SAME') => ({
  strides: [1, stride, stride, 1],
  dilations: [1, 1, 1, 1],
  padding,
  data_format: 'NHWC',
});
const plain = { channels: 'rgb', mean: [0, 0, 0], std: [1, 1, 1] } as const;
const spec = (more: Partial<ConversionSpec> = {}): ConversionSpec => ({
  name: 'small',
  picture: 'picture',
  outputs: { out: { value: 'y' } },
  normalisation: plain,
  height: 32,
  width: 32,
  ...more,
});
const size = (values: number[]): SmallConstant => ({ shape: [values.length], values, type: 'int32' });

beforeAll(() => tf.setBackend('cpu'));

async function apart(files: GraphFiles, options: ConversionSpec, prepare: (rgb: tf.Tensor4D) => tf.Tensor) {
  const picture = noisePicture(options.width, options.height);
  const [expected] = await runGraph(await loadGraph(files), picture, prepare, ['y']);
  const { out } = await runOnPicture(convert(files.json, files.weights, options), picture);
  const { difference, scale } = compare(out!.data, expected!);
  return difference / scale;
}

describe('normalisation in the first convolution', () => {
  const conv = (input: string) => [{ name: 'y', op: 'Conv2D', input: [input, 'w'], attr: window(2) }];
  const mean = [103.939, 116.779, 123.68] as const;
  const graph = (nodes: Parameters<typeof smallGraph>[2], constants: Record<string, SmallConstant> = {}) =>
    smallGraph({ height: 32, width: 32 }, { w: random(5, 5, 3, 4), ...constants }, nodes);

  // A 5 x 5 kernel reaches two pixels over the border: a shift put into the bias would show there at once.
  it.each([
    {
      says: '-1..1, as a caller does it',
      files: graph(conv('picture')),
      normalisation: { channels: 'rgb', mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] } as const,
      prepare: (rgb: tf.Tensor4D) => rgb.div(127.5).sub(1),
    },
    {
      says: 'BGR less a mean, as a caller does it',
      files: graph(conv('picture')),
      normalisation: { channels: 'bgr', mean: [...mean], std: [1, 1, 1] } as const,
      prepare: (rgb: tf.Tensor4D) => rgb.reverse(3).sub(tf.tensor1d([...mean])),
    },
    {
      says: 'another spread for each colour',
      files: graph(conv('picture')),
      normalisation: {
        channels: 'bgr',
        mean: [103.53, 116.28, 123.675],
        std: [57.375, 57.12, 58.395],
      } as const,
      prepare: (rgb: tf.Tensor4D) =>
        rgb
          .reverse(3)
          .sub(tf.tensor1d([103.53, 116.28, 123.675]))
          .div(tf.tensor1d([57.375, 57.12, 58.395])),
    },
    {
      says: 'a chain at the start of the graph itself',
      files: graph(
        [
          { name: 'a', op: 'Sub', input: ['picture', 'centre'] },
          { name: 'b', op: 'Mul', input: ['scale', 'a'] },
          { name: 'c', op: 'Identity', input: ['b'] },
          { name: 'd', op: 'AddV2', input: ['c', 'shift'] },
          ...conv('d'),
        ],
        {
          centre: { shape: [1, 1, 1, 3], values: [100, 110, 120] },
          scale: { shape: [], values: [1 / 64] },
          shift: { shape: [3], values: [0.5, -0.25, 0] },
        },
      ),
      normalisation: plain,
      prepare: (rgb: tf.Tensor4D) => rgb,
    },
  ])('$says', async ({ files, normalisation, prepare }) => {
    const options = spec({ normalisation: normalisation as ConversionSpec['normalisation'] });
    expect(await apart(files, options, prepare)).toBeLessThan(2e-6);
  });

  it('leaves a single convolution behind, which reads four channels', () => {
    const { json, weights } = graph(conv('picture'));
    const { graph: made } = convert(json, weights, spec());
    expect(made.nodes.map(({ op }) => op)).toEqual(['Transpose', 'Cast', 'Conv']);
    expect(made.inputs).toEqual([{ name: 'input', type: 'uint8', dims: [1, 32, 32, 4] }]);
  });
});

describe('clips that follow each other', () => {
  const chain = (bounds: [string, number][], extra: Parameters<typeof smallGraph>[2] = []) => {
    const constants = Object.fromEntries(
      bounds.map(([, value], i) => [`c${i}`, { shape: [], values: [value] } satisfies SmallConstant]),
    );
    const nodes = bounds.map(([op], i) => ({
      name: `n${i}`,
      op,
      input: [i === 0 ? 'picture' : `n${i - 1}`, `c${i}`],
    }));
    const { json, weights } = smallGraph({ height: 4, width: 4 }, constants, [...nodes, ...extra]);
    const last = extra.at(-1)?.name ?? `n${bounds.length - 1}`;
    const ir = importGraph(json, weights, 'picture', [{ name: 'out', value: last }]);
    joinClips(ir);
    return [...ir.ops.values()].flatMap((op) => (op.kind === 'clip' ? [[op.low, op.high]] : []));
  };
  it.each<{ says: string; bounds: [string, number][]; clips: number[][] }>([
    {
      says: 'an upper and a lower bound',
      bounds: [
        ['Minimum', 6],
        ['Maximum', 0],
      ],
      clips: [[0, 6]],
    },
    {
      says: 'a lower and an upper bound',
      bounds: [
        ['Maximum', 0],
        ['Minimum', 6],
      ],
      clips: [[0, 6]],
    },
    {
      says: 'the tighter bound wins',
      bounds: [
        ['Minimum', 6],
        ['Minimum', 4],
        ['Maximum', 1],
      ],
      clips: [[1, 4]],
    },
    {
      says: 'bounds that cross leave the later one',
      bounds: [
        ['Minimum', 2],
        ['Maximum', 5],
      ],
      clips: [[5, 5]],
    },
  ])('$says', ({ bounds, clips }) => {
    expect(chain(bounds)).toEqual(clips);
  });

  it('stay apart where somebody else reads the value between them', () => {
    const both = { name: 'both', op: 'Add', input: ['n0', 'n1'] };
    expect(
      chain(
        [
          ['Minimum', 6],
          ['Maximum', 0],
        ],
        [both],
      ),
    ).toEqual([
      [-Infinity, 6],
      [0, Infinity],
    ]);
  });
});

describe('SAME padding', () => {
  it.each([
    { says: 'kernel 3, stride 2: none before, one after', kernel: 3, stride: 2, pads: [0, 1] },
    { says: 'kernel 5, stride 2: one before, two after', kernel: 5, stride: 2, pads: [1, 2] },
    { says: 'kernel 3, stride 1: one on each side', kernel: 3, stride: 1, pads: [1, 1] },
    { says: 'kernel 2, stride 2: none', kernel: 2, stride: 2, pads: [0, 0] },
    { says: 'kernel 7, stride 4: one before, two after', kernel: 7, stride: 4, pads: [1, 2] },
  ])('$says, at every multiple of 32', ({ kernel, stride, pads }) => {
    for (let side = 32; side <= 1920; side += 32) {
      const { size, before, after } = windowed(side, kernel, stride, 1, 'same');
      expect([size, before, after]).toEqual([side / stride, ...pads]);
    }
  });
});

describe('graphs freed of their size', () => {
  const nodes = (stride: number, padding = 'SAME') => [
    { name: 'a', op: 'Conv2D', input: ['picture', 'w'], attr: window(2) },
    { name: 'b', op: 'Conv2D', input: ['a', 'v'], attr: window(stride, padding) },
    { name: 'c', op: 'ResizeBilinear', input: ['b', 'size'], attr: { half_pixel_centers: true } },
    { name: 'd', op: 'ConcatV2', input: ['a', 'c', 'axis'], attr: { N: 2 } },
    { name: 'y', op: 'Reshape', input: ['d', 'rows'] },
  ];
  const files = (height: number, width: number, stride = 2, padding = 'SAME') =>
    smallGraph(
      { height, width },
      {
        w,
        v,
        size: size([height / 2, width / 2]),
        axis: { shape: [], values: [3], type: 'int32' },
        rows: size([1, (height / 2) * (width / 2) * 4, 2]),
      },
      nodes(stride, padding),
    );
  const w = random(3, 3, 3, 4);
  const v = random(5, 5, 4, 4);

  it('give at any size what TensorFlow gives from a graph made for that size', async () => {
    const { json, weights } = files(32, 32);
    const free = convert(json, weights, spec({ multipleOf: 4 }));
    expect(free.graph.inputs[0]?.dims).toEqual([1, 'height', 'width', 4]);
    for (const [height, width] of [
      [32, 32],
      [4, 12],
      [28, 60],
    ] as const) {
      const picture = noisePicture(width, height);
      const graph = await loadGraph(files(height, width));
      const [expected] = await runGraph(graph, picture, (rgb) => rgb, ['y']);
      const { out } = await runOnPicture(free, picture);
      const { difference, scale } = compare(out!.data, expected!);
      expect(difference / scale, `${width} x ${height}`).toBeLessThan(2e-6);
    }
  });

  it.each([
    { says: 'a stride does not divide every size', run: () => files(32, 32), multipleOf: 2 },
    {
      says: 'a window without padding shrinks the picture by pixels',
      run: () => files(32, 32, 2, 'VALID'),
      multipleOf: 4,
    },
    {
      says: 'a resize is by no whole factor',
      run: () =>
        smallGraph({ height: 32, width: 32 }, { w, size: size([40, 40]) }, [
          { name: 'a', op: 'Conv2D', input: ['picture', 'w'], attr: window(1) },
          { name: 'y', op: 'ResizeBilinear', input: ['a', 'size'], attr: {} },
        ]),
      multipleOf: 32,
    },
    {
      says: 'a reshape mixes pixels',
      run: () =>
        smallGraph({ height: 32, width: 32 }, { w, s: size([1, ((32 * 32 * 4) / 7) | 0, 7]) }, [
          { name: 'a', op: 'Conv2D', input: ['picture', 'w'], attr: window(1) },
          { name: 'y', op: 'Reshape', input: ['a', 's'] },
        ]),
      multipleOf: 32,
    },
  ])('are refused where $says', ({ run, multipleOf }) => {
    const { json, weights } = run();
    expect(() => convert(json, weights, spec({ multipleOf }))).toThrow(ConversionError);
  });
});

describe('channels that are not wanted', () => {
  const graph = smallGraph(
    { height: 8, width: 8 },
    { w: random(1, 1, 3, 4), v: random(3, 3, 4, 5), b: random(5) },
    [
      { name: 'a', op: 'Conv2D', input: ['picture', 'w'], attr: window(1) },
      {
        name: 'c',
        op: '_FusedConv2D',
        input: ['a', 'v', 'b'],
        attr: { ...window(1), fused_ops: ['BiasAdd', 'Relu6'], num_args: 1 },
      },
      { name: 'y', op: 'Sigmoid', input: ['c'] },
      { name: 'both', op: 'Add', input: ['c', 'y'] },
    ],
  );
  const small = spec({ height: 8, width: 8 });

  it('are cut out of the last convolution, in the order asked for, and nothing else changes', async () => {
    const picture = noisePicture(8, 8);
    const all = await runOnPicture(convert(graph.json, graph.weights, small), picture);
    const cut = convert(graph.json, graph.weights, {
      ...small,
      outputs: { out: { value: 'y', channels: [3, 0] } },
    });
    const { out } = await runOnPicture(cut, picture);
    expect(out!.dims).toEqual([1, 2, 8, 8]);
    expect(out!.data.slice(0, 64)).toEqual(all['out']!.data.slice(3 * 64, 4 * 64));
    expect(out!.data.slice(64)).toEqual(all['out']!.data.slice(0, 64));
  });

  it.each([
    { says: 'there are fewer', outputs: { out: { value: 'y', channels: [5] } } },
    {
      says: 'somebody else needs them',
      outputs: { out: { value: 'y', channels: [0] }, sum: { value: 'both' } },
    },
  ])('are refused where $says', ({ outputs }) => {
    expect(() => convert(graph.json, graph.weights, { ...small, outputs })).toThrow(ConversionError);
  });
});

describe('what is not reached is not converted', () => {
  it('leaves out what comes before the picture and after the outputs', () => {
    const { json, weights } = smallGraph({ height: 8, width: 8 }, { w: random(1, 1, 3, 4) }, [
      { name: 'odd', op: 'Unpack', input: ['picture'], attr: { axis: 0, num: 1 } },
      { name: 'inner', op: 'ExpandDims', input: ['odd', 'axis'] },
      { name: 'y', op: 'Conv2D', input: ['inner', 'w', '^odd'], attr: window(1) },
      { name: 'after', op: 'TopKV2', input: ['y', 'k'] },
    ]);
    const model = convert(json, weights, spec({ picture: 'inner', height: 8, width: 8 }));
    expect(model.graph.nodes.map(({ op }) => op)).toEqual(['Transpose', 'Cast', 'Conv']);
  });

  it('gives one value under two names', () => {
    const { json, weights } = smallGraph({ height: 8, width: 8 }, { w: random(1, 1, 3, 4) }, [
      { name: 'y', op: 'Conv2D', input: ['picture', 'w'], attr: window(1) },
    ]);
    const outputs = { a: { value: 'y' }, b: { value: 'y' } };
    const model = convert(json, weights, spec({ outputs, height: 8, width: 8 }));
    const values = inferShapes(model);
    expect([values.get('a')?.dims, values.get('b')?.dims]).toEqual([
      [1, 4, 8, 8],
      [1, 4, 8, 8],
    ]);
  });
});

describe('weights', () => {
  const halves = Float32Array.of(1, -0.5, 0.25, 2);
  const manifest = (
    weights: { name: string; shape: number[]; dtype: string; quantization?: { dtype: string } }[],
  ) => ({
    modelTopology: { node: [] },
    weightsManifest: [{ weights }],
  });
  it('are read as floats, halves and integers, one after the other', () => {
    const bytes = new Uint8Array(8 + 4 + 4);
    const view = new DataView(bytes.buffer);
    [0x3c00, 0xb800, 0x3400, 0x4000].forEach((half, i) => view.setUint16(i * 2, half, true));
    view.setInt32(8, -7, true);
    view.setFloat32(12, 0.1, true);
    const read = readWeights(
      manifest([
        { name: 'h', shape: [2, 2], dtype: 'float32', quantization: { dtype: 'float16' } },
        { name: 'i', shape: [1], dtype: 'int32' },
        { name: 'f', shape: [], dtype: 'float32' },
      ]),
      bytes,
    );
    expect(read.get('h')).toEqual({ shape: [2, 2], data: halves });
    expect(read.get('i')?.data).toEqual(Int32Array.of(-7));
    expect(read.get('f')?.data).toEqual(Float32Array.of(0.1));
  });

  it.each([
    { says: 'end too early', entry: { name: 'w', shape: [3], dtype: 'float32' } },
    { says: 'are left over', entry: { name: 'w', shape: [1], dtype: 'float32' } },
    { says: 'are of a type nobody knows', entry: { name: 'w', shape: [2], dtype: 'complex64' } },
    {
      says: 'are quantised to bytes',
      entry: { name: 'w', shape: [8], dtype: 'float32', quantization: { dtype: 'uint8' } },
    },
  ])('are refused where they $says', ({ entry }) => {
    expect(() => readWeights(manifest([entry]), new Uint8Array(8))).toThrow(ConversionError);
  });

  it('are stored in half precision only where that loses nothing', () => {
    const exact = { shape: [1, 1, 3, 8], values: Array.from({ length: 24 }, (_, i) => i / 16) };
    const rounded = { shape: [1, 1, 8, 8], values: Array.from({ length: 64 }, (_, i) => i / 10) };
    const { json, weights } = smallGraph({ height: 8, width: 8 }, { w: exact, v: rounded }, [
      { name: 'a', op: 'Conv2D', input: ['picture', 'w'], attr: window(1) },
      { name: 'y', op: 'Conv2D', input: ['a', 'v'], attr: window(1) },
    ]);
    const { graph } = convert(json, weights, spec({ height: 8, width: 8 }));
    expect(graph.initialisers.map(({ type, dims }) => `${type} ${dims.join()}`)).toEqual([
      'float16 8,4,1,1',
      'float32 8,8,1,1',
    ]);
  });
});

describe('graphs that cannot be converted', () => {
  const w = random(1, 1, 3, 4);
  const conv = { name: 'x', op: 'Conv2D', input: ['picture', 'w'], attr: window(1) };
  const y = (op: string, input: string[], attr: Record<string, unknown> = {}) => ({
    name: 'y',
    op,
    input,
    attr,
  });
  it.each([
    { says: 'an operation nobody knows', nodes: [conv, y('Frobnicate', ['x'])] },
    { says: 'an output that does not exist', nodes: [conv] },
    { says: 'a reader of a value nobody makes', nodes: [y('Relu', ['nothing'])] },
    {
      says: 'a fused activation nobody knows',
      nodes: [y('_FusedConv2D', ['picture', 'w', 'w'], { ...window(1), fused_ops: ['BiasAdd', 'Elu'] })],
    },
    { says: 'a kernel that is computed', nodes: [conv, y('Conv2D', ['picture', 'x'], window(1))] },
    { says: 'channels first', nodes: [y('Conv2D', ['picture', 'w'], { ...window(1), data_format: 'NCHW' })] },
    {
      says: 'a stride over channels',
      nodes: [y('Conv2D', ['picture', 'w'], { ...window(1), strides: [1, 1, 1, 2] })],
    },
    { says: 'a convolution over too many channels', nodes: [conv, y('Conv2D', ['x', 'w'], window(1))] },
    { says: 'a mean over channels', nodes: [conv, y('Mean', ['x', 'three'])] },
    { says: 'a picture that two read', nodes: [conv, { ...conv, name: 'z' }, y('Add', ['x', 'z'])] },
    { says: 'a picture that is not convolved', nodes: [y('Relu', ['picture'])] },
    {
      says: 'a normalisation that varies over the picture',
      nodes: [{ name: 'n', op: 'Add', input: ['picture', 'each'] }, y('Conv2D', ['n', 'w'], window(1))],
    },
  ])('$says', ({ nodes }) => {
    const constants = { w, three: size([3]), each: random(8, 8, 3) };
    const { json, weights } = smallGraph({ height: 8, width: 8 }, constants, nodes);
    expect(() => convert(json, weights, spec({ height: 8, width: 8 }))).toThrow(ConversionError);
  });
});

it('makes the same bytes every time', () => {
  const { json, weights } = smallGraph({ height: 8, width: 8 }, { w: random(3, 3, 3, 4) }, [
    { name: 'y', op: 'Conv2D', input: ['picture', 'w'], attr: window(1) },
  ]);
  const once = () => writeModel(convert(json, weights, spec({ height: 8, width: 8 })));
  expect(once()).toEqual(once());
});
