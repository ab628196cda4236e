/**
 * Adds nodes to a foreign ONNX graph that turn RGBA bytes into its own input. So every model of the camera takes the
 * same picture: uint8 [1, height, width, 4], alpha ignored.
 *
 * Runs when a model is installed, and in the camera for a file that a visitor drops in.
 */
import { GraphBuilder } from '../lib/onnx/build.ts';
import { OnnxError } from '../lib/onnx/errors.ts';
import {
  ELEMENT_TYPES,
  isFloat,
  trueInputs,
  type Dim,
  type ElementType,
  type Model,
  type Node,
  type ValueInfo,
} from '../lib/onnx/model.ts';
import { newerOperators } from '../lib/onnx/opsets.ts';
import { readModel } from '../lib/onnx/read.ts';
import { writeModel } from '../lib/onnx/write.ts';
import type { InputContract } from './registry.ts';
import { INPUT } from './input.ts';

type Contract = Pick<InputContract, 'width' | 'height' | 'multipleOf' | 'channels' | 'mean' | 'std'>;

/** Before every name of the added nodes, so that they cannot collide with the graph's own. */
const PREFIX = 'rgba/';
/** The oldest opset whose Sub, Div and Cast behave as used here. */
const MIN_OPSET = 7;

/**
 * @param bytes an ONNX file with one floating-point input [1, 3, height, width] (single, half or double precision, as
 *   its outputs may be too), or one that is wrapped already
 * @param contract what the model's card says of its input
 * @returns an ONNX file; a file that already takes RGBA bytes of the right size comes back as it is
 * @throws {OnnxError} `empty` without operations; `newer-operator` for one that the file's opset lacks; `fixed-batch` for several pictures in one run; `wrong-shape` where
 *   input and contract differ (rank, type, channels, size); else as `readModel`
 */
export function wrapFile(bytes: Uint8Array, contract: Contract): Uint8Array {
  const model = readModel(bytes);
  const wrapped = wrap(model, contract);
  return wrapped === model ? bytes : writeModel(wrapped);
}

/** As `wrapFile`, on the typed model; `model` itself is not changed. */
export function wrap(model: Model, contract: Contract): Model {
  const { graph, opsets } = model;
  if (graph.nodes.length === 0) throw new OnnxError('empty', 'the graph has no operations');
  const [newer] = newerOperators(model).ops;
  if (newer) throw new OnnxError('newer-operator', newer);
  const [input, another] = trueInputs(graph);
  if (!input || another) {
    const names = trueInputs(graph).map(({ name }) => name);
    throw wrong(`one input is expected, not ${names.join(', ') || 'none'}`);
  }
  if (input.type === 'uint8') {
    checkSize(input, [1, ...sidesOf(contract), 4], [0, 3]);
    if (input.name !== INPUT) throw wrong(`the input must be called ${INPUT}, not ${input.name}`);
    return model;
  }
  if (!isFloat(input.type)) throw wrong(`input ${input.name} is ${input.type}, not float32`);
  if (!CASTABLE.includes(input.type)) throw new OnnxError('number-format', input.type);
  checkSize(input, [1, 3, ...sidesOf(contract)], [0, 1]);
  if ((opsets[''] ?? 0) < MIN_OPSET) {
    throw new OnnxError('unsupported', `opset ${opsets[''] ?? 'none'}, at least ${MIN_OPSET} is needed`);
  }
  const made = new Set([
    ...graph.nodes.flatMap(({ outputs }) => outputs),
    ...graph.initialisers.map(({ name }) => name),
  ]);
  if (made.has(INPUT)) throw new OnnxError('unsupported', `a value inside the graph is called ${INPUT}`);
  const build = new GraphBuilder(PREFIX);
  const own = inType(build, prepare(build, contract), input.type);
  // Training leaves counters behind that no node reads; runtimes warn of each.
  const read = new Set([
    ...graph.nodes.flatMap(({ inputs }) => inputs),
    ...graph.outputs.map(({ name }) => name),
  ]);
  // Outputs in half or double precision keep their names for what is converted; the graph's own move to names of ours.
  const converted = graph.outputs.filter(({ type }) => type !== 'float32' && CASTABLE.includes(type));
  const inside = new Map(converted.map(({ name }) => [name, `${PREFIX}own/${name}`]));
  // The old input's name may be the new one's, so its readers move to a name of ours.
  const rename = (name: string) => (name === input.name ? own : (inside.get(name) ?? name));
  const renamed = (node: Node): Node => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  });
  const after = new GraphBuilder(`${PREFIX}after/`);
  for (const [name, from] of inside) after.add('Cast', [from], { to: ELEMENT_TYPES.float32.code }, name);
  return {
    ...model,
    // Before IR version 4 constants were listed as inputs too, which keeps runtimes from folding them.
    irVersion: Math.max(model.irVersion, 4),
    graph: {
      ...graph,
      nodes: [...build.nodes, ...graph.nodes.map(renamed), ...after.nodes],
      initialisers: [...build.initialisers, ...graph.initialisers.filter(({ name }) => read.has(name))],
      inputs: [{ name: INPUT, type: 'uint8', dims: [1, ...sidesOf(contract), 4] }],
      outputs: graph.outputs.map((value) => (inside.has(value.name) ? { ...value, type: 'float32' } : value)),
      values: graph.values.filter(({ name }) => !inside.has(name)),
    },
  };
}

