/**
 * A graph taken apart: what it costs operation by operation and step by step. `analysis.ts` gives the few numbers of a
 * card; this gives the detail that shows why a model does or does not fit a chip.
 */
import { bytesOf, learnedConstants, macsOf, runningNodes, scheduleOf, weights } from './analysis.ts';
import type { Analysis } from './analysis.ts';
import { OnnxError } from './errors.ts';
import { occupancy, peakOf, type Schedule } from './liveness.ts';
import { intsOf, trueInputs, type Dim, type Model, type Node, type ValueInfo } from './model.ts';
import type { Value } from './shape-types.ts';
import { inferShapes, isKnown } from './shapes.ts';
import { elementCount } from './tensors.ts';

/** Bytes at full precision, and with every floating-point number in one byte. */
export interface Bytes {
  readonly fp32: number;
  readonly int8: number;
}

/** All the runs of one operation. */
export interface OperatorUse {
  readonly op: string;
  readonly count: number;
  /**
   * Number of runs before the first convolution or matrix product: they prepare the picture, as a camera's image
   * processor does.
   */
  readonly preparing: number;
  readonly macs: number;
  /** Longest kernel sides of its convolutions and pools, ascending, each once; empty where it has no window. */
  readonly kernels: readonly number[];
}

/** One operation in execution order. */
export interface Step {
  readonly op: string;
  readonly macs: number;
  /** Input and activations alive while it runs. */
  readonly alive: Bytes;
}

/** A value that is computed while the graph runs. */
export interface LargeValue {
  readonly name: string;
  readonly dims: readonly number[];
  readonly bytes: Bytes;
}

export interface Anatomy extends Pick<Analysis, 'parameters' | 'precision' | 'macs' | 'opset'> {
  readonly producer: string;
  readonly inputs: readonly { readonly name: string; readonly dims: readonly number[] }[];
  /** Sides of the first input that is a picture; undefined where there is none. */
  readonly picture: Side | undefined;
  /** Weights stored at each precision; at int8 vectors (biases, scales) keep four bytes, as runtimes store them. */
  readonly weightBytes: Bytes & { readonly fp16: number };
  /**
   * The most alive at once, activation functions and mere views in place, as every chip's compiler has them. (A card's
   * figure has nothing in place.)
   */
  readonly peakActivationBytes: Bytes;
  /** By multiply-accumulates, then by count, the most first. */
  readonly operators: readonly OperatorUse[];
  readonly steps: readonly Step[];
  /** The five largest values, the largest first. */
  readonly largest: readonly LargeValue[];
}

const LARGEST = 5;

/** Operations whose result replaces their first input, if no later operation reads that input. */
const IN_PLACE = new Set(
  'Relu LeakyRelu PRelu Clip Sigmoid HardSigmoid HardSwish Tanh Elu Selu Softplus Gelu Mish BatchNormalization Identity Dropout Reshape Flatten Squeeze Unsqueeze'.split(
    ' ',
  ),
);

/**
 * @param inputs sizes of the inputs, as for `inferShapes`
 * @throws {OnnxError} where shapes cannot be inferred
 */
export function dissect(model: Model, inputs: Readonly<Record<string, readonly number[]>> = {}): Anatomy {
  const values = inferShapes(model, inputs);
  const running = runningNodes(model, values);
  const schedule = inPlace(scheduleOf(model, running, values), running);
  const at = (float: number) => ({ ...schedule, bytes: (name: string) => bytesOf(values.get(name), float) });
  const alive = { fp32: occupancy(at(4)), int8: occupancy(at(1)) };
  const steps = running.map((node, i) => ({
    op: node.op,
    macs: macsOf(node, values),
    alive: { fp32: alive.fp32[i] ?? 0, int8: alive.int8[i] ?? 0 },
  }));
  const { parameters, precision } = weights(model);
  return {
    parameters,
    precision,
    macs: steps.reduce((sum, { macs }) => sum + macs, 0),
    opset: model.opsets[''] ?? 1,
    producer: model.producer,
    inputs: trueInputs(model.graph).map(({ name }) => ({ name, dims: values.get(name)?.dims ?? [] })),
    picture: pictureOf(trueInputs(model.graph), values),
    weightBytes: weightBytes(model),
    peakActivationBytes: { fp32: peakOf(at(4)), int8: peakOf(at(1)) },
    operators: operatorUse(running, values),
    steps,
    largest: largestOf(
      [...new Set(schedule.steps.flatMap(({ makes }) => makes).concat(schedule.inputs))],
      values,
    ),
  };
}

/**
 * The schedule, in which a value computed in place has the name of the value it overwrites: the first one of the chain.
 */
