/** What the converter does beside translating operations: folding, dropping channels, leaving out. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { inferShapes } from '../../../../lib/onnx/shapes.ts';
import { writeModel } from '../../../../lib/onnx/write.ts';
import { convert, type ConversionSpec } from '../../../../models/tfjs/convert.ts';
import { ConversionError } from '../../../../models/tfjs/errors.ts';
import { importGraph } from '../../../../models/tfjs/import.ts';
import { joinClips } from '../../../../models/tfjs/passes.ts';
import { compare, noisePicture, runOnPicture } from '../tools.ts';
import { plain, random, spec, window } from './small.ts';
import { loadGraph, runGraph, smallGraph, type GraphFiles, type SmallConstant } from './tensorflow.ts';

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

  it('stay apart where another node reads the value between them', () => {
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
      says: 'another node needs them',
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

it('makes the same bytes every time', () => {
  const { json, weights } = smallGraph({ height: 8, width: 8 }, { w: random(3, 3, 3, 4) }, [
    { name: 'y', op: 'Conv2D', input: ['picture', 'w'], attr: window(1) },
  ]);
  const once = () => writeModel(convert(json, weights, spec({ height: 8, width: 8 })));
  expect(once()).toEqual(once());
});
