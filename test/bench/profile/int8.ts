/** The default network in eight bits: weights of int8 for every output channel, values in between of uint8. */
import * as ort from 'onnxruntime-node';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { GraphBuilder } from '../../../lib/onnx/build.ts';
import type { Model, Node, Tensor } from '../../../lib/onnx/model.ts';
import { readModel } from '../../../lib/onnx/read.ts';
import { elements } from '../../../lib/onnx/tensors.ts';
import { writeModel } from '../../../lib/onnx/write.ts';
import { ROOT } from '../../tools/serve.ts';
import type { ProfilePage } from './bench-page.ts';
import type { Setup } from './jobs.ts';
import type { WeightShapes } from './operators.ts';

/** Which values become bytes: those that convolutions read and write, or all. */
export type Extent = 'convolutions' | 'all';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A number is `scale * (byte - zero)`. */
export interface Scale {
  readonly scale: number;
  readonly zero: number;
}

/** @returns how uint8 covers a range; nought, which is what windows are padded with, is met exactly */
export function scaleOf({ min, max }: Range): Scale {
  const from = Math.min(min, 0);
  const scale = (Math.max(max, 0) - from) / 255 || 1;
  return { scale, zero: Math.round(Math.abs(from) / scale) };
}

/** @returns weights [outputs, ...] as whole numbers from -127 to 127, and what one of them is worth in each output */
export function wholeWeights(weights: ArrayLike<number>, outputs: number) {
  const size = weights.length / outputs;
  const whole = new Int8Array(weights.length);
  const scales = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    let largest = 0;
    for (let i = output * size; i < (output + 1) * size; i++)
      largest = Math.max(largest, Math.abs(weights[i]!));
    scales[output] = largest / 127 || 1;
    for (let i = output * size; i < (output + 1) * size; i++)
      whole[i] = Math.round(weights[i]! / scales[output]!);
  }
  return { whole, scales };
}

/** The network's input is bytes until it is cast. */
const isFloat = ({ op }: Node) => !['Transpose', 'Gather'].includes(op);

/** @param bytes RGBA [1, height, width, 4] @returns the least and the most of every value of one run */
async function rangesOf(
  model: Model,
  bytes: Uint8Array,
  dims: readonly number[],
): Promise<Map<string, Range>> {
  const { graph } = model;
  const constants = constantsOf(model);
  const names = graph.nodes
    .filter(isFloat)
    .flatMap(({ outputs }) => outputs)
    .filter((name) => !constants.has(name));
  const outputs = names.map((name) => ({ name, type: 'float32' as const, dims: null }));
  const all = writeModel({ ...model, graph: { ...graph, outputs } });
  // Weights stored in half precision are unpacked, which it would warn of.
  const session = await ort.InferenceSession.create(all, { logSeverityLevel: 3 });
  const found = await session.run({ [session.inputNames[0]!]: new ort.Tensor('uint8', bytes, dims) });
  await session.release();
  const range = (values: Float32Array): Range => ({
    min: values.reduce((a, b) => Math.min(a, b), Infinity),
    max: values.reduce((a, b) => Math.max(a, b), -Infinity),
  });
  return new Map(names.map((name) => [name, range(found[name]!.data as Float32Array)]));
}

/** @returns the weights by the name that nodes read them by, those stored in half precision among them */
function constantsOf({ graph }: Model): Map<string, Tensor> {
  const constants = new Map(graph.initialisers.map((tensor) => [tensor.name, tensor]));
  for (const { op, inputs, outputs } of graph.nodes) {
    const stored = op === 'Cast' && constants.get(inputs[0]!);
    if (stored) constants.set(outputs[0]!, stored);
  }
  return constants;
}

/**
 * @param ranges of the values, by name
 * @returns the graph with pairs of quantising and dequantising nodes, which the runtime melts into the nodes between
 */
