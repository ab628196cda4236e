/**
 * One network written in the ways in which exporters write it (eight bits in pairs of operations or in operators of
 * their own, a batch of several, open sides, rare number formats) is judged alike; recurrent operations and equations
 * have the sizes that ONNX Runtime gives them.
 */
import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { dissect, type Anatomy } from '../../../../lib/onnx/anatomy.ts';
import { ELEMENT_TYPES, type ElementType, type Model, type Tensor } from '../../../../lib/onnx/model.ts';
import { fittingSide, sizesFor } from '../../../../lib/onnx/picture-sizes.ts';
import { readModel } from '../../../../lib/onnx/read.ts';
import { writeModel } from '../../../../lib/onnx/write.ts';
import { graphOf, type Sketch } from '../../models/graphs.ts';
import { session } from '../../models/tools.ts';

/** A constant of zeros of any type. */
function zeros(type: ElementType, dims: number[]): Tensor {
  const count = dims.reduce((a, b) => a * b, 1);
  return { name: '', type, dims, bytes: new Uint8Array(Math.ceil(count * ELEMENT_TYPES[type].bytes)) };
}

/** Convolutions one after another: how many channels each gives, and its kernel and stride. */
interface Layer {
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly bias: boolean;
}
const layer = fc.record({
  channels: fc.integer({ min: 1, max: 12 }),
  kernel: fc.constantFrom(1, 3, 5),
  stride: fc.constantFrom(1, 2),
  bias: fc.boolean(),
});
const network = fc.record({
  layers: fc.array(layer, { minLength: 1, maxLength: 4 }),
  width: fc.integer({ min: 32, max: 80 }),
  height: fc.integer({ min: 32, max: 80 }),
});
type Network = { layers: Layer[]; width: number; height: number };

type Style = 'float' | 'pairs' | 'operators';

/** The network in one of the styles; a ReLU follows each convolution but where operators have it built in. */
function written({ layers, width, height }: Network, style: Style, batch = 1): Model {
  const nodes: Sketch['nodes'] = [];
  const constants: NonNullable<Sketch['constants']> = {
    s: zeros('float32', []),
    z: zeros('uint8', []),
    zw: zeros('int8', []),
  };
  let channels = 3;
  let from = 'x';
  const quantised = (name: string) => {
    nodes.push(['QuantizeLinear', [name, 's', 'z'], [`${name}_q`]]);
    return `${name}_q`;
  };
  if (style === 'operators') from = quantised('x');
  layers.forEach(({ channels: outputs, kernel, stride, bias }, i) => {
    const pad = kernel >> 1;
    const attributes = {
      pads: [pad, pad, pad, pad],
      strides: [stride, stride],
      kernel_shape: [kernel, kernel],
    };
    const dims = [outputs, channels, kernel, kernel];
    const [w, b, y] = [`w${i}`, `b${i}`, `y${i}`];
    if (style === 'float') {
      constants[w] = zeros('float32', dims);
      if (bias) constants[b] = zeros('float32', [outputs]);
      nodes.push(['Conv', [from, w, ...(bias ? [b] : [])], [`c${i}`], attributes], ['Relu', [`c${i}`], [y]]);
    } else {
      constants[w] = zeros('int8', dims);
      constants[`s${i}`] = zeros('float32', [outputs]);
      constants[`z${i}`] = zeros('int8', [outputs]);
      if (bias) constants[b] = zeros('int32', [outputs]);
    }
    if (style === 'operators') {
      const operands = [from, 's', 'z', w, `s${i}`, `z${i}`, 's', 'z', ...(bias ? [b] : [])];
      nodes.push(['QLinearConv', operands, [y], attributes]);
    }
    if (style === 'pairs') {
      const q = quantised(from);
      nodes.push(
        ['DequantizeLinear', [q, 's', 'z'], [`d${i}`]],
        ['DequantizeLinear', [w, `s${i}`, `z${i}`], [`dw${i}`], { axis: 0 }],
      );
      if (bias) nodes.push(['DequantizeLinear', [b, `s${i}`], [`db${i}`], { axis: 0 }]);
      nodes.push(
        ['Conv', [`d${i}`, `dw${i}`, ...(bias ? [`db${i}`] : [])], [`c${i}`], attributes],
        ['Relu', [`c${i}`], [y]],
      );
    }
    channels = outputs;
    from = y;
  });
  return graphOf({ inputs: { x: [batch, 3, height, width] }, constants, nodes, outputs: [from] });
}

