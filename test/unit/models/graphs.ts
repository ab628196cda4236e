/** Small ONNX graphs for tests. */
import { attributes, type AttributeInput } from '../../../lib/onnx/build.ts';
import type { Dim, ElementType, Model, Node, Tensor } from '../../../lib/onnx/model.ts';
import { float32Tensor, int64Tensor } from '../../../lib/onnx/tensors.ts';

export interface Sketch {
  inputs: Record<string, Dim[] | { type: ElementType; dims: Dim[] }>;
  /** Numbers are stored as int64 vectors; objects as float32 tensors of zeros (or `fill`). */
  constants?: Record<string, number[] | { dims: number[]; fill?: number } | Tensor>;
  /** [operation, inputs, outputs, attributes] */
  nodes: [op: string, inputs: string[], outputs: string[], attributes?: Record<string, AttributeInput>][];
  outputs: string[];
  opset?: number;
}

export function graphOf({ inputs, constants = {}, nodes, outputs, opset = 17 }: Sketch): Model {
  return {
    irVersion: 8,
    producer: 'test',
    opsets: { '': opset },
    graph: {
      name: 'test',
      nodes: nodes.map(([op, ins, outs, values], i): Node => ({
        name: `${op}_${i}`,
        op,
        domain: '',
        inputs: ins,
        outputs: outs,
        attributes: attributes(values ?? {}),
      })),
      initialisers: Object.entries(constants).map(([name, value]) => {
        if (Array.isArray(value)) return int64Tensor(name, value);
        if ('bytes' in value) return { ...value, name };
        const count = value.dims.reduce((a, b) => a * b, 1);
        return float32Tensor(name, value.dims, Array<number>(count).fill(value.fill ?? 0));
      }),
      inputs: Object.entries(inputs).map(([name, value]) =>
        Array.isArray(value) ? { name, type: 'float32', dims: value } : { name, ...value },
      ),
      outputs: outputs.map((name) => ({ name, type: 'float32', dims: null })),
      values: [],
    },
  };
}
