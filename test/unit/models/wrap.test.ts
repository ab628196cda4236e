import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCards } from '../../../models/build/cards.ts';
import type { OnnxError, OnnxReason } from '../../../lib/onnx/errors.ts';
import type { Dim, ElementType, Model } from '../../../lib/onnx/model.ts';
import { trueInputs } from '../../../lib/onnx/model.ts';
import { readModel } from '../../../lib/onnx/read.ts';
import { float32Tensor } from '../../../lib/onnx/tensors.ts';
import { writeModel } from '../../../lib/onnx/write.ts';
import { wrap, wrapFile } from '../../../models/wrap.ts';
import { graphOf } from './graphs.ts';
import {
  compare,
  noisePicture,
  runOnFloats,
  runOnPicture,
  SHARED_MODELS,
  toFloats,
  type Rgba,
} from './tools.ts';

type Contract = Parameters<typeof wrap>[1];
const plain: Contract = { width: 6, height: 4, channels: 'rgb', mean: [0, 0, 0], std: [1, 1, 1] };

/** A graph that gives its input back. */
const echo = (dims: Dim[] = [1, 3, 4, 6], input = 'data') =>
  graphOf({
    inputs: { [input]: dims },
    constants: { zero: { dims: [1] } },
    nodes: [['Add', [input, 'zero'], ['out']]],
    outputs: ['out'],
  });

/** What the contract says, computed apart: [3, height, width] of (byte - mean) / std in the model's order. */
function prepared(picture: Rgba, { channels, mean, std }: Contract): Float32Array {
  const floats = toFloats(picture);
  const area = picture.width * picture.height;
  return Float32Array.from({ length: 3 * area }, (_, i) => {
    const channel = Math.floor(i / area);
    const byte = floats[(i % area) * 3 + (channels === 'rgb' ? channel : 2 - channel)]!;
    return Math.fround((byte - Math.fround(mean[channel]!)) / Math.fround(std[channel]!));
  });
}

describe('a wrapped graph sees what its card says', () => {
  it.each<{ says: string; contract: Partial<Contract> }>([
    { says: 'RGB as it is', contract: {} },
    { says: 'BGR as it is', contract: { channels: 'bgr' } },
    { says: 'RGB, 0..1', contract: { std: [255, 255, 255] } },
    { says: 'RGB about a mean', contract: { mean: [127, 127, 127], std: [128, 128, 128] } },
    {
      says: 'BGR about three means',
      contract: { channels: 'bgr', mean: [103.53, 116.28, 123.675], std: [57.375, 57.12, 58.395] },
    },
  ])('$says', async ({ contract }) => {
    const whole = { ...plain, ...contract };
    const picture = noisePicture(6, 4);
    // The alpha channel must not matter.
    for (let i = 3; i < picture.data.length; i += 4) picture.data[i] = i;
    const { out } = await runOnPicture(wrap(echo(), whole), picture);
    expect(out!.dims).toEqual([1, 3, 4, 6]);
    expect(compare(out!.data, prepared(picture, whole)).difference).toBeLessThan(1e-4);
  });

  it.each(['float16', 'float64'] as const)('whatever the precision of input and output: %s', async (type) => {
    const model = graphOf({
      inputs: { data: { type, dims: [1, 3, 4, 6] } },
      nodes: [['Identity', ['data'], ['out']]],
      outputs: ['out'],
    });
    model.graph.outputs[0]!.type = type;
    const picture = noisePicture(6, 4);
    const { out } = await runOnPicture(wrap(model, plain), picture);
    expect(out!.data).toBeInstanceOf(Float32Array);
    expect(compare(out!.data, prepared(picture, plain)).difference).toBe(0);
  });

  it('takes its new name even if the old input had it', async () => {
    const { out } = await runOnPicture(wrap(echo([1, 3, 4, 6], 'input'), plain), noisePicture(6, 4));
    expect(out!.dims).toEqual([1, 3, 4, 6]);
  });

  it('keeps open sides open', async () => {
    const model = wrap(echo(['batch', 3, 'h', 'w']), { ...plain, multipleOf: 2 });
    expect(model.graph.inputs).toEqual([{ name: 'input', type: 'uint8', dims: [1, 'height', 'width', 4] }]);
    const { out } = await runOnPicture(model, noisePicture(8, 2));
    expect(out!.dims).toEqual([1, 3, 2, 8]);
  });

  it('fixes open sides where the card has fixed ones', () => {
    const model = wrap(echo([null, 3, 'h', 'w']), plain);
    expect(model.graph.inputs[0]?.dims).toEqual([1, 4, 6, 4]);
  });

  it('lists no constant among the inputs any more, so that the runtime may fold it', () => {
    const old: Model = echo();
    old.irVersion = 3;
    old.graph.inputs.push({ name: 'zero', type: 'float32', dims: [1] });
    const model = wrap(old, plain);
    expect(model.graph.inputs.map(({ name }) => name)).toEqual(['input']);
    expect(model.irVersion).toBeGreaterThanOrEqual(4);
  });

  it('drops constants that nobody reads, which runtimes warn of', () => {
    const trained = echo();
    trained.graph.initialisers.push(float32Tensor('counter', [1], [5]));
    expect(wrap(trained, plain).graph.initialisers.map(({ name }) => name)).not.toContain('counter');
  });

  it('leaves the graph it was given alone, and one that is wrapped already', () => {
    const model = echo();
    const before = writeModel(model);
    const bytes = writeModel(wrap(model, plain));
    expect(writeModel(model)).toEqual(before);
    expect(wrapFile(bytes, plain)).toBe(bytes);
  });
});