function inPlace(
  schedule: Omit<Schedule<string>, 'bytes'>,
  running: readonly Node[],
): Omit<Schedule<string>, 'bytes'> {
  const readers = new Map<string, number>();
  for (const name of schedule.outputs) readers.set(name, 1);
  for (const { reads } of schedule.steps) {
    for (const name of new Set(reads)) readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  const made = new Set<string>();
  const names = new Map<string, string>();
  const nameOf = (name: string) => names.get(name) ?? name;
  for (const { op, inputs, outputs } of running) {
    const [from = '', to = ''] = [inputs[0], outputs[0]];
    if (IN_PLACE.has(op) && made.has(from) && readers.get(from) === 1) names.set(to, nameOf(from));
    for (const name of outputs) made.add(name);
  }
  return {
    steps: schedule.steps.map(({ reads, makes }) => ({
      reads: reads.map(nameOf),
      makes: makes.filter((name) => !names.has(name)),
    })),
    inputs: schedule.inputs,
    outputs: schedule.outputs.map(nameOf),
  };
}

function weightBytes(model: Model): Anatomy['weightBytes'] {
  let matrices = 0;
  let vectors = 0;
  for (const { type, dims } of learnedConstants(model)) {
    if (!type.startsWith('float') && type !== 'int8' && type !== 'uint8') continue;
    if (dims.length > 1) matrices += elementCount(dims);
    else vectors += elementCount(dims);
  }
  const all = matrices + vectors;
  return { fp32: 4 * all, fp16: 2 * all, int8: matrices + 4 * vectors };
}

function operatorUse(running: readonly Node[], values: ReadonlyMap<string, Value>): OperatorUse[] {
  const found = new Map<string, { count: number; preparing: number; macs: number; kernels: Set<number> }>();
  let preparing = true;
  for (const node of running) {
    const use = found.get(node.op) ?? { count: 0, preparing: 0, macs: 0, kernels: new Set() };
    found.set(node.op, use);
    const macs = macsOf(node, values);
    preparing &&= macs === 0;
    use.count++;
    if (preparing) use.preparing++;
    use.macs += macs;
    const kernel = kernelOf(node, values);
    if (kernel) use.kernels.add(kernel);
  }
  return [...found]
    .map(([op, { kernels, ...use }]) => ({ op, ...use, kernels: [...kernels].sort((a, b) => a - b) }))
    .sort((a, b) => b.macs - a.macs || b.count - a.count || (a.op < b.op ? -1 : 1));
}

function kernelOf(node: Node, values: ReadonlyMap<string, Value>): number | undefined {
  const sides = /^Conv/.test(node.op)
    ? (values.get(node.inputs[1] ?? '')?.dims.slice(2) ?? [])
    : (intsOf(node, 'kernel_shape') ?? []);
  return sides.length > 0 ? Math.max(...sides) : undefined;
}

function largestOf(names: readonly string[], values: ReadonlyMap<string, Value>): LargeValue[] {
  return names
    .map((name) => {
      const value = values.get(name);
      return {
        name,
        dims: value?.dims ?? [],
        bytes: { fp32: bytesOf(value), int8: bytesOf(value, 1) },
      };
    })
    .sort((a, b) => b.bytes.fp32 - a.bytes.fp32)
    .slice(0, LARGEST);
}

/** Operations that shapes cannot be inferred through, by name, each once; with the domain if it is not ONNX's own. */
export function unknownOperators({ graph }: Model): string[] {
  const names = graph.nodes
    .filter((node) => !isKnown(node))
    .map(({ domain, op }) => (domain ? `${domain}:${op}` : op));
  return [...new Set(names)].sort();
}

/** Sides of a picture in pixels. */
export interface Side {
  readonly width: number;
  readonly height: number;
}

/**
 * Sizes for inputs that leave some of them open: pictures (four axes) take `side`, a batch is one, every other open
 * axis is one too.
 *
 * @returns sizes for `dissect`, and whether any of them was taken from `side`
 * @throws {OnnxError} `wrong-shape` for an input of which not even the number of axes is known
 */
export function sizesFor(model: Model, side: Side): { sizes: Record<string, number[]>; open: boolean } {
  let open = false;
  const sizes = trueInputs(model.graph).map((input) => {
    const axes = pictureAxes(input);
    const dims = axesOf(input).map((dim, axis) => {
      if (typeof dim === 'number') return dim;
      if (axis !== axes?.height && axis !== axes?.width) return axis === axes?.channels ? 3 : 1;
      open = true;
      return axis === axes.height ? side.height : side.width;
    });
    return [input.name, dims] as const;
  });
  return { sizes: Object.fromEntries(sizes), open };
}

function axesOf({ name, dims }: ValueInfo): readonly Dim[] {
  if (!dims) throw new OnnxError('wrong-shape', `input ${name} does not say how many axes it has`);
  return dims;
}

function pictureOf(inputs: readonly ValueInfo[], values: ReadonlyMap<string, Value>): Side | undefined {
  for (const input of inputs) {
    const axes = pictureAxes(input);
    const dims = values.get(input.name)?.dims;
    const [width, height] = axes && dims ? [dims[axes.width], dims[axes.height]] : [];
    if (width && height) return { width, height };
  }
  return undefined;
}

/** Where a picture's sides and channels lie; undefined for what is no picture. Channels first unless they are last. */
function pictureAxes({ dims }: ValueInfo): { height: number; width: number; channels: number } | undefined {
  if (dims?.length !== 4) return undefined;
  const isChannels = (dim: Dim | undefined) => dim === 1 || dim === 3 || dim === 4;
  const last = isChannels(dims[3]) && !isChannels(dims[1]);
  return last ? { height: 1, width: 2, channels: 3 } : { height: 2, width: 3, channels: 1 };
}
