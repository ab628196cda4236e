/** Multiply-accumulates of one operation: convolutions, matrix products, recurrent cells and sums of products. */
import { equationOf } from './einsum.ts';
import { intOf, type Node } from './model.ts';
import { GATES, recurrenceOf } from './rules-sequences.ts';
import type { Value } from './shape-types.ts';
import { elementCount } from './tensors.ts';

/** Which input holds a convolution's weights: behind the picture, or behind the picture's scale and zero point. */
export const CONVOLUTIONS: Readonly<Record<string, number>> = {
  Conv: 1,
  FusedConv: 1,
  ConvInteger: 1,
  ConvTranspose: 1,
  QLinearConv: 3,
};

/** @returns number of multiply-accumulates at the sizes that were inferred; 0 for anything else */
export function macsOf(node: Node, values: ReadonlyMap<string, Value>): number {
  const dims = (name: string | undefined) => values.get(name ?? '')?.dims ?? [];
  const input = (index: number) => dims(node.inputs[index]);
  const output = elementCount(dims(node.outputs[0]));
  const weight = input(CONVOLUTIONS[node.op] ?? 1);
  switch (node.op) {
    case 'Conv':
    case 'FusedConv':
    case 'ConvInteger':
    case 'QLinearConv':
      // [outputs, inputs / group, ...kernel]: every output element sums over all but the first axis.
      return output * elementCount(weight.slice(1));
    case 'ConvTranspose':
      // [inputs, outputs / group, ...kernel]: every input element is spread over all but the first axis.
      return elementCount(input(0)) * elementCount(weight.slice(1));
    case 'MatMul':
    case 'MatMulInteger':
    case 'QLinearMatMul':
      return output * (input(0).at(-1) ?? 0);
    case 'Gemm':
    case 'QGemm':
      return output * (input(0).at(intOf(node, 'transA', 0) ? 0 : 1) ?? 0);
    case 'Einsum': {
      const operands = node.inputs.map(dims);
      return operands.length > 1 ? equationOf(node, operands).products : 0;
    }
    case 'RNN':
    case 'GRU':
    case 'LSTM': {
      const { steps, batch, directions, inputs, hidden } = recurrenceOf(node, input(0), input(2));
      return steps * batch * directions * (GATES[node.op] ?? 1) * hidden * (inputs + hidden);
    }
    default:
      return 0;
  }
}
