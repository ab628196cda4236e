/** Small networks built by name, against sums written out. */
import { describe, expect, it } from 'vitest';
import { emit } from '../../../../models/tfjs/emit.ts';
import { ConversionError } from '../../../../models/tfjs/errors.ts';
import { foldNormalisation } from '../../../../models/tfjs/passes.ts';
import type { Constant } from '../../../../models/tfjs/weights.ts';
import { Layers } from '../../../../models/weights/layers.ts';
import { noise, noisePicture, runOnPicture } from '../tools.ts';

const SIDE = 5;
const next = noise(3);
const random = (...shape: number[]): Constant => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next() - 0.5),
});
/** The same in one byte an element. */
function bytes(...shape: number[]): Constant {
  const stored = Uint8Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next() * 256);
  return {
    shape,
    data: Float32Array.from(stored, (byte) => byte * 0.01 - 1),
    stored: { bytes: stored, scale: 0.01, min: -1 },
  };
}

const WEIGHTS = new Map<string, Constant>([
  ['first', random(1, 1, 3, 2)],
  ['kernel', bytes(3, 3, 2, 4)],
  ['bias', random(4)],
  ['factors', random(4)],
  ['summands', random(4)],
  ['each', bytes(3, 3, 4, 1)],
  ['matrix', bytes(4, 3)],
]);

async function run(build: (layers: Layers) => string, weights = WEIGHTS) {
  const layers = new Layers(weights);
  const value = build(layers);
  layers.leaveOut(...weights.keys());
  const ir = layers.finish({ y: value });
  foldNormalisation(ir, { channels: 'rgb', mean: [0, 0, 0], std: [255, 255, 255] });
  const model = emit(ir, [SIDE, SIDE], false, 'test');
  return { model, y: (await runOnPicture(model, noisePicture(SIDE, SIDE)))['y']! };
}

const first = (layers: Layers) => layers.conv(layers.picture, { kernel: 'first' });

/** What `first` gives, [2][25]. */
async function firstValues() {
  const { y } = await run(first);
  return [y.data.slice(0, 25), y.data.slice(25)];
}

describe('layers by name', () => {
  it('fold a factor and a summand an output into the convolution, whose weights stay bytes', async () => {
    const input = await firstValues();
    const { model, y } = await run((layers) =>
      layers.conv(first(layers), {
        kernel: 'kernel',
        bias: 'bias',
        scale: { factors: 'factors', summands: 'summands' },
        stride: 2,
        padding: 'valid',
      }),
    );
    expect(y.dims).toEqual([1, 4, 2, 2]);
    const at = (name: string, i: number) => WEIGHTS.get(name)!.data[i]!;
    for (const [o, row, column] of [
      [0, 0, 0],
      [3, 1, 0],
      [2, 1, 1],
    ] as const) {
      let sum = at('bias', o);
      for (let k = 0; k < 9; k++) {
        const pixel = (2 * row + Math.floor(k / 3)) * SIDE + 2 * column + (k % 3);
        for (let i = 0; i < 2; i++) sum += input[i]![pixel]! * at('kernel', (k * 2 + i) * 4 + o);
      }
      expect(y.data[o * 4 + row * 2 + column]).toBeCloseTo(sum * at('factors', o) + at('summands', o), 4);
    }
    const types = model.graph.initialisers.filter(({ dims }) => dims.join() === '4,2,3,3');
    expect(types.map(({ type }) => type)).toEqual(['uint8']);
  });

  it('give each channel a kernel of its own', async () => {
    const whole = await run((layers) => layers.conv(first(layers), { kernel: 'kernel' }));
    const { y } = await run((layers) =>
      layers.conv(layers.conv(first(layers), { kernel: 'kernel' }), { kernel: 'each', depthwise: true }),
    );
    // In the middle of the picture no window reaches over its border.
    for (let c = 0; c < 4; c++) {
      let sum = 0;
      for (let k = 0; k < 9; k++) {
        const pixel = (1 + Math.floor(k / 3)) * SIDE + 1 + (k % 3);
        sum += whole.y.data[c * 25 + pixel]! * WEIGHTS.get('each')!.data[k * 4 + c]!;
      }
      expect(y.data[c * 25 + 12]).toBeCloseTo(sum, 4);
    }
  });

  it('add zeros below, to the right, and as further channels', async () => {
    const input = await firstValues();
    const { y } = await run((layers) => layers.zeros(first(layers), { rows: 1, columns: 2, channels: 1 }));
    expect(y.dims).toEqual([1, 3, 6, 7]);
    expect(y.data[0]).toBe(input[0]![0]);
    expect(y.data[42 + 7]).toBe(input[1]![5]);
    expect([...y.data.slice(84)]).toEqual(Array<number>(42).fill(0));
    expect([...y.data.slice(35, 42), y.data[5], y.data[6]]).toEqual(Array<number>(9).fill(0));
  });

  it('take the mean of each channel and multiply it by a matrix', async () => {
    const channels = await run((layers) => layers.conv(first(layers), { kernel: 'kernel' }));
    const { y } = await run((layers) =>
      layers.dense(layers.mean(layers.conv(first(layers), { kernel: 'kernel' })), 'matrix'),
    );
    const means = Array.from({ length: 4 }, (_, c) =>
      channels.y.data.slice(c * 25, (c + 1) * 25).reduce((sum, x) => sum + x / 25, 0),
    );
    [0, 1, 2].forEach((o) => {
      const expected = means.reduce((sum, x, i) => sum + x * WEIGHTS.get('matrix')!.data[i * 3 + o]!, 0);
      expect(y.data[o]).toBeCloseTo(expected, 4);
    });
  });

  it('store kernels of single precision in half', async () => {
    const weights = new Map([
      ['first', random(1, 1, 3, 2)],
      ['wide', random(1, 1, 2, 16)],
    ] as const);
    const { model } = await run((layers) => layers.conv(first(layers), { kernel: 'wide' }), new Map(weights));
    expect(model.graph.initialisers.find(({ dims }) => dims[0] === 16)?.type).toBe('float16');
  });
});

describe('weights that are not those of the architecture', () => {
  const layers = () => new Layers(WEIGHTS);
  it.each<[string, () => unknown, RegExp]>([
    ['miss one', () => layers().conv('picture', { kernel: 'nothing' }), /no weight "nothing"/],
    ['have one too many', () => layers().finish({}), /7 weights are not used, "first" first/],
    ['have a vector for a kernel', () => layers().conv('picture', { kernel: 'bias' }), /"bias" is no kernel/],
    ['have a kernel for a matrix', () => layers().dense('picture', 'kernel'), /"kernel" is no matrix/],
    [
      'have a bias of another length',
      () => layers().conv('picture', { kernel: 'first', bias: 'bias' }),
      /"bias" is \[4\], not \[2\]/,
    ],
    [
      'are used twice',
      () => {
        const twice = layers();
        first(twice);
        first(twice);
      },
      /"first" is made twice/,
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(ConversionError);
    expect(build).toThrow(message);
  });
});
