/**
 * Shape inference: the size of every value of a graph, given the sizes of its inputs.
 *
 * Graphs exported from PyTorch compute sizes inside the graph (Shape, Gather, Concat, Reshape). So besides its shape
 * a value carries its elements where they follow from constants and sizes alone.
 */
import { OnnxError } from './errors.ts';
import { trueInputs, type Model, type Node } from './model.ts';
import { known } from './rule-tools.ts';
import { arithmeticRules } from './rules-arithmetic.ts';
import { arrangementRules } from './rules-arrangement.ts';
import { quantisedRules } from './rules-quantised.ts';
import { sequenceRules } from './rules-sequences.ts';
import { windowRules } from './rules-windows.ts';
import type { Rule, Value } from './shape-types.ts';
import { elementCount, listed } from './tensors.ts';

/** No picture, weight or activation of a camera has more elements: a broken graph is stopped here. */
const LARGEST = 2 ** 40;

/** By name of the operation, with its domain in front where that is not ONNX's own. */
const RULES: ReadonlyMap<string, Rule> = new Map(
  Object.entries({
    ...arithmeticRules,
    ...arrangementRules,
    ...windowRules,
    ...quantisedRules,
    ...sequenceRules,
  }),
);

/** The name of a node's operation, with its domain in front where that is not ONNX's own. */
export const operatorOf = ({ domain, op }: Node): string => (domain ? `${domain}:${op}` : op);

/**
 * @param inputs sizes of the graph's inputs by name; may be left out for inputs whose sizes are fixed
 * @returns every value by name, constants included
 * @throws {OnnxError} `wrong-shape` where a size is missing or contradicts the graph, `unsupported` for an unknown
 *   operation, `data-dependent` for a size that follows from the picture, `malformed` for a graph that contradicts itself
 */
export function inferShapes(
  model: Model,
  inputs: Readonly<Record<string, readonly number[]>> = {},
): Map<string, Value> {
  const { graph } = model;
  const values = new Map<string, Value>();
  for (const tensor of graph.initialisers) {
    values.set(tensor.name, { type: tensor.type, dims: tensor.dims, ...known(listed(tensor)) });
  }
  for (const { name, type, dims } of trueInputs(graph)) {
    const given = inputs[name];
    const size = (given ?? dims ?? []).map((dim, i) => {
      const own = dims?.[i];
      if (typeof dim !== 'number' || (typeof own === 'number' && own !== dim)) {
        throw new OnnxError(
          'wrong-shape',
          `input ${name} is [${dims?.join() ?? '?'}], not [${given?.join() ?? '?'}]`,
        );
      }
      return dim;
    });
    if (given && dims && given.length !== dims.length) {
      throw new OnnxError('wrong-shape', `input ${name} has ${dims.length} axes, not ${given.length}`);
    }
    values.set(name, { type, dims: size });
  }
  const opset = model.opsets[''] ?? 1;
  for (const node of graph.nodes) inferNode(node, values, opset);
  return values;
}

/** Whether shapes can be inferred through a node: there is a rule for its operation. */
export const isKnown = (node: Node): boolean => RULES.has(operatorOf(node));

function inferNode(node: Node, values: Map<string, Value>, opset: number): void {
  const rule = RULES.get(operatorOf(node));
  if (!rule) throw new OnnxError('unsupported', `operation ${operatorOf(node)}`);
  const inputs = node.inputs.map((name) => {
    if (name === '') return undefined;
    const value = values.get(name);
    if (!value)
      throw new OnnxError('malformed', `${node.op} ${node.name} reads ${name}, which no operation makes`);
    return value;
  });
  const outputs = rule(node, inputs, opset);
  node.outputs.forEach((name, i) => {
    if (name === '') return;
    const value = outputs[i];
    if (!value) throw new OnnxError('unsupported', `output ${i} of ${node.op}`);
    if (
      !value.dims.every((dim) => Number.isSafeInteger(dim) && dim >= 0) ||
      elementCount(value.dims) > LARGEST
    ) {
      throw new OnnxError('malformed', `${node.op} ${node.name} gives [${value.dims.join()}]`);
    }
    values.set(name, value);
  });
}
