/** What a graph costs: weights, multiplications, memory. The numbers by which camera chips are chosen. */
import { peakOf, type Schedule } from './liveness.ts';
import { ELEMENT_TYPES, intOf, trueInputs, type Model, type Node, type Tensor } from './model.ts';
import type { Value } from './shape-types.ts';
import { inferShapes } from './shapes.ts';
import { elementCount } from './tensors.ts';

export interface Analysis {
  /** Elements of all weights, biases and other learned constants; sizes, bounds and indices do not count. */
  parameters: number;
  /** Share of the parameters by the type they are stored in. */
  precision: 'fp32' | 'fp16' | 'int8' | 'mixed';
  /** Multiply-accumulates of convolutions and matrix products for one picture. */
  macs: number;
  /** The most bytes of input and activations alive at once; floats count 4 bytes whatever their type. */
  peakActivationBytes: number;
  /** How often each operation runs for one picture. */
  operators: Record<string, number>;
  opset: number;
}

/**
 * @param inputs sizes of the inputs, as for `inferShapes`
 * @throws {OnnxError} where shapes cannot be inferred
 */
export function analyse(model: Model, inputs: Readonly<Record<string, readonly number[]>> = {}): Analysis {
  const values = inferShapes(model, inputs);
  const running = runningNodes(model, values);
  const schedule = scheduleOf(model, running, values);
  const operators: Record<string, number> = {};
  for (const { op } of running) operators[op] = (operators[op] ?? 0) + 1;
  return {
    ...weights(model),
    macs: running.reduce((sum, node) => sum + macsOf(node, values), 0),
    peakActivationBytes: peakOf({ ...schedule, bytes: (name) => bytesOf(values.get(name)) }),
    operators: Object.fromEntries(Object.entries(operators).sort(([a], [b]) => (a < b ? -1 : 1))),
    opset: model.opsets[''] ?? 1,
  };
}

/** The execution order as values made and read. */
export function scheduleOf(
  { graph }: Model,
  running: readonly Node[],
  values: ReadonlyMap<string, Value>,
): Omit<Schedule<string>, 'bytes'> {
  return {
    steps: running.map(({ inputs, outputs }) => ({
      reads: inputs,
      makes: outputs.filter((name) => values.has(name)),
    })),
    inputs: trueInputs(graph).map((input) => input.name),
    outputs: graph.outputs.map((output) => output.name),
  };
}

/** Nodes that depend on the picture; the rest (weight casts, size arithmetic) is computed once when loading. */
export function runningNodes({ graph }: Model, values: ReadonlyMap<string, Value>): Node[] {
  const live = new Set(trueInputs(graph).map((input) => input.name));
  return graph.nodes.filter((node) => {
    const runs =
      node.inputs.some((name) => live.has(name)) &&
      node.outputs.some((name) => name !== '' && values.get(name)?.data === undefined);
    if (runs) for (const name of node.outputs) live.add(name);
    return runs;
  });
}

/** Inputs that set an operation up instead of being computed with: scales of Resize, bounds of Clip. */
const SETTINGS: Record<string, readonly number[]> = {
  Resize: [1, 2, 3],
  Upsample: [1],
  Clip: [1, 2],
  Pad: [1, 2],
};

/** The learned constants: operands of a computation, without settings. */
export function learnedConstants({ graph }: Model): Tensor[] {
  const computedWith = new Set(
    graph.nodes.flatMap(({ op, inputs }) => inputs.filter((_, index) => !SETTINGS[op]?.includes(index))),
  );
  const constants = [
    ...graph.initialisers,
    ...graph.nodes.flatMap((node) => {
      const value = node.op === 'Constant' ? node.attributes['value'] : undefined;
      return value?.kind === 'tensor' ? [{ ...value.value, name: node.outputs[0] ?? '' }] : [];
    }),
  ];
  return constants.filter(({ name }) => computedWith.has(name));
}

/** How many learned numbers a model has, and the precision of nine tenths of them; `mixed` where there is none. */
export function weights(model: Model): Pick<Analysis, 'parameters' | 'precision'> {
  const count = { fp32: 0, fp16: 0, int8: 0 };
  for (const { type, dims } of learnedConstants(model)) {
    const elements = elementCount(dims);
    if (type === 'float32' || type === 'float64') count.fp32 += elements;
    else if (type === 'float16') count.fp16 += elements;
    else if (type === 'int8' || type === 'uint8') count.int8 += elements;
  }
  const parameters = count.fp32 + count.fp16 + count.int8;
  // Biases and the first convolution usually stay in full precision; a tenth of that does not make a file "mixed".
  const main = (['fp32', 'fp16', 'int8'] as const).find((type) => count[type] >= 0.9 * parameters);
  return { parameters, precision: main ?? 'mixed' };
}

/** Number of multiply-accumulates of one node; none for anything but convolutions and matrix products. */
export function macsOf(node: Node, values: ReadonlyMap<string, Value>): number {
  const dims = (name: string | undefined) => values.get(name ?? '')?.dims ?? [];
  const output = elementCount(dims(node.outputs[0]));
  const weight = dims(node.inputs[1]);
  switch (node.op) {
    case 'Conv':
      // [outputs, inputs / group, ...kernel]: every output element sums over all but the first axis.
      return output * elementCount(weight.slice(1));
    case 'ConvTranspose':
      // [inputs, outputs / group, ...kernel]: every input element is spread over all but the first axis.
      return elementCount(dims(node.inputs[0])) * elementCount(weight.slice(1));
    case 'MatMul':
      return output * (dims(node.inputs[0]).at(-1) ?? 0);
    case 'Gemm':
      return output * (dims(node.inputs[0]).at(intOf(node, 'transA', 0) ? 0 : 1) ?? 0);
    default:
      return 0;
  }
}

/** @param float bytes of a floating-point number, whatever its type in the file */
export const bytesOf = (value: Value | undefined, float = 4): number =>
  value
    ? elementCount(value.dims) * (value.type.startsWith('float') ? float : ELEMENT_TYPES[value.type].bytes)
    : 0;
