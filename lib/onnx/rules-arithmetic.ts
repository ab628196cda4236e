/** Shape rules of operations that compute element by element, reduce, or multiply matrices. */
import { OnnxError } from './errors.ts';
import { intOf, isFloat, type ElementType, type Node } from './model.ts';
import { all, axisOf, broadcastDims, known, need, setting } from './rule-tools.ts';
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
      return isFloat(type) ? value : Math.trunc(value);
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

/** Sizes of the product of two stacks of matrices (numpy.matmul). @returns how many elements along each axis */
export function multiplied(node: Node, a: Value, b: Value): number[] {
  // A vector acts as a matrix of one row (left) or one column (right), dropped from the result.
  const left = a.dims.length === 1 ? [1, ...a.dims] : a.dims;
  const right = b.dims.length === 1 ? [...b.dims, 1] : b.dims;
  checkInner(node, left.at(-1), right.at(-2));
  const batch = broadcastDims(node, [left.slice(0, -2), right.slice(0, -2)]);
  const rows = a.dims.length === 1 ? [] : [left.at(-2) as number];
  const columns = b.dims.length === 1 ? [] : [right.at(-1) as number];
  return [...batch, ...rows, ...columns];
}

const matMul: Rule = (node, inputs) => {
  const a = need(node, inputs, 0);
  return [{ type: a.type, dims: multiplied(node, a, need(node, inputs, 1)) }];
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
  return [{ type, dims, ...known(isFloat(type) ? data : data?.map(Math.trunc)) }];
};

const boolean: Rule = (node, inputs) => [{ type: 'bool', dims: need(node, inputs, 0).dims }];

/** The result, and the mean and inverse deviation over the normalised axes. */
const layerNormalisation: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const axis = axisOf(node, intOf(node, 'axis', -1), dims.length);
  const each = { type: 'float32', dims: dims.map((dim, i) => (i < axis ? dim : 1)) } as const;
  return [{ type, dims }, each, each];
};

/** The largest elements along an axis, and where they stood. */
const topK: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const [k] = setting(node, 'k', inputs, 1) ?? [intOf(node, 'k', NaN)];
  const axis = axisOf(node, intOf(node, 'axis', -1), dims.length);
  const kept = dims.map((dim, i) => (i === axis ? (k ?? NaN) : dim));
  return [
    { type, dims: kept },
    { type: 'int64', dims: kept },
  ];
};

const where: Rule = (node, inputs) => {
  const operands = [0, 1, 2].map((i) => need(node, inputs, i));
  const dims = broadcastDims(
    node,
    operands.map((each) => each.dims),
  );
  return [{ type: need(node, inputs, 1).type, dims }];
};

export const arithmeticRules: Record<string, Rule> = {
  ...all(
    'Relu LeakyRelu PRelu ThresholdedRelu Elu Selu Celu Softplus Softsign Sigmoid HardSigmoid HardSwish Swish Tanh Erf Gelu Mish Clip',
    same,
  ),
  ...all('Exp Log Sin Cos Tan Sign Softmax LogSoftmax Hardmax CumSum Dropout Reciprocal', same),
  ...all('BatchNormalization InstanceNormalization GroupNormalization LpNormalization', same),
  ...all('MeanVarianceNormalization RMSNormalization LRN', same),
  ...all('Not IsNaN IsInf', boolean),
  LayerNormalization: layerNormalisation,
  TopK: topK,
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
  ...all('Equal Less LessOrEqual Greater GreaterOrEqual And Or Xor', elementwise(undefined, 'bool')),
  ...all('ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2', reduce),
  ...all('ReduceSumSquare ReduceLogSum ReduceLogSumExp', reduce),
  ...all('ArgMax ArgMin', argReduce),
  MatMul: matMul,
  Gemm: gemm,
  Cast: cast,
  Where: where,
};
