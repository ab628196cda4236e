/** Shape rules of operations that compute element by element, reduce, or multiply matrices. */
import { OnnxError } from './errors.ts';
import { intOf, type ElementType, type Node } from './model.ts';
import { axisOf, broadcastDims, known, need, setting } from './rule-tools.ts';
import type { Rule, Value } from './shape-types.ts';
import { elementType } from './tensors.ts';

const same: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  return [{ type, dims }];
};

/** Element-wise with a result known where the operand is. */
const unary =
  (compute?: (x: number) => number): Rule =>
  (node, inputs) => {
    const { type, dims, data } = need(node, inputs, 0);
    return [{ type, dims, ...known(compute && data?.map(compute)) }];
  };

/** Element-wise over any number of operands; `result` is the element type where it is not the operands'. */
const elementwise =
  (compute?: (a: number, b: number) => number, result?: ElementType): Rule =>
  (node, inputs) => {
    const operands = inputs.map((_, i) => need(node, inputs, i));
    const [first, second] = operands as [Value, Value | undefined];
    const dims = broadcastDims(
      node,
      operands.map((each) => each.dims),
    );
    const type = result ?? first.type;
    if (!compute || !second || operands.length > 2 || dims.length > 1) return [{ type, dims }];
    const [a, b] = [first.data, second.data];
    if (!a || !b) return [{ type, dims }];
    const data = Array.from({ length: dims[0] ?? 1 }, (_, i) => {
      const value = compute(a[a.length === 1 ? 0 : i] as number, b[b.length === 1 ? 0 : i] as number);
      return type.startsWith('float') ? value : Math.trunc(value);
    });
    return [{ type, dims, data }];
  };

const reduce: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const given = setting(node, 'axes', inputs, 1);
  const empty = !given || given.length === 0;
  if (empty && intOf(node, 'noop_with_empty_axes', 0) === 1) return [{ type, dims }];
  const axes = new Set(
    (empty ? dims.map((_, i) => i) : given).map((axis) => axisOf(node, axis, dims.length)),
  );
  return [{ type, dims: reduced(dims, axes, intOf(node, 'keepdims', 1) === 1) }];
};

const argReduce: Rule = (node, inputs) => {
  const { dims } = need(node, inputs, 0);
  const axes = new Set([axisOf(node, intOf(node, 'axis', 0), dims.length)]);
  return [{ type: 'int64', dims: reduced(dims, axes, intOf(node, 'keepdims', 1) === 1) }];
};

function reduced(dims: readonly number[], axes: ReadonlySet<number>, keep: boolean): number[] {
  return keep ? dims.map((dim, i) => (axes.has(i) ? 1 : dim)) : dims.filter((_, i) => !axes.has(i));
}

const matMul: Rule = (node, inputs) => {
  const [a, b] = [need(node, inputs, 0), need(node, inputs, 1)];
  // A vector acts as a matrix of one row (left) or one column (right), dropped from the result.
  const left = a.dims.length === 1 ? [1, ...a.dims] : a.dims;
  const right = b.dims.length === 1 ? [...b.dims, 1] : b.dims;
  checkInner(node, left.at(-1), right.at(-2));
  const batch = broadcastDims(node, [left.slice(0, -2), right.slice(0, -2)]);
  const rows = a.dims.length === 1 ? [] : [left.at(-2) as number];
  const columns = b.dims.length === 1 ? [] : [right.at(-1) as number];
  return [{ type: a.type, dims: [...batch, ...rows, ...columns] }];
};

const gemm: Rule = (node, inputs) => {
  const [a, b] = [need(node, inputs, 0), need(node, inputs, 1)];
  const [rows, inner] = intOf(node, 'transA', 0) ? a.dims.toReversed() : a.dims;
  const [innerB, columns] = intOf(node, 'transB', 0) ? b.dims.toReversed() : b.dims;
  checkInner(node, inner, innerB);
  return [{ type: a.type, dims: [rows ?? NaN, columns ?? NaN] }];
};

function checkInner(node: Node, a: number | undefined, b: number | undefined): void {
  if (a === undefined || a !== b) {
    throw new OnnxError('malformed', `${node.op} ${node.name} multiplies ${a} columns by ${b} rows`);
  }
}

const cast: Rule = (node, inputs) => {
  const { dims, data } = need(node, inputs, 0);
  const type = elementType(intOf(node, 'to', 0));
  return [{ type, dims, ...known(type.startsWith('float') ? data : data?.map(Math.trunc)) }];
};

const dequantise: Rule = (node, inputs) => [
  { type: need(node, inputs, 1).type, dims: need(node, inputs, 0).dims },
];

const quantise: Rule = (node, inputs) => [
  { type: inputs[2]?.type ?? 'uint8', dims: need(node, inputs, 0).dims },
];

const where: Rule = (node, inputs) => {
  const operands = [0, 1, 2].map((i) => need(node, inputs, i));
  const dims = broadcastDims(
    node,
    operands.map((each) => each.dims),
  );
  return [{ type: need(node, inputs, 1).type, dims }];
};

const all = (names: string, rule: Rule) => Object.fromEntries(names.split(' ').map((name) => [name, rule]));

export const arithmeticRules: Record<string, Rule> = {
  ...all(
    'Relu LeakyRelu PRelu Elu Selu Softplus Sigmoid HardSigmoid HardSwish Tanh Erf Gelu Mish Clip',
    same,
  ),
  ...all('Exp Log Softmax LogSoftmax BatchNormalization InstanceNormalization LpNormalization LRN', same),
  ...all('Dropout Reciprocal Not', same),
  Identity: unary((x) => x),
  Neg: unary((x) => -x),
  Abs: unary(Math.abs),
  Sqrt: unary(Math.sqrt),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Round: unary(),
  Add: elementwise((a, b) => a + b),
  Sub: elementwise((a, b) => a - b),
  Mul: elementwise((a, b) => a * b),
  Div: elementwise((a, b) => a / b),
  Pow: elementwise(),
  Mod: elementwise(),
  ...all('Min Max Sum Mean', elementwise()),
  ...all('Equal Less LessOrEqual Greater GreaterOrEqual And Or', elementwise(undefined, 'bool')),
  ...all('ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2', reduce),
  ...all('ArgMax ArgMin', argReduce),
  MatMul: matMul,
  Gemm: gemm,
  Cast: cast,
  DequantizeLinear: dequantise,
  QuantizeLinear: quantise,
  Where: where,
};