/** What must not depend on how the network is written. */
const judged = ({ parameters, macs, weightBytes, peakActivationBytes, picture }: Anatomy) => ({
  parameters,
  macs,
  weightBytes,
  picture,
  activations: peakActivationBytes.int8,
});

describe('a network of convolutions', () => {
  it('costs the same in eight bits as in floating point, in pairs as in operators', () => {
    fc.assert(
      fc.property(network, (net) => {
        const expected = judged(dissect(written(net, 'float')));
        for (const style of ['pairs', 'operators'] as const) {
          const anatomy = dissect(written(net, style));
          expect(judged(anatomy)).toEqual(expected);
          expect(anatomy.precision).toBe('int8');
        }
      }),
    );
  });

  it('costs for one picture what it costs in a batch of one, however many the file fixes', () => {
    fc.assert(
      fc.property(network, fc.integer({ min: 2, max: 32 }), (net, batch) => {
        const one = dissect(written(net, 'float'));
        const many = dissect(written(net, 'float', batch));
        expect(many.batch).toBe(batch);
        expect(judged(many)).toEqual(judged(one));
        expect(many.steps).toEqual(one.steps);
      }),
    );
  });
});

describe('weights in a rare number format', () => {
  const USUAL = [
    'float32',
    'float16',
    'float64',
    'int8',
    'uint8',
    'bool',
    'int32',
    'int64',
    'uint32',
    'uint64',
  ];
  const rare = (Object.keys(ELEMENT_TYPES) as ElementType[]).filter((type) => !USUAL.includes(type));

  it.each(rare.map((type) => ({ type })))('$type: counted, and named', ({ type }) => {
    const count = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(count, fc.boolean(), (outputs, cast) => {
        const model = graphOf({
          inputs: { x: [1, 3, 8, 8] },
          constants: { w: zeros(type, [outputs, 3, 1, 1]), s: zeros('float32', []) },
          nodes: [
            cast ? ['Cast', ['w'], ['f'], { to: 1 }] : ['DequantizeLinear', ['w', 's'], ['f']],
            ['Conv', ['x', 'f'], ['y']],
          ],
          outputs: ['y'],
        });
        const { parameters, macs, rareTypes } = dissect(readModel(writeModel(model)));
        expect({ parameters, macs, rareTypes }).toEqual({
          parameters: 3 * outputs,
          macs: 64 * 3 * outputs,
          rareTypes: [type],
        });
      }),
      { numRuns: 20 },
    );
  });
});

describe('a size that is open, with a layer of one size behind it', () => {
  /** A picture of `side` halved `halvings` times, then a fully connected layer made for that. */
  function head(side: number, halvings: number): Model {
    const features = 4 * Math.ceil(side / 2 ** halvings) ** 2;
    const nodes: Sketch['nodes'] = [];
    for (let i = 0; i < halvings; i++) {
      const to = i + 1 === halvings ? 'c' : `c${i}`;
      nodes.push(['Conv', [i === 0 ? 'x' : `c${i - 1}`, i === 0 ? 'w' : 'v'], [to], { strides: [2, 2] }]);
    }
    nodes.push(['Flatten', ['c'], ['f']], ['Gemm', ['f', 'g'], ['y']]);
    return graphOf({
      inputs: { x: ['N', 3, 'H', 'W'] },
      constants: { w: { dims: [4, 3, 1, 1] }, v: { dims: [4, 4, 1, 1] }, g: { dims: [features, 2] } },
      nodes,
      outputs: ['y'],
    });
  }

  it('is found: the layer fits, whatever the side was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 64 }), fc.integer({ min: 1, max: 4 }), (eighths, halvings) => {
        const model = head(eighths * 8, halvings);
        const side = fittingSide(model);
        expect(side).toBeDefined();
        const { picture } = dissect(model, sizesFor(model, side!).sizes);
        // The same number of features; sides that differ by rounding alone cannot be told apart.
        const cells = ({ width, height }: { width: number; height: number }) =>
          Math.ceil(width / 2 ** halvings) * Math.ceil(height / 2 ** halvings);
        expect(cells(picture!)).toBe(cells({ width: eighths * 8, height: eighths * 8 }));
      }),
      { numRuns: 60 },
    );
  });

  it('is not invented where none fits', () => {
    const model = graphOf({
      inputs: { x: [1, 3, 'H', 'W'] },
      constants: { g: { dims: [7, 2] } },
      nodes: [
        ['Flatten', ['x'], ['f']],
        ['Gemm', ['f', 'g'], ['y']],
      ],
      outputs: ['y'],
    });
    expect(fittingSide(model)).toBeUndefined();
  });
});