export function inEightBits(model: Model, ranges: ReadonlyMap<string, Range>, extent: Extent): Model {
  const { graph } = model;
  const build = new GraphBuilder('int8/');
  const constants = constantsOf(model);
  const readers = (name: string) => graph.nodes.filter(({ inputs }) => inputs.includes(name));
  const constant = (
    type: Tensor['type'],
    data: Float32Array | Int8Array | Int32Array | Uint8Array,
    dims: number[],
  ) => {
    const name = `int8/c_${build.initialisers.length}`;
    build.initialisers.push({ name, type, dims, bytes: new Uint8Array(data.buffer) });
    return name;
  };
  const convolutions = graph.nodes.filter(({ op }) => op === 'Conv');
  // What bounds a result from below melts into the quantising after it.
  const written = (name: string) => {
    const [reader, another] = readers(name);
    return reader?.op === 'Relu' && !another ? reader.outputs[0]! : name;
  };
  const ends = new Set(graph.outputs.map(({ name }) => name));
  const values = new Set(
    (extent === 'all'
      ? [...ranges.keys()].map(written)
      : convolutions.flatMap(({ inputs, outputs }) => [inputs[0]!, written(outputs[0]!)])
    ).filter((name) => !ends.has(name)),
  );
  const renamed = new Map<string, string>();
  for (const node of graph.nodes) {
    let inputs = node.inputs.map((name) => renamed.get(name) ?? name);
    if (node.op === 'Conv') {
      const weights = constants.get(node.inputs[1]!)!;
      const outputs = weights.dims[0]!;
      const { whole, scales } = wholeWeights(elements(weights)!, outputs);
      const each = constant('float32', scales, [outputs]);
      const zeros = constant('int8', new Int8Array(outputs), [outputs]);
      const stored = constant('int8', whole, weights.dims);
      inputs = [inputs[0]!, build.add('DequantizeLinear', [stored, each, zeros], { axis: 0 })];
      const bias = node.inputs[2] !== undefined && elements(constants.get(node.inputs[2])!);
      if (bias) {
        const unit = scaleOf(ranges.get(node.inputs[0]!)!).scale;
        const steps = scales.map((scale) => scale * unit);
        const sums = Int32Array.from(bias, (value, i) => Math.round(value / steps[i]!));
        inputs.push(
          build.add(
            'DequantizeLinear',
            [constant('int32', sums, [outputs]), constant('float32', steps, [outputs])],
            { axis: 0 },
          ),
        );
      }
    }
    build.nodes.push({ ...node, inputs });
    const [output] = node.outputs;
    if (!values.has(output!)) continue;
    const { scale, zero } = scaleOf(ranges.get(output!)!);
    const of = [constant('float32', Float32Array.of(scale), []), constant('uint8', Uint8Array.of(zero), [])];
    renamed.set(
      output!,
      build.add('DequantizeLinear', [build.add('QuantizeLinear', [output!, ...of]), ...of]),
    );
  }
  return {
    ...model,
    graph: { ...graph, nodes: build.nodes, initialisers: [...graph.initialisers, ...build.initialisers] },
  };
}

/**
 * Writes the setup's model in eight bits, its ranges those of the setup's picture, which is as well as it can be.
 *
 * @returns addresses by extent, and the weights' shapes by the names of the convolutions
 */
export async function writeEightBits(
  { page }: ProfilePage,
  setup: Setup,
): Promise<{ addresses: Readonly<Record<Extent, string>>; weights: WeightShapes }> {
  await page.evaluate((given) => window.profile.open('picture', given), setup);
  const bytes = Uint8Array.from(await page.evaluate(() => window.profile.pixels('picture')));
  await page.evaluate(() => window.profile.close('picture'));
  const model = readModel(readFileSync(resolve(ROOT, `public/models/${setup.model}.onnx`)));
  const ranges = await rangesOf(model, bytes, [1, setup.height, setup.width, 4]);
  const write = (extent: Extent) => {
    const name = `int8-${extent}`;
    const graph = writeModel(inEightBits(model, ranges, extent));
    writeFileSync(resolve(ROOT, `test/.out/runtimes/${name}.onnx`), graph);
    return `/runtimes/${name}`;
  };
  const constants = constantsOf(model);
  const weights = model.graph.nodes
    .filter(({ op }) => op === 'Conv')
    .map(({ name, inputs }) => [name, constants.get(inputs[1]!)!.dims] as const);
  return {
    addresses: { convolutions: write('convolutions'), all: write('all') },
    weights: new Map(weights),
  };
}
