/**
 * A graph taken apart: what it costs operation by operation and step by step. `analysis.ts` gives the few numbers of a
 * card; this gives the detail that shows why a model does or does not fit a chip.
 */
import { bytesOf, runningNodes, scheduleOf } from './analysis.ts';
import type { Analysis } from './analysis.ts';
import { OnnxError } from './errors.ts';
import { occupancy, peakOf, type Schedule } from './liveness.ts';
import { intsOf, trueInputs, type Model, type Node } from './model.ts';
import { learnedConstants, weights, type Weights } from './parameters.ts';
import { batchOf, pictureOf, type Side } from './picture-sizes.ts';
import type { Value } from './shape-types.ts';
import { inferShapes, isKnown, operatorOf } from './shapes.ts';
import { elementCount } from './tensors.ts';
import { CONVOLUTIONS, macsOf } from './work.ts';

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

/** Work and memory are of one picture, also where the file fixes a batch of several. */
export interface Anatomy extends Pick<Analysis, 'macs' | 'opset'>, Weights {
  readonly producer: string;
  /** Pictures that one run takes: 1 unless the file fixes more. */
  readonly batch: number;
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

/** A value and its quantised self are one and the same where numbers take one byte: chips keep one of them. */
const SAME_IN_INT8 = new Set(['QuantizeLinear', 'DequantizeLinear']);

/**
 * @param inputs sizes of the inputs, as for `inferShapes`
 * @throws {OnnxError} where shapes cannot be inferred; `empty` where nothing is computed from the inputs
 */
export function dissect(model: Model, inputs: Readonly<Record<string, readonly number[]>> = {}): Anatomy {
  const values = inferShapes(model, inputs);
  const running = runningNodes(model, values);
  if (running.length === 0 || model.graph.outputs.length === 0) {
    throw new OnnxError('empty', 'nothing in the graph is computed from its inputs');
  }
  const pictures = trueInputs(model.graph);
  const batch = batchOf(pictures);
  const schedule = inPlace(scheduleOf(model, running, values), running);
  const bytes = (name: string, float: number) => bytesOf(values.get(name), float) / batch;
  const at = (float: number) => ({ ...schedule, bytes: (name: string) => bytes(name, float) });
  const alive = { fp32: occupancy(at(4)), int8: occupancy(at(1)) };
  const steps = running.map((node, i) => ({
    op: node.op,
    macs: macsOf(node, values) / batch,
    alive: { fp32: alive.fp32[i] ?? 0, int8: alive.int8[i] ?? 0 },
  }));
  const names = [...new Set(schedule.steps.flatMap(({ makes }) => makes).concat(schedule.inputs))];
  return {
    ...weights(model),
    macs: steps.reduce((sum, { macs }) => sum + macs, 0),
    opset: model.opsets[''] ?? 1,
    producer: model.producer,
    batch,
    inputs: pictures.map(({ name }) => ({ name, dims: values.get(name)?.dims ?? [] })),
    picture: pictureOf(pictures, values),
    weightBytes: weightBytes(model),
    peakActivationBytes: { fp32: peakOf(at(4)), int8: peakOf(at(1)) },
    operators: operatorUse(running, steps, values),
    steps,
    largest: names
      .map((name) => ({
        name,
        dims: values.get(name)?.dims ?? [],
        bytes: { fp32: bytes(name, 4), int8: bytes(name, 1) },
      }))
      .sort((a, b) => b.bytes.fp32 - a.bytes.fp32)
      .slice(0, LARGEST),
  };
}

/**
 * The schedule with each value called by the name of the memory it lies in: a value that is overwritten in place, or
 * that is the quantised self of another, has the other's.
 */
function inPlace(
  schedule: Omit<Schedule<string>, 'bytes'>,
  running: readonly Node[],
): Omit<Schedule<string>, 'bytes'> {
  const quantised = quantisedSelves(schedule, running);
  const sourceOf = (name: string) => quantised.get(name) ?? name;
  const readers = new Map<string, number>();
  for (const name of schedule.outputs) readers.set(sourceOf(name), 1);
  running.forEach(({ op, outputs }, i) => {
    if (SAME_IN_INT8.has(op) && quantised.has(outputs[0] ?? '')) return;
    for (const name of new Set(schedule.steps[i]?.reads.map(sourceOf))) {
      readers.set(name, (readers.get(name) ?? 0) + 1);
    }
  });
  const made = new Set<string>();
  const names = new Map<string, string>();
  const nameOf = (name: string) => names.get(sourceOf(name)) ?? sourceOf(name);
  for (const { op, inputs, outputs } of running) {
    const from = sourceOf(inputs[0] ?? '');
    if (IN_PLACE.has(op) && made.has(from) && readers.get(from) === 1)
      names.set(outputs[0] ?? '', nameOf(from));
    for (const name of outputs) made.add(name);
  }
  return {
    steps: schedule.steps.map(({ reads, makes }) => ({
      reads: reads.map(nameOf),
      makes: makes.filter((name) => nameOf(name) === name),
    })),
    inputs: schedule.inputs,
    outputs: schedule.outputs.map(nameOf),
  };
}

/** Values that are another one in eight bits or back again, with the value they come from in the end. */
function quantisedSelves(
  { inputs: given }: Pick<Schedule<string>, 'inputs'>,
  running: readonly Node[],
): ReadonlyMap<string, string> {
  const computed = new Set(given);
  const sources = new Map<string, string>();
  for (const { op, inputs, outputs } of running) {
    const [from = '', to = ''] = [inputs[0], outputs[0]];
    if (SAME_IN_INT8.has(op) && computed.has(from)) sources.set(to, sources.get(from) ?? from);
    for (const name of outputs) computed.add(name);
  }
  return sources;
}

function weightBytes(model: Model): Anatomy['weightBytes'] {
  let matrices = 0;
  let vectors = 0;
  for (const { dims } of learnedConstants(model)) {
    if (dims.length > 1) matrices += elementCount(dims);
    else vectors += elementCount(dims);
  }
  const all = matrices + vectors;
  return { fp32: 4 * all, fp16: 2 * all, int8: matrices + 4 * vectors };
}

function operatorUse(
  running: readonly Node[],
  steps: readonly Step[],
  values: ReadonlyMap<string, Value>,
): OperatorUse[] {
  const found = new Map<string, { count: number; preparing: number; macs: number; kernels: Set<number> }>();
  let preparing = true;
  for (const [i, node] of running.entries()) {
    const use = found.get(node.op) ?? { count: 0, preparing: 0, macs: 0, kernels: new Set() };
    found.set(node.op, use);
    const macs = steps[i]?.macs ?? 0;
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
  const weights = CONVOLUTIONS[node.op];
  const sides = weights
    ? (values.get(node.inputs[weights] ?? '')?.dims.slice(2) ?? [])
    : (intsOf(node, 'kernel_shape') ?? []);
  return sides.length > 0 ? Math.max(...sides) : undefined;
}

/** Operations that shapes cannot be inferred through, by name, each once; with the domain if it is not ONNX's own. */
export function unknownOperators({ graph }: Model): string[] {
  const names = graph.nodes.filter((node) => !isKnown(node)).map(operatorOf);
  return [...new Set(names)].sort();
}