describe('sizes and work against ONNX Runtime', () => {
  const dimsOf = async (model: Model, feeds: Record<string, number[]>) => {
    const ready = await session(model);
    const tensors = Object.entries(feeds).map(([name, dims]) => {
      const count = dims.reduce((a, b) => a * b, 1);
      return [name, new ort.Tensor('float32', new Float32Array(count), dims)] as const;
    });
    const outputs = await ready.run(Object.fromEntries(tensors));
    await ready.release();
    return Object.fromEntries(Object.entries(outputs).map(([name, { dims }]) => [name, [...dims]]));
  };
  const ours = (model: Model) => {
    const { largest } = dissect(model);
    return (name: string) => [...largest.find((value) => value.name === name)!.dims];
  };

  it.each([
    { op: 'RNN', gates: 1 },
    { op: 'GRU', gates: 3 },
    { op: 'LSTM', gates: 4 },
  ])('$op', async ({ op, gates }) => {
    const size = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(size, size, size, size, fc.boolean(), async (steps, batch, inputs, hidden, both) => {
        const directions = both ? 2 : 1;
        const model = graphOf({
          inputs: { x: [steps, batch, inputs] },
          constants: {
            w: { dims: [directions, gates * hidden, inputs] },
            r: { dims: [directions, gates * hidden, hidden] },
          },
          nodes: [
            [
              op,
              ['x', 'w', 'r'],
              ['y', 'h'],
              { hidden_size: hidden, ...(both && { direction: 'bidirectional' }) },
            ],
          ],
          outputs: ['y', 'h'],
        });
        const runtime = await dimsOf(model, { x: [steps, batch, inputs] });
        expect({ y: ours(model)('y'), h: ours(model)('h') }).toEqual(runtime);
        // Every step, of every sequence, in either direction: each gate sums over the input and the state before.
        expect(dissect(model).macs).toBe(steps * batch * directions * gates * hidden * (inputs + hidden));
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    { equation: 'bij,jk->bik', a: 'bij', b: 'jk' },
    { equation: 'bij,bjk->bik', a: 'bij', b: 'bjk' },
    { equation: 'ij,kj->ik', a: 'ij', b: 'kj' },
    { equation: 'bhqd,bhkd->bhqk', a: 'bhqd', b: 'bhkd' },
    { equation: 'ij, jk', a: 'ij', b: 'jk' },
    { equation: '...ij,...jk->...ik', a: 'pij', b: 'pjk' },
    { equation: 'i,j->ij', a: 'i', b: 'j' },
  ])('Einsum $equation', async ({ equation, a, b }) => {
    const sizes = fc.dictionary(fc.constantFrom(...'bijkhqdp'), fc.integer({ min: 2, max: 6 }));
    await fc.assert(
      fc.asyncProperty(sizes, async (chosen) => {
        const dims = (term: string) => [...term].map((index) => chosen[index] ?? 3);
        const model = graphOf({
          inputs: { x: dims(a), z: dims(b) },
          nodes: [['Einsum', ['x', 'z'], ['y'], { equation }]],
          outputs: ['y'],
        });
        const { y } = await dimsOf(model, { x: dims(a), z: dims(b) });
        expect(ours(model)('y')).toEqual(y);
        const indices = new Set([...a, ...b]);
        expect(dissect(model).macs).toBe(
          [...indices].reduce((product, index) => product * (chosen[index] ?? 3), 1),
        );
      }),
      { numRuns: 15 },
    );
  });
});
