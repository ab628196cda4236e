/** Graphs freed of their size, and the padding that makes it possible. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { convert } from '../../../../models/tfjs/convert.ts';
import { ConversionError } from '../../../../models/tfjs/errors.ts';
import { windowed } from '../../../../models/tfjs/sizes.ts';
import { compare, noisePicture, runOnPicture } from '../tools.ts';
import { random, spec, whole, window } from './small.ts';
import { loadGraph, runGraph, smallGraph } from './tensorflow.ts';

beforeAll(() => tf.setBackend('cpu'));

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
        size: whole([height / 2, width / 2]),
        axis: { shape: [], values: [3], type: 'int32' },
        rows: whole([1, (height / 2) * (width / 2) * 4, 2]),
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
    ...[
      { axis: 'rows', strides: [1, 4, 1, 1] },
      { axis: 'columns', strides: [1, 1, 4, 1] },
    ].map(({ axis, strides }) => ({
      says: `a stride over ${axis} alone does not divide every size`,
      run: () =>
        smallGraph({ height: 32, width: 32 }, { w }, [
          { name: 'y', op: 'Conv2D', input: ['picture', 'w'], attr: { ...window(1), strides } },
        ]),
      multipleOf: 2,
    })),
    {
      says: 'a resize is by no whole factor',
      run: () =>
        smallGraph({ height: 32, width: 32 }, { w, size: whole([40, 40]) }, [
          { name: 'a', op: 'Conv2D', input: ['picture', 'w'], attr: window(1) },
          { name: 'y', op: 'ResizeBilinear', input: ['a', 'size'], attr: {} },
        ]),
      multipleOf: 32,
    },
    {
      says: 'a reshape mixes pixels',
      run: () =>
        smallGraph({ height: 32, width: 32 }, { w, s: whole([1, ((32 * 32 * 4) / 7) | 0, 7]) }, [
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
