/** Weights and graphs that are damaged, or that the converter does not know. */
import { describe, expect, it } from 'vitest';
import { convert } from '../../../../models/tfjs/convert.ts';
import { ConversionError } from '../../../../models/tfjs/errors.ts';
import type { WeightEntry } from '../../../../models/tfjs/topology.ts';
import { readWeights } from '../../../../models/tfjs/weights.ts';
import { random, spec, whole, window } from './small.ts';
import { smallGraph } from './tensorflow.ts';

describe('weights', () => {
  const halves = Float32Array.of(1, -0.5, 0.25, 2);
  const manifest = (weights: WeightEntry[]) => [{ weights }];
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

  it('of one byte stand for a multiple of it, and the bytes are kept', () => {
    const quantization = { dtype: 'uint8', scale: 0.5, min: -3 };
    const read = readWeights(
      manifest([
        { name: 'f', shape: [1], dtype: 'float32' },
        { name: 'b', shape: [3], dtype: 'float32', quantization },
      ]),
      // As a file is read: slices of a Buffer share its memory.
      Buffer.from([0, 0, 0x80, 0x3f, 0, 7, 255]),
    );
    read.get('b')!.stored!.bytes.slice().fill(1);
    expect(read.get('f')).toEqual({ shape: [1], data: Float32Array.of(1) });
    expect(read.get('b')).toEqual({
      shape: [3],
      data: Float32Array.of(-3, 0.5, 124.5),
      stored: { bytes: Uint8Array.of(0, 7, 255), scale: 0.5, min: -3 },
    });
  });

  it.each([
    { says: 'end too early', entry: { name: 'w', shape: [3], dtype: 'float32' } },
    { says: 'are left over', entry: { name: 'w', shape: [1], dtype: 'float32' } },
    { says: 'are of a type nobody knows', entry: { name: 'w', shape: [2], dtype: 'complex64' } },
    {
      says: 'are bytes without a scale',
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
    const constants = { w, three: whole([3]), each: random(8, 8, 3) };
    const { json, weights } = smallGraph({ height: 8, width: 8 }, constants, nodes);
    expect(() => convert(json, weights, spec({ height: 8, width: 8 }))).toThrow(ConversionError);
  });
});
