/**
 * Adds nodes to a foreign ONNX graph that turn RGBA bytes into its own input. So every model of the camera takes the
 * same picture: uint8 [1, height, width, 4], alpha ignored.
 *
 * Runs when a model is installed, and in the camera for a file that a visitor drops in.
 */
import { GraphBuilder } from '../lib/onnx/build.ts';
import { OnnxError } from '../lib/onnx/errors.ts';
import { trueInputs, type Dim, type Model, type ValueInfo } from '../lib/onnx/model.ts';
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
 * @param bytes an ONNX file with one float32 input [1, 3, height, width], or one that is wrapped already
 * @param contract what the model's card says of its input
 * @returns an ONNX file; a file that already takes RGBA bytes of the right size comes back as it is
 * @throws {OnnxError} `wrong-shape` where input and contract differ (rank, type, channels, size), else as `readModel`
 */
export function wrapFile(bytes: Uint8Array, contract: Contract): Uint8Array {
  const model = readModel(bytes);
  const wrapped = wrap(model, contract);
  return wrapped === model ? bytes : writeModel(wrapped);
}

/** As `wrapFile`, on the typed model; `model` itself is not changed. */
export function wrap(model: Model, contract: Contract): Model {
  const { graph, opsets } = model;
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
  if (input.type !== 'float32') throw wrong(`input ${input.name} is ${input.type}, not float32`);
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
  const own = prepare(build, contract);
  // Training leaves counters that no node reads; runtimes warn of each.
  const read = new Set([
    ...graph.nodes.flatMap(({ inputs }) => inputs),
    ...graph.outputs.map(({ name }) => name),
  ]);
  // The old input's name may be the new one's, so its readers move to a name of ours.
  const rename = (name: string) => (name === input.name ? own : name);
  return {
    ...model,
    // Before IR version 4 constants were listed as inputs too, which keeps runtimes from folding them.
    irVersion: Math.max(model.irVersion, 4),
    graph: {
      ...graph,
      nodes: [...build.nodes, ...graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(rename) }))],
      initialisers: [...build.initialisers, ...graph.initialisers.filter(({ name }) => read.has(name))],
      inputs: [{ name: INPUT, type: 'uint8', dims: [1, ...sidesOf(contract), 4] }],
    },
  };
}

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
  const fits =
    dims?.length === expected.length &&
    dims.every((dim, axis) => {
      const want = expected[axis];
      if (typeof want !== 'number') return typeof dim !== 'number';
      return typeof dim === 'number' ? dim === want : axis === 0 || !needed.includes(axis);
    });
  if (!fits) {
    const text = (all: readonly Dim[] | null) => `[${all?.map((dim) => dim ?? '?').join(', ') ?? '?'}]`;
    throw wrong(`input ${name} is ${text(dims)}, the card says ${text(expected)}`);
  }
}

const wrong = (message: string) => new OnnxError('wrong-shape', message);