/** Floating-point types of inputs and outputs that runtimes convert from and to single precision. */
const CASTABLE: readonly ElementType[] = ['float32', 'float16', 'float64'];

/** Converts a value in single precision to another type. @returns the name of the result */
const inType = (build: GraphBuilder, name: string, type: ElementType): string =>
  type === 'float32' ? name : build.add('Cast', [name], { to: ELEMENT_TYPES[type].code });

/** Nodes from bytes [1, height, width, 4] to floats [1, 3, height, width]. @returns the name of the result */
function prepare(build: GraphBuilder, { channels, mean, std }: Contract): string {
  const planes = build.add('Transpose', [INPUT], { perm: [0, 3, 1, 2] });
  // Chooses three of the four channels, in the order the model wants.
  const order = build.int64(channels === 'rgb' ? [0, 1, 2] : [2, 1, 0]);
  let x = build.add('Cast', [build.add('Gather', [planes, order], { axis: 1 })], { to: 1 });
  const perChannel = (values: readonly number[]) => build.float32(values, [1, 3, 1, 1]);
  if (mean.some((each) => each !== 0)) x = build.add('Sub', [x, perChannel(mean)]);
  if (std.some((each) => each !== 1)) x = build.add('Div', [x, perChannel(std)]);
  return x;
}

const sidesOf = ({ width, height, multipleOf }: Contract): [Dim, Dim] =>
  multipleOf === undefined ? [height, width] : ['height', 'width'];

/**
 * A fixed size must be the expected one; an open one fits anything. Where the card wants open sides, fixed ones are
 * wrong too.
 *
 * @param needed axes that must be fixed or, being the batch, may be open
 */
function checkSize({ name, dims }: ValueInfo, expected: readonly Dim[], needed: readonly number[]): void {
  const text = (all: readonly Dim[] | null) => `[${all?.map((dim) => dim ?? '?').join(', ') ?? '?'}]`;
  const message = `input ${name} is ${text(dims)}, the card says ${text(expected)}`;
  if (dims?.length !== expected.length) throw wrong(message);
  const misfits = dims.flatMap((dim, axis) => {
    const want = expected[axis];
    const fits =
      typeof want !== 'number'
        ? typeof dim !== 'number'
        : typeof dim === 'number'
          ? dim === want
          : axis === 0 || !needed.includes(axis);
    return fits ? [] : [axis];
  });
  // Said of the batch only where nothing else is wrong: a model for another input would not fit with a batch of one.
  if (misfits.length > 0) throw misfits.some((axis) => axis > 0) ? wrong(message) : batched(message);
}

const batched = (message: string) => new OnnxError('fixed-batch', message);
const wrong = (message: string) => new OnnxError('wrong-shape', message);
