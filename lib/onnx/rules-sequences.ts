/** Shape rules of recurrent operations and of products that are written as an equation. */
import { equationOf } from './einsum.ts';
import { OnnxError } from './errors.ts';
import { intOf, stringOf, type Node } from './model.ts';
import { known, need } from './rule-tools.ts';
import type { Rule } from './shape-types.ts';

/** Gates of a recurrent cell: each has weights of its own for the input and for the state before. */
export const GATES: Readonly<Record<string, number>> = { RNN: 1, GRU: 3, LSTM: 4 };

/** What a recurrent operation runs over. */
export interface Recurrence {
  /** Steps in time. */
  readonly steps: number;
  readonly batch: number;
  /** 2 where the sequence is read in both directions. */
  readonly directions: number;
  readonly inputs: number;
  readonly hidden: number;
}

/**
 * Reads the sizes of a recurrent layer, each in number of elements along its axis.
 * @param x dims of the input: [steps, batch, inputs], or [batch, steps, inputs] with `layout` 1
 * @param recurrent dims of the state's weights: [directions, gates * hidden, hidden]
 * @throws {OnnxError} `malformed` where they are something else
 */
export function recurrenceOf(node: Node, x: readonly number[], recurrent: readonly number[]): Recurrence {
  const [first, second, inputs] = x;
  const [, , ofWeights] = recurrent;
  const hidden = intOf(node, 'hidden_size', ofWeights ?? NaN);
  if (first === undefined || second === undefined || inputs === undefined || hidden !== ofWeights) {
    throw new OnnxError('malformed', `${node.op} ${node.name}: [${recurrent.join()}] over [${x.join()}]`);
  }
  const [steps, batch] = intOf(node, 'layout', 0) === 1 ? [second, first] : [first, second];
  const directions = stringOf(node, 'direction', 'forward') === 'bidirectional' ? 2 : 1;
  return { steps, batch, directions, inputs, hidden };
}

/** Every state in order, the last state, and with an LSTM the last cell. */
const recurrent: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const { steps, batch, directions, hidden } = recurrenceOf(node, dims, need(node, inputs, 2).dims);
  const batchFirst = intOf(node, 'layout', 0) === 1;
  const last = { type, dims: batchFirst ? [batch, directions, hidden] : [directions, batch, hidden] };
  const all = batchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
  return [{ type, dims: all }, last, last];
};

const einsum: Rule = (node, inputs) => {
  const operands = inputs.map((_, i) => need(node, inputs, i));
  const equation = equationOf(
    node,
    operands.map(({ dims }) => dims),
  );
  return [{ type: need(node, inputs, 0).type, dims: equation.dims }];
};

/** Numbers from a start in equal steps; how many there are must be known beforehand. */
const range: Rule = (node, inputs) => {
  const { type } = need(node, inputs, 0);
  const [start, limit, delta] = [0, 1, 2].map((i) => need(node, inputs, i).data?.[0]);
  if (start === undefined || limit === undefined || delta === undefined) {
    throw new OnnxError('data-dependent', `${node.op} ${node.name}: its ends are not known beforehand`);
  }
  const length = Math.max(Math.ceil((limit - start) / delta), 0);
  const few = Number.isSafeInteger(length) && length <= 1024;
  const data = few ? Array.from({ length }, (_, i) => start + i * delta) : undefined;
  return [{ type, dims: [length], ...known(data) }];
};

export const sequenceRules: Record<string, Rule> = {
  RNN: recurrent,
  GRU: recurrent,
  LSTM: recurrent,
  Einsum: einsum,
  Range: range,
};
