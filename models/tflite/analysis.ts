/**
 * What a .tflite file costs. Its shapes are all fixed and written in it, so nothing has to be inferred; what counts
 * as a parameter, a multiplication and alive memory is the same as for ONNX (lib/onnx/analysis.ts).
 */
import type { Analysis } from '../../lib/onnx/analysis.ts';
import { peakOf } from '../../lib/onnx/liveness.ts';
import { TfliteError } from './errors.ts';
import { Table } from './tables.ts';

/** TensorType: what a number of it is stored in, and how many bytes it is when computed with (floats: 4). */
const TYPES: Record<number, { stored: 'fp32' | 'fp16' | 'int8' | 'index'; bytes: number }> = {
  0: { stored: 'fp32', bytes: 4 },
  1: { stored: 'fp16', bytes: 4 },
  2: { stored: 'index', bytes: 4 },
  3: { stored: 'int8', bytes: 1 },
  4: { stored: 'index', bytes: 8 },
  6: { stored: 'index', bytes: 1 },
  9: { stored: 'int8', bytes: 1 },
};

/** BuiltinOperator by number, as far as the models of the cards use them. */
const OPERATORS: Record<number, string> = {
  0: 'ADD',
  1: 'AVERAGE_POOL_2D',
  2: 'CONCATENATION',
  3: 'CONV_2D',
  4: 'DEPTHWISE_CONV_2D',
  6: 'DEQUANTIZE',
  9: 'FULLY_CONNECTED',
  14: 'LOGISTIC',
  17: 'MAX_POOL_2D',
  18: 'MUL',
  19: 'RELU',
  21: 'RELU6',
  22: 'RESHAPE',
  23: 'RESIZE_BILINEAR',
  25: 'SOFTMAX',
  34: 'PAD',
  39: 'TRANSPOSE',
  40: 'MEAN',
  41: 'SUB',
  43: 'SQUEEZE',
  45: 'STRIDED_SLICE',
  54: 'PRELU',
  67: 'TRANSPOSE_CONV',
  117: 'HARD_SWISH',
  124: 'DENSIFY',
};

interface Tensor {
  shape: number[];
  elements: number;
  type: (typeof TYPES)[number];
  constant: boolean;
}

interface Step {
  name: string;
  inputs: number[];
  outputs: number[];
}

/**
 * @throws {TfliteError} for a file that is no .tflite model, or one of several graphs
 */
export function analyseTflite(bytes: Uint8Array): Omit<Analysis, 'opset'> {
  const model = Table.root(bytes, 'TFL3');
  const [graph, another] = model.tables(2);
  if (!graph || another) throw new TfliteError('a model of other than one graph');
  const tensors = readTensors(model, graph);
  const steps = readSteps(model, graph);
  // Weights stored in half precision or sparsely are unpacked when loading: no work for a picture.
  const constants = new Set(tensors.flatMap(({ constant }, i) => (constant ? [i] : [])));
  const running = steps.filter(({ inputs, outputs }) => {
    const runs = inputs.some((index) => !constants.has(index));
    if (!runs) for (const index of outputs) constants.add(index);
    return runs;
  });
  const operators: Record<string, number> = {};
  for (const { name } of running) operators[name] = (operators[name] ?? 0) + 1;
  return {
    ...weights(tensors),
    macs: running.reduce((sum, step) => sum + macsOf(step, tensors), 0),
    peakActivationBytes: peakOf({
      steps: running.map(({ inputs, outputs }) => ({
        reads: inputs.filter((index) => !constants.has(index)),
        makes: outputs,
      })),
      inputs: graph.ints(1),
      outputs: graph.ints(2),
      bytes: (index) => (tensors[index]?.elements ?? 0) * (tensors[index]?.type.bytes ?? 0),
    }),
    operators: Object.fromEntries(Object.entries(operators).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function readTensors(model: Table, graph: Table): Tensor[] {
  const filled = model.tables(4).map((buffer) => buffer.count(0) > 0);
  return graph.tables(0).map((tensor) => {
    const type = TYPES[tensor.int8(1)];
    if (!type) throw new TfliteError(`tensor type ${tensor.int8(1)}`);
    const shape = tensor.ints(0);
    const elements = shape.reduce((a, b) => a * b, 1);
    return { shape, elements, type, constant: filled[tensor.uint32(2)] ?? false };
  });
}

function readSteps(model: Table, graph: Table): Step[] {
  const names = model.tables(1).map((code) => {
    // Codes above 127 do not fit the first field; custom operations carry a name.
    const number = code.field(3) === undefined ? code.int8(0) : code.uint32(3);
    return code.string(1) || (OPERATORS[number] ?? `BUILTIN_${number}`);
  });
  return graph.tables(3).map((operator) => ({
    name: names[operator.uint32(0)] ?? '',
    inputs: operator.ints(1).filter((index) => index >= 0),
    outputs: operator.ints(2),
  }));
}

function weights(tensors: readonly Tensor[]): Pick<Analysis, 'parameters' | 'precision'> {
  const count = { fp32: 0, fp16: 0, int8: 0, index: 0 };
  for (const { constant, type, elements } of tensors) if (constant) count[type.stored] += elements;
  const parameters = count.fp32 + count.fp16 + count.int8;
  const main = (['fp32', 'fp16', 'int8'] as const).find((type) => count[type] >= 0.9 * parameters);
  return { parameters, precision: main ?? 'mixed' };
}

function macsOf({ name, inputs, outputs }: Step, tensors: readonly Tensor[]): number {
  const [x, weight] = inputs.map((index) => tensors[index]);
  const output = tensors[outputs[0] ?? -1]?.elements ?? 0;
  const [first = 0, height = 0, width = 0, last = 0] = weight?.shape ?? [];
  switch (name) {
    case 'CONV_2D':
      // Weights [outputs, height, width, inputs].
      return output * height * width * last;
    case 'DEPTHWISE_CONV_2D':
      // Weights [1, height, width, outputs].
      return output * height * width;
    case 'FULLY_CONNECTED':
      // Weights [outputs, inputs].
      return output * height;
    case 'TRANSPOSE_CONV':
      // Inputs: size, weights [outputs, height, width, inputs], picture.
      return (tensors[inputs[2] ?? -1]?.elements ?? 0) * first * height * width;
    case 'Convolution2DTransposeBias':
      // MediaPipe's own: picture, weights [outputs, height, width, inputs], bias.
      return (x?.elements ?? 0) * first * height * width;
    default:
      return 0;
  }
}