describe('a graph that is not what its card says is refused', () => {
  const two = graphOf({
    inputs: { a: [1, 3, 4, 6], b: [1, 3, 4, 6] },
    nodes: [['Add', ['a', 'b'], ['out']]],
    outputs: ['out'],
  });
  const none = graphOf({
    inputs: {},
    constants: { c: { dims: [1] } },
    nodes: [['Relu', ['c'], ['out']]],
    outputs: ['out'],
  });
  const typed = (type: ElementType, dims: Dim[], name = 'data') =>
    graphOf({ inputs: { [name]: { type, dims } }, nodes: [['Identity', [name], ['out']]], outputs: ['out'] });
  const taken = echo();
  taken.graph.initialisers.push(float32Tensor('input', [1], [0]));
  const still = echo();
  still.graph.nodes = [];
  const early = echo();
  early.graph.nodes[0]!.op = 'Gelu';
  const old = echo();
  old.opsets = { '': 6 };
  it.each<{ says: string; model: Model; contract?: Partial<Contract>; reason: OnnxReason }>([
    { says: 'another height', model: echo([1, 3, 5, 6]), reason: 'wrong-shape' },
    { says: 'another width', model: echo([1, 3, 4, 8]), reason: 'wrong-shape' },
    { says: 'one channel', model: echo([1, 1, 4, 6]), reason: 'wrong-shape' },
    { says: 'an open number of channels', model: echo([1, 'c', 4, 6]), reason: 'wrong-shape' },
    { says: 'channels last', model: echo([1, 4, 6, 3]), reason: 'wrong-shape' },
    { says: 'several pictures at once', model: echo([8, 3, 4, 6]), reason: 'fixed-batch' },
    { says: 'several pictures of another size', model: echo([8, 3, 4, 8]), reason: 'wrong-shape' },
    { says: 'no operations', model: still, reason: 'empty' },
    { says: 'an operation from after its opset', model: early, reason: 'newer-operator' },
    { says: 'brain floats', model: typed('bfloat16', [1, 3, 4, 6]), reason: 'number-format' },
    { says: 'three axes', model: echo([3, 4, 6]), reason: 'wrong-shape' },
    {
      says: 'fixed sides where the card has open ones',
      model: echo(),
      contract: { multipleOf: 2 },
      reason: 'wrong-shape',
    },
    { says: 'two inputs', model: two, reason: 'wrong-shape' },
    { says: 'no input', model: none, reason: 'wrong-shape' },
    { says: 'numbers of another type', model: typed('int64', [1, 3, 4, 6]), reason: 'wrong-shape' },
    { says: 'bytes of another size', model: typed('uint8', [1, 4, 8, 4], 'input'), reason: 'wrong-shape' },
    { says: 'bytes without alpha', model: typed('uint8', [1, 4, 6, 3], 'input'), reason: 'wrong-shape' },
    { says: 'bytes under another name', model: typed('uint8', [1, 4, 6, 4]), reason: 'wrong-shape' },
    { says: 'an opset from before Sub and Div broadcast', model: old, reason: 'unsupported' },
    { says: "a value that has the input's name", model: taken, reason: 'unsupported' },
  ])('$says', ({ model, contract, reason }) => {
    expect(() => wrap(model, { ...plain, ...contract })).toThrow(
      expect.objectContaining({ name: 'OnnxError', reason }) as OnnxError,
    );
  });

  it('a file that is no model', () => {
    expect(() => wrapFile(new TextEncoder().encode('no model'), plain)).toThrow(
      expect.objectContaining({ reason: 'not-onnx' }) as OnnxError,
    );
  });
});

const present = existsSync(SHARED_MODELS);
const absent = `no models at ${SHARED_MODELS}`;
if (!present) console.log(`${absent}: wrapping is tested on small graphs only`);

describe.skipIf(!present)(
  `optional models, wrapped, give what they give unwrapped${present ? '' : `: ${absent}`}`,
  async () => {
    const cards = (await readCards()).filter(({ tier, make }) => tier === 'optional' && make.from === 'onnx');
    it.each(cards.map((card) => ({ id: card.id, card })))('$id', async ({ card }) => {
      const { source, input, outputs } = card;
      if (!('file' in source)) throw new Error('not a file');
      const bytes = new Uint8Array(readFileSync(join(SHARED_MODELS, 'onnx', source.file)));
      const { width, height, multipleOf } = input;
      const picture = noisePicture(width, height);
      const own = trueInputs(readModel(bytes).graph)[0]!;
      const expected = await runOnFloats(bytes, own.name, prepared(picture, input), [1, 3, height, width]);
      const found = await runOnPicture(wrapFile(bytes, input), picture);
      // The card names every output a decoder may ask for.
      expect(Object.keys(found).sort()).toEqual(Object.keys(outputs).sort());
      for (const [name, { data, dims }] of Object.entries(found)) {
        expect(dims).toEqual(expected[name]!.dims);
        const { difference, scale } = compare(data, expected[name]!.data);
        expect(difference / scale, name).toBeLessThan(1e-4);
      }
      if (multipleOf === undefined) return;
      const small = await runOnPicture(wrapFile(bytes, input), noisePicture(2 * multipleOf, multipleOf));
      expect(Object.keys(small)).toEqual(Object.keys(found));
    });
  },
);
