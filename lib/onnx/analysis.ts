/** What a graph costs: weights, multiplications, memory. The numbers by which camera chips are chosen. */
import { peakOf, type Schedule } from './liveness.ts';
import { ELEMENT_TYPES, isFloat, trueInputs, type Model, type Node } from './model.ts';
import { weights, type Weights } from './parameters.ts';
import type { Value } from './shape-types.ts';
import { inferShapes } from './shapes.ts';
import { elementCount } from './tensors.ts';
import { macsOf } from './work.ts';

export interface Analysis {
  parameters: Weights['parameters'];
  precision: Weights['precision'];
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
  const { parameters, precision } = weights(model);
  return {
    parameters,
    precision,
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

/** @param float bytes of a floating-point number, whatever its type in the file */
export const bytesOf = (value: Value | undefined, float = 4): number =>
  value ? elementCount(value.dims) * (isFloat(value.type) ? float : ELEMENT_TYPES[value.type].bytes) : 0;
